import { type Call, serve } from "#app/_api/serve.ts";
import type { DraftKind } from "#domain/answers/api/draft-schema.ts";
import { found } from "#domain/answers/api/evaluation-schema.ts";
import { makeOpenApi } from "#domain/answers/api/openapi.ts";
import { REGISTER_NAMES, type RegisterName } from "#domain/answers/api/register-schema.ts";
import { beginForPerson } from "#server/answers/api/draft-service.ts";
import {
  evaluateSituations,
  getHeadResource,
  getVersionResource,
  listClauseResources,
  listOutcomeResources,
  listPolicyResources,
  listQuestionResources,
  listVersionResources,
} from "#server/answers/api/queries.ts";
import { listRegisterRows, programReader } from "#server/answers/api/register-queries.ts";
import { exportRecords } from "#server/registers/record/disposal-service.ts";

const document = found(makeOpenApi());

const begin = (kind: DraftKind) => ({
  POST: ({ program, sent, key }: Call) => beginForPerson(program, kind, sent, key),
});

/** A page of a register. Handing out what records say is evidence, as it is for their file. */
const list = (name: RegisterName) => ({
  async GET({ program, query }: Call) {
    const page = await listRegisterRows(program, name, query);
    if (name === "records" && page.ok && program.scopes.includes("registers:people"))
      await exportRecords(programReader(program.actor, name), Object.fromEntries(query));
    return page;
  },
});

const registers = Object.fromEntries(REGISTER_NAMES.map((name) => [`/registers/${name}`, list(name)])) as Record<
  `/registers/${RegisterName}`,
  ReturnType<typeof list>
>;

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve({
  "/openapi.json": { GET: () => Promise.resolve(document) },
  "/evidence/head": { GET: ({ actor, query }) => getHeadResource(actor, query) },
  "/policies": { GET: ({ actor }) => listPolicyResources(actor) },
  "/policies/{slug}": { GET: ({ actor, address }) => getVersionResource(actor, address) },
  "/policies/{slug}/clauses": { GET: ({ actor, address }) => listClauseResources(actor, address) },
  "/policies/{slug}/questions": { GET: ({ actor, address }) => listQuestionResources(actor, address) },
  "/policies/{slug}/outcomes": { GET: ({ actor, address, query }) => listOutcomeResources(actor, address, query) },
  "/policies/{slug}/evaluate": { POST: ({ actor, address, sent }) => evaluateSituations(actor, address, sent) },
  "/policies/{slug}/versions": { GET: ({ actor, address }) => listVersionResources(actor, address) },
  "/policies/{slug}/versions/{version}": { GET: ({ actor, address }) => getVersionResource(actor, address) },
  "/policies/{slug}/versions/{version}/clauses": { GET: ({ actor, address }) => listClauseResources(actor, address) },
  "/policies/{slug}/versions/{version}/questions": {
    GET: ({ actor, address }) => listQuestionResources(actor, address),
  },
  "/policies/{slug}/versions/{version}/outcomes": {
    GET: ({ actor, address, query }) => listOutcomeResources(actor, address, query),
  },
  "/policies/{slug}/versions/{version}/evaluate": {
    POST: ({ actor, address, sent }) => evaluateSituations(actor, address, sent),
  },
  "/drafts/exceptions": begin("exceptions"),
  "/drafts/records": begin("records"),
  "/drafts/groups": begin("groups"),
  ...registers,
});
