import { serve } from "#app/_api/serve.ts";
import { found } from "#domain/answers/api/evaluation-schema.ts";
import { makeOpenApi } from "#domain/answers/api/openapi.ts";
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

const document = found(makeOpenApi());

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
});
