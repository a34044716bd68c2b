import { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT } from "#app/api/v1/[[...path]]/route.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { TokenScope } from "#domain/access/api-token/api-token.ts";
import { makeToken, takeSecret } from "#server/access/api-token/service.ts";

const TAKES: Readonly<Record<string, typeof GET>> = { DELETE, GET, HEAD, OPTIONS, PATCH, POST, PUT };

/** A token that an administrator made, as the page shows it. */
export async function makeTestToken(administrator: Actor, scopes: readonly TokenScope[]): Promise<string> {
  const made = await makeToken(administrator, { name: "Test", scopes, days: "30" }, scopes.join(" "));
  const token = made.code === "made" ? await takeSecret(administrator, made.reference, made.showKey) : null;
  if (token === null) throw new Error(`The token was not made: ${made.code}.`);
  return token;
}

/** Calls the route handler of an address below /api/v1, as Next would. */
export async function ask(
  method: string,
  address: string,
  { token, ...init }: RequestInit & { token?: string | undefined } = {},
): Promise<Response> {
  const url = new URL(`http://portal.invalid/api/v1${address}`);
  const parts = url.pathname.slice("/api/v1".length).split("/").filter(Boolean).map(decodeURIComponent);
  const take = TAKES[method];
  if (!take) throw new Error(`Nothing takes ${method}.`);
  const headers = new Headers(init.headers);
  if (token) headers.set("authorization", `Bearer ${token}`);
  const params = Promise.resolve(parts.length > 0 ? { path: parts } : undefined);
  return take(new Request(url, { ...init, method, headers }), { params });
}

/** Sends JSON to it. */
export function send(address: string, body: unknown, token: string): Promise<Response> {
  return ask("POST", address, { token, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}
