import { afterEach, expect, it, vi } from "vitest";
import { makeTestToken } from "#app/_api/testing/program.ts";
import { GET as describeMcp } from "#app/.well-known/oauth-protected-resource/route.ts";
import { ask as askApi } from "#app/_api/testing/program.ts";
import { API_SCOPES } from "#domain/access/api-token/api-token.ts";
import { serveScim } from "#app/_scim/serve.ts";
import { identifyCaller, revokeToken } from "#server/access/api-token/service.ts";
import { clock } from "#server/base/clock.ts";
import * as environment from "#server/base/environment/env.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, leaveByProgram } from "#server/testing/people.ts";
import { getOwnTokens } from "#server/access/api-token/queries.ts";
import { serveMcp } from "./serve.ts";
import { makeOwnToken } from "./testing/assistant.ts";

const PING = { jsonrpc: "2.0", id: 1, method: "ping" };

/** Sends one message to /mcp. */
function sendMcp(token: string | null, message: unknown = PING, headers: Record<string, string> = {}, method = "POST") {
  const { appUrl } = environment.getEnv();
  return serveMcp(
    new Request(`${appUrl}/mcp`, {
      method,
      headers: {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        ...(token !== null && { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(method === "POST" && { body: JSON.stringify(message) }),
    }),
  );
}

describeOnOneDatabase("/mcp", (database) => {
  afterEach(() => vi.restoreAllMocks());

  it("answers nobody without a valid token, whatever the method, and says how to get one", async () => {
    for (const token of [null, "", "x", `wc_${"A".repeat(43)}`, "a.b.c"])
      for (const method of ["POST", "GET", "DELETE"]) {
        const response = await sendMcp(token, PING, {}, method);
        expect(response.status).toBe(401);
        expect(response.headers.get("www-authenticate")).toMatch(/^Bearer realm="With Care"/);
        expect(response.headers.get("cache-control")).toBe("no-store");
        expect(await response.text()).toContain("/me#assistants");
      }
  });

  it("takes one message by POST in each request, and nothing from another site", async () => {
    const token = await makeOwnToken(await addPerson(database(), "emma"));
    const { appUrl } = environment.getEnv();
    expect((await sendMcp(token)).status).toBe(200);
    expect((await sendMcp(token, PING, { origin: appUrl })).status).toBe(200);
    for (const origin of ["http://evil.example", "null", `${appUrl}.evil.example`])
      expect((await sendMcp(token, PING, { origin })).status, origin).toBe(403);
    for (const method of ["GET", "DELETE", "PUT"]) {
      const response = await sendMcp(token, PING, {}, method);
      expect([response.status, response.headers.get("allow")]).toEqual([405, "POST"]);
    }
    expect((await sendMcp(token, [PING, PING])).status).toBe(400);
    expect((await sendMcp(token, PING, { "content-type": "text/plain" })).status).toBe(415);
    expect((await sendMcp(token, PING, { accept: "text/html" })).status).toBe(406);
    expect((await sendMcp(token, PING, { "mcp-protocol-version": "1999-01-01" })).status).toBe(400);
    expect((await sendMcp(token, { jsonrpc: "2.0", method: "notifications/initialized" })).status).toBe(202);
    expect((await sendMcp(null, PING, { "mcp-session-id": crypto.randomUUID() })).status, "no session lets in").toBe(
      401,
    );
    const unknown = await sendMcp(token, { jsonrpc: "2.0", id: 2, method: "records/capture", params: {} });
    expect(await unknown.json()).toMatchObject({ id: 2, error: { code: -32601 } });
  });

  it("serves a token with what is asked here alone, and refuses one that can do something else", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["administrator"] });
    const elsewhere = API_SCOPES.filter((scope) => scope !== "policies:read" && scope !== "evaluate");
    for (const scope of elsewhere)
      expect((await sendMcp(await makeTestToken(administrator, [scope]))).status, scope).toBe(403);
    const scopesOf = async (token: string) => (await identifyCaller(`Bearer ${token}`))?.scopes;
    expect(await scopesOf(await makeTestToken(administrator, [...elsewhere, "evaluate"]))).toEqual(["evaluate"]);
    expect(await scopesOf(await makeOwnToken(administrator))).toEqual(["policies:read", "evaluate"]);
  });

  it("refuses a token for the directory, and a personal one opens nothing else", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["administrator"] });
    const directory = await makeTestToken(administrator, ["directory"]);
    const response = await sendMcp(directory);
    expect(response.status).toBe(403);
    expect(response.headers.get("www-authenticate")).toContain('error="insufficient_scope"');
    const own = await makeOwnToken(administrator);
    expect((await askApi("GET", "/policies", { token: own })).status).toBe(401);
    const headers = { authorization: `Bearer ${own}` };
    expect((await serveScim(new Request("http://portal.invalid/scim/v2/Users", { headers }))).status).toBe(401);
  });

  it("shuts a personal token out at once when it is revoked or over, and when its person has left", async () => {
    const [emma, ann, bob] = await Promise.all(["emma", "ann", "bob"].map((id) => addPerson(database(), id)));
    if (!emma || !ann || !bob) throw new Error("Nobody is there.");
    const [ofEmma, ofAnn, ofBob] = [await makeOwnToken(emma), await makeOwnToken(ann), await makeOwnToken(bob)];
    const { tokens } = await getOwnTokens(emma);
    const reference = tokens[0]?.reference ?? "";
    expect(await revokeToken(ann, reference)).toBe("not-found");
    expect((await sendMcp(ofEmma)).status).toBe(200);
    expect(await revokeToken(emma, reference)).toBe("revoked");
    expect((await sendMcp(ofEmma)).status).toBe(401);
    await leaveByProgram("nao", "ann");
    expect((await sendMcp(ofAnn)).status).toBe(401);
    expect((await getOwnTokens(ann)).tokens).toMatchObject([{ state: "ended", ended: { reason: "maker-left" } }]);
    expect((await sendMcp(ofBob)).status).toBe(200);
    vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + 31 * 24 * 3_600_000));
    expect((await sendMcp(ofBob)).status).toBe(401);
  });

  it("takes personal tokens outside evaluation mode only where the body lets people make them", async () => {
    const emma = await addPerson(database(), "emma");
    const token = await makeOwnToken(emma);
    const env = environment.getEnv();
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...env, evaluation: false });
    expect((await getOwnTokens(emma)).mayMake).toBe(false);
    expect((await sendMcp(token)).status).toBe(401);
    await expect(makeOwnToken(emma, "second")).rejects.toThrow("not-found");
  });

  it("names the identity provider to whoever has to sign in, and nobody without one", async () => {
    const env = environment.getEnv();
    const resource = `${env.appUrl}/mcp`;
    expect(await (await describeMcp()).json()).toEqual({
      resource,
      resource_name: "With Care",
      bearer_methods_supported: ["header"],
    });
    const issuer = "https://login.example.gov.uk";
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    const oidc = { issuer, clientId: "a", clientSecret: "b", ...names, trustsEmail: false, required: [] };
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...env, evaluation: false, oidc });
    expect(await (await describeMcp()).json()).toMatchObject({ resource, authorization_servers: [issuer] });
    const response = await sendMcp(null);
    expect(response.headers.get("www-authenticate")).toContain(
      `resource_metadata="${env.appUrl}/.well-known/oauth-protected-resource/mcp"`,
    );
  });
});
