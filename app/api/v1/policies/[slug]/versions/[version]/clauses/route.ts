import { serve } from "#app/_api/serve.ts";
import { listClauseResources } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}/versions/{version}/clauses", {
  GET: ({ actor, address }) => listClauseResources(actor, address),
});
