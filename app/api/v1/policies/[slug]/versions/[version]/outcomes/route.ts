import { serve } from "#app/_api/serve.ts";
import { listOutcomeResources } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}/versions/{version}/outcomes", {
  GET: ({ actor, address, query }) => listOutcomeResources(actor, address, query),
});
