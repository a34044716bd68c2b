import { serve } from "#app/_api/serve.ts";
import { listPolicyResources } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies", {
  GET: ({ actor }) => listPolicyResources(actor),
});
