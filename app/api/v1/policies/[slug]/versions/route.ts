import { serve } from "#app/_api/serve.ts";
import { listVersionResources } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}/versions", {
  GET: ({ actor, address }) => listVersionResources(actor, address),
});
