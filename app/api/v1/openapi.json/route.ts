import { serve } from "#app/_api/serve.ts";
import { found } from "#domain/answers/api/evaluation-schema.ts";
import { makeOpenApi } from "#domain/answers/api/openapi.ts";

const document = found(makeOpenApi());

export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serve("/openapi.json", {
  GET: () => Promise.resolve(document),
});
