import { serveScim } from "#app/_scim/serve.ts";

/** The directory for identity providers: SCIM 2.0. Every method is taken, so that all are answered in SCIM's form. */
export {
  serveScim as GET,
  serveScim as HEAD,
  serveScim as POST,
  serveScim as PUT,
  serveScim as PATCH,
  serveScim as DELETE,
  serveScim as OPTIONS,
};
