import { serveNothing } from "#app/_api/serve.ts";

/** Every address that no other route has. */
export const { GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS } = serveNothing();
