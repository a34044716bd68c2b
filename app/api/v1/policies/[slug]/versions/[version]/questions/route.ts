import { serve } from "#app/_api/serve.ts";
import { listQuestionResources } from "#server/answers/api/queries.ts";

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/policies/{slug}/versions/{version}/questions", {
  GET: ({ actor, address }) => listQuestionResources(actor, address),
});
