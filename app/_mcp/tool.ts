import { type CallToolResult, type Tool, ToolSchema } from "@modelcontextprotocol/sdk/types.js";
import { z } from "zod";
import type { AssistantScope } from "#domain/access/api-token/api-token.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { type ApiAnswer, type ApiRefusal, errorsOf, refuse } from "#domain/answers/api/evaluation-schema.ts";
import { PROBLEMS } from "#domain/answers/api/problem.ts";
import type { Caller } from "#server/access/api-token/service.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";

/** The address of a page for people, whole, so that it can be followed from anywhere. */
export const pageAddress = {
  schema: z.string().meta({ description: "The page in the portal. It is the answer; give it to the person." }),
  of: (path: string) => new URL(path, getEnv().appUrl).href,
};

/** A tool: what it takes and answers, and whom it serves. It only reads. */
interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  title: string;
  /** For the model: when to call it, and with what. */
  description: string;
  /** The scope that a program's token has to have; "person" for what is somebody's own. */
  needs: AssistantScope | "person";
  input: Input;
  output: Output;
  run(actor: Actor, input: z.infer<Input>): Promise<ApiAnswer<z.infer<Output>>>;
  /** The answer in words, for assistants that pass on text alone. */
  words(answer: z.infer<Output>): string;
}

export interface DefinedTool {
  listing: Tool;
  isFor(caller: Caller): boolean;
  call(caller: Caller, given: unknown): Promise<CallToolResult>;
}

/** Makes a tool of its definition: it refuses who may not call it, and arguments that it does not take. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
): DefinedTool {
  const { name, title, description, needs, input, output, run, words } = definition;
  const isFor = ({ isPerson, scopes }: Caller) => (needs === "person" ? isPerson : scopes.includes(needs));
  return {
    listing: {
      name,
      title,
      description,
      inputSchema: objectSchema(input),
      outputSchema: objectSchema(output, withoutExamples),
      annotations: { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false },
    },
    isFor,
    async call(caller, given = {}) {
      if (!isFor(caller)) return refusal(refuse([{ detail: notForCaller(name, needs) }]));
      const read = input.safeParse(given);
      if (!read.success) return refusal(refuse(errorsOf(read.error)));
      const answer = await run(caller.actor, read.data);
      if (!answer.ok) return refusal(answer);
      return { content: [{ type: "text", text: words(answer.resource) }], structuredContent: answer.resource };
    },
  };
}

type JsonSchemaOptions = NonNullable<Parameters<typeof z.toJSONSchema>[1]>;

/** Models read every schema: examples of answers would cost more than they say. */
const withoutExamples: JsonSchemaOptions["override"] = ({ jsonSchema }) => void delete jsonSchema.examples;

/** A schema as the protocol wants it: of an object, in JSON Schema 2020-12. */
function objectSchema(schema: z.ZodObject, override?: JsonSchemaOptions["override"]): Tool["inputSchema"] {
  return ToolSchema.shape.inputSchema.parse(z.toJSONSchema(schema, { io: "input", ...(override && { override }) }));
}

function notForCaller(name: string, needs: AssistantScope | "person"): string {
  return needs === "person"
    ? `${name} answers a person about their own things, and this token is a program's. Sign in, or use a token of your own.`
    : `${name} needs a token with the scope "${needs}".`;
}

function refusal({ code, detail, errors = [] }: ApiRefusal): CallToolResult {
  const places = errors.map((error) => [error.pointer, error.detail].filter(Boolean).join(": "));
  const text = places.length > 0 ? places.join("\n") : (detail ?? PROBLEMS[code].means);
  return { isError: true, content: [{ type: "text", text }] };
}

/** The short names of the policies that the actor may read. */
export async function listReadableSlugs(actor: Actor): Promise<string[]> {
  return (await listPolicies(actor)).map(({ slug }) => slug);
}

/** An answer about a policy that says which there are, where that one is not. */
export async function ofPolicy<Resource>(
  actor: Actor,
  { policy, version }: { policy: string; version?: string | undefined },
  answer: ApiAnswer<Resource>,
): Promise<ApiAnswer<Resource>> {
  if (answer.ok || answer.code !== "not-found") return answer;
  const slugs = await listReadableSlugs(actor);
  const detail =
    version !== undefined && slugs.includes(policy)
      ? `There is no version "${version}" of "${policy}". Leave it out for the one that decides.`
      : `There is no policy "${policy}" to read. The policies are ${slugs.join(", ")}.`;
  return { ...answer, detail };
}
