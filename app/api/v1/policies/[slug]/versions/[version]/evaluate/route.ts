import { serve } from "#app/_api/serve.ts";
import { evaluateSituations } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}/versions/{version}/evaluate", {
  POST: ({ actor, address, sent }) => evaluateSituations(actor, address, sent),
});
