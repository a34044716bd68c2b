import { serve } from "#app/_api/serve.ts";
import { getVersionResource } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}", {
  GET: ({ actor, address }) => getVersionResource(actor, address),
});
