import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, expect, it, vi } from "vitest";
import { serveMcp } from "#app/_mcp/serve.ts";
import * as environment from "#server/base/environment/env.ts";
import { makeFront } from "#server/shell/http/front-handler.mjs";
import { findFreePort } from "../../scripts/test-postgresql.mjs";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { makeOwnToken } from "./testing/assistant.ts";

/** The program that runs the suite: Node 22 or later. Without it the suite is left out: `npm run test:wide -- mcp-conformance`. */
const program = process.env["MCP_CONFORMANCE"];
const EXPECTED = path.resolve("app/_mcp/testing/expected-failures.yaml");

describeOnOneDatabase("the official conformance suite", (database) => {
  let stop = () => {};
  afterEach(() => {
    stop();
    vi.restoreAllMocks();
  });

  /** The portal's own front with /mcp behind it. The suite knows no sign-in, so each of its requests gets a token. */
  async function startMcp(token: string): Promise<string> {
    let origin = "";
    const handler = async (req: IncomingMessage, res: ServerResponse) => {
      const chunks: Buffer[] = [];
      for await (const chunk of req) chunks.push(chunk as Buffer);
      const headers = new Headers({ authorization: `Bearer ${token}` });
      for (const [name, value] of Object.entries(req.headers)) if (typeof value === "string") headers.set(name, value);
      const init = { method: req.method ?? "GET", headers, ...(chunks.length > 0 && { body: Buffer.concat(chunks) }) };
      const response = await serveMcp(new Request(origin + (req.url ?? "/"), init));
      res.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
    };
    const env = environment.getEnv();
    const port = await findFreePort();
    origin = `http://127.0.0.1:${port}`;
    const server = makeFront((req, res) => void handler(req, res), {
      env: { ...env, appUrl: origin },
      origin: () => origin,
      log: { hasRequests: false, write: () => {} },
    });
    await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...env, appUrl: origin });
    stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return `${origin}/mcp`;
  }

  it.skipIf(program === undefined)("passes every scenario that needs nothing made for tests", async () => {
    const url = await startMcp(await makeOwnToken(await addPerson(database(), "emma")));
    const folder = mkdtempSync(path.join(tmpdir(), "with-care-mcp-"));
    const cli = "node_modules/@modelcontextprotocol/conformance/dist/index.js";
    const args = [cli, "server", "--url", url, "--suite", "all", "--expected-failures", EXPECTED, "-o", folder];
    const started = spawn(program ?? "", args, { stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const stream of [started.stdout, started.stderr]) stream.on("data", (chunk) => (output += String(chunk)));
    const code = await new Promise((resolve) => started.once("close", resolve));
    rmSync(folder, { recursive: true, force: true });
    expect(code, output).toBe(0);
  });

  it("expects a scenario to fail for what the suite would have to bring along, and says what", () => {
    const lines = readFileSync(EXPECTED, "utf8").split("\n");
    for (const line of lines.filter((one) => one.startsWith("  - "))) expect(line).toMatch(/ # (the |nothing )/);
  });
});
