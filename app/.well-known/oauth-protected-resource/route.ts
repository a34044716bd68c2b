/** The same as for /mcp, for assistants that look only here. */
export { GET } from "./mcp/route.ts";
