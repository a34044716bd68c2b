import { Server } from "@modelcontextprotocol/sdk/server/index.js";
import {
  CallToolRequestSchema,
  CompleteRequestSchema,
  ErrorCode,
  GetPromptRequestSchema,
  ListPromptsRequestSchema,
  ListResourcesRequestSchema,
  ListResourceTemplatesRequestSchema,
  ListToolsRequestSchema,
  McpError,
  ReadResourceRequestSchema,
} from "@modelcontextprotocol/sdk/types.js";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv-provider.js";
import type { Caller } from "#server/access/api-token/service.ts";
import { listVersionResources } from "#server/answers/api/queries.ts";
import { PROMPTS, readPrompt } from "./prompt.ts";
import { listPolicyDocuments, readPolicyDocument, RESOURCE_TEMPLATES } from "./resource.ts";
import { listReadableSlugs } from "./tool.ts";
import { TOOLS } from "./tools.ts";

const INSTRUCTIONS = `With Care holds the messaging policies of public bodies, and an answer to every situation that they cover. It answers; you pass on.
Before anybody uses a messaging app for work: call list_policies, then next_question with what you know, ask the person that question in its own words, and go on until nothing is open. Then call evaluate.
Never guess a fact, and never soften a verdict. Give the person the address of the page: the page is the answer, this is only a copy. Nothing can be accepted, sent, decided or reported here: for that, send people to the portal.`;

/** Made once: it would be made anew for each request. It checks what clients answer, which is never asked here. */
const jsonSchemaValidator = new AjvJsonSchemaValidator();

/** The server of one request, for whoever asks. Everything it offers only reads. */
export function makeMcpServer(caller: Caller) {
  const server = new Server(
    { name: "with-care", title: "With Care", version: "1" },
    {
      capabilities: { tools: {}, resources: {}, prompts: {}, completions: {}, logging: {} },
      instructions: INSTRUCTIONS,
      jsonSchemaValidator,
    },
  );
  const offered = TOOLS.filter((tool) => tool.isFor(caller));
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: offered.map(({ listing }) => listing) }));
  server.setRequestHandler(CallToolRequestSchema, ({ params }) => {
    const tool = TOOLS.find(({ listing }) => listing.name === params.name);
    if (tool) return tool.call(caller, params.arguments);
    const names = offered.map(({ listing }) => listing.name).join(", ");
    throw new McpError(ErrorCode.InvalidParams, `There is no tool "${params.name}". The tools are ${names}.`);
  });
  const mayRead = caller.scopes.includes("policies:read");
  server.setRequestHandler(ListResourcesRequestSchema, async () => ({
    resources: mayRead ? await listPolicyDocuments(caller.actor) : [],
  }));
  server.setRequestHandler(ListResourceTemplatesRequestSchema, () => ({ resourceTemplates: RESOURCE_TEMPLATES }));
  server.setRequestHandler(ReadResourceRequestSchema, async ({ params: { uri } }) => {
    const text = mayRead ? await readPolicyDocument(caller.actor, uri) : null;
    if (text === null) throw new McpError(RESOURCE_NOT_FOUND, `There is no resource ${uri}.`);
    return { contents: [{ uri, mimeType: "text/markdown", text }] };
  });
  server.setRequestHandler(ListPromptsRequestSchema, () => ({ prompts: PROMPTS }));
  server.setRequestHandler(GetPromptRequestSchema, ({ params }) => {
    const prompt = readPrompt(params.name, params.arguments);
    if (!prompt) throw new McpError(ErrorCode.InvalidParams, `There is no prompt "${params.name}".`);
    return prompt;
  });
  server.setRequestHandler(CompleteRequestSchema, async ({ params: { argument, context } }) => {
    const known = mayRead ? await listCompletions(caller, argument.name, context?.arguments?.["slug"]) : [];
    const values = known.filter((one) => one.startsWith(argument.value)).slice(0, MOST_COMPLETIONS);
    return { completion: { values, total: values.length, hasMore: false } };
  });
  return server;
}

/** The specification's own code. */
const RESOURCE_NOT_FOUND = -32002;
const MOST_COMPLETIONS = 100;

/** What an argument of a template or a prompt may be. */
async function listCompletions({ actor }: Caller, name: string, slug: string | undefined): Promise<string[]> {
  if (name === "slug" || name === "policy") return listReadableSlugs(actor);
  if (name !== "version" || slug === undefined) return [];
  const answer = await listVersionResources(actor, { slug });
  return answer.ok ? answer.resource.versions.map(({ version }) => version) : [];
}
