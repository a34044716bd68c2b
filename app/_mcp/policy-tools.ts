import { z } from "zod";
import { found, refuse } from "#domain/answers/api/evaluation-schema.ts";
import {
  clauseIdSchema,
  clauseSchema,
  hashSchema,
  policyListSchema,
  policyVersionSchema,
  slugSchema,
  versionNumberSchema,
} from "#domain/answers/api/policy-schema.ts";
import { getVersionResource, listClauseResources, listPolicyResources } from "#server/answers/api/queries.ts";
import { getPolicyToRead, getPolicyVersion } from "#server/policy/policy/queries.ts";
import { LONGEST_QUERY, searchPolicies } from "#server/policy/search/queries.ts";
import { policyText } from "./resource.ts";
import { defineTool, ofPolicy, pageAddress } from "./tool.ts";

/** Which version a question is about: without a number, the one that decides. */
export const versionInput = {
  policy: slugSchema,
  version: versionNumberSchema
    .optional()
    .meta({ description: "A version's number; leave it out for the one that decides." }),
};

const listTool = defineTool({
  name: "list_policies",
  title: "List the policies",
  description: "Lists the published policies with their short names, bodies and current versions. Call it first.",
  needs: "policies:read",
  input: z.strictObject({}),
  output: policyListSchema,
  run: (actor) => listPolicyResources(actor),
  words: ({ policies }) =>
    policies
      .map(({ slug, title, body, version, state }) => `${slug}: ${title} (${body.name}), version ${version}, ${state}`)
      .join("\n"),
});

const readTool = defineTool({
  name: "read_policy",
  title: "Read a policy",
  description: "Reads the whole text of a policy with its document control. For one clause, use read_clause.",
  needs: "policies:read",
  input: z.strictObject(versionInput),
  output: z.strictObject({
    policy: policyVersionSchema,
    text: z.string().meta({ description: "Its words, in Markdown, each clause with its number." }),
    page: pageAddress.schema,
  }),
  async run(actor, { policy: slug, version }) {
    const answer = await ofPolicy(actor, { policy: slug, version }, await getVersionResource(actor, { slug, version }));
    if (!answer.ok) return answer;
    const read = version === undefined ? getPolicyToRead(actor, slug) : getPolicyVersion(actor, slug, version);
    const policy = await read;
    const page = pageAddress.of(`/policies/${slug}/versions/${answer.resource.version}`);
    return found(policy && { policy: answer.resource, text: policyText(policy.version), page });
  },
  words: ({ policy, text, page }) => `${text}\nStatus: ${policy.state}. The page: ${page}`,
});

const clauseTool = defineTool({
  name: "read_clause",
  title: "Read a clause",
  description: "Reads one numbered clause of a policy, word for word, to quote it.",
  needs: "policies:read",
  input: z.strictObject({ ...versionInput, clause: clauseIdSchema }),
  output: z.strictObject({
    policy: slugSchema,
    version: versionNumberSchema,
    hash: hashSchema,
    clause: clauseSchema,
    page: pageAddress.schema,
  }),
  async run(actor, { policy: slug, version, clause: id }) {
    const answer = await ofPolicy(
      actor,
      { policy: slug, version },
      await listClauseResources(actor, { slug, version }),
    );
    if (!answer.ok) return answer;
    const { clauses, ...head } = answer.resource;
    const clause = clauses.find((one) => one.id === id);
    if (clause) return found({ ...head, clause, page: pageAddress.of(clause.href) });
    const known = clauses.map((one) => one.id).join(", ");
    return refuse([
      { detail: `Version ${head.version} of "${slug}" has no clause "${id}". Its clauses are ${known}.` },
    ]);
  },
  words: ({ clause: { id, text }, policy, version, page }) =>
    `Clause ${id} of ${policy}, version ${version}: ${text}\n${page}`,
});

const searchTool = defineTool({
  name: "search_clauses",
  title: "Search the clauses",
  description:
    "Finds clauses by words, also in everyday language. Without a policy it searches those of the reader's own body. It finds text, and is no verdict: for one, use evaluate.",
  needs: "policies:read",
  input: z.strictObject({
    words: z.string().trim().min(1, "Give words to search for.").max(LONGEST_QUERY, "Search for fewer words."),
    policy: slugSchema.optional().meta({ description: "Look only in this one." }),
    page: z.int().min(1).default(1).meta({ description: "Which twenty of the results, from 1." }),
  }),
  output: z.strictObject({
    total: z.int(),
    pages: z.int(),
    results: z.array(
      z.strictObject({
        title: z.string(),
        version: versionNumberSchema,
        body: z.string(),
        clause: clauseIdSchema,
        section: z.string().nullable(),
        text: z.string().meta({ description: "The clause, or what is around the words in a long one." }),
        page: pageAddress.schema,
      }),
    ),
  }),
  async run(actor, { words, policy = "", page }) {
    const answer = found(await searchPolicies(actor, { words, policy, version: "" }, page));
    if (!answer.ok) return ofPolicy(actor, { policy }, answer);
    const { total, pages, results } = answer.resource;
    return found({
      total,
      pages,
      results: results.map(({ title, version, bodyName: body, clause, section, text, href }) => {
        const words = text.map((piece) => piece.text).join("");
        return { title, version, body, clause, section, text: words, page: pageAddress.of(href) };
      }),
    });
  },
  words: ({ total, results }) =>
    [
      `${total} found.`,
      ...results.map(({ title, version, clause, text, page }) => `${title} ${version}, ${clause}: ${text} (${page})`),
    ].join("\n"),
});

export const POLICY_TOOLS = [listTool, readTool, clauseTool, searchTool];
