import { serveMcp } from "#app/_mcp/serve.ts";

/** The portal for assistants: Model Context Protocol over Streamable HTTP. It handles every method, to say which one it takes. */
export {
  serveMcp as GET,
  serveMcp as HEAD,
  serveMcp as POST,
  serveMcp as PUT,
  serveMcp as PATCH,
  serveMcp as DELETE,
  serveMcp as OPTIONS,
};
