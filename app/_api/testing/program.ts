import path from "node:path";
import { readdirSync } from "node:fs";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { TokenScope } from "#domain/access/api-token/api-token.ts";
import { makeToken, takeSecret } from "#server/access/api-token/service.ts";

const FOLDER = path.resolve("app/api/v1");

type Take = (request: Request, context: { params: Promise<Record<string, string> | undefined> }) => Promise<Response>;

/** The folders of the routes, static names first, as Next matches them. */
const routes = readdirSync(FOLDER, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .sort((a, b) => a.split("[").length - b.split("[").length || a.localeCompare(b))
  .sort((a, b) => Number(a.includes("[[")) - Number(b.includes("[[")));

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
  const found = routes.map((file) => ({ file, params: match(path.dirname(file), parts) })).find((one) => one.params);
  if (!found?.params) throw new Error(`No route for ${address}.`);
  const route = (await import(path.join(FOLDER, found.file))) as Record<string, Take | undefined>;
  const take = route[method];
  if (!take) throw new Error(`${found.file} does not take ${method}.`);
  const headers = new Headers(init.headers);
  if (token) headers.set("authorization", `Bearer ${token}`);
  return take(new Request(url, { ...init, method, headers }), {
    params: Promise.resolve(hasParts(found.file) ? found.params : undefined),
  });
}

/** Sends JSON to it. */
export function send(address: string, body: unknown, token: string): Promise<Response> {
  return ask("POST", address, { token, body: JSON.stringify(body), headers: { "content-type": "application/json" } });
}

function hasParts(file: string): boolean {
  return file.includes("[");
}

function match(folder: string, parts: readonly string[]): Record<string, string> | null {
  const pattern = folder.split("/");
  if (pattern[0] === "[[...path]]") return {};
  if (pattern.length !== parts.length) return null;
  const pairs = pattern.map((segment, at) => [segment, parts[at] ?? ""] as const);
  if (!pairs.every(([segment, part]) => segment.startsWith("[") || segment === part)) return null;
  return Object.fromEntries(
    pairs.filter(([segment]) => segment.startsWith("[")).map(([segment, part]) => [segment.slice(1, -1), part]),
  );
}
