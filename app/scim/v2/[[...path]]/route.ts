import { serveScim } from "#app/_scim/serve.ts";

/**
 * The directory for identity providers: SCIM 2.0. It handles every method, so that all are answered in SCIM's format.
 */
export {
  serveScim as GET,
  serveScim as HEAD,
  serveScim as POST,
  serveScim as PUT,
  serveScim as PATCH,
  serveScim as DELETE,
  serveScim as OPTIONS,
};
