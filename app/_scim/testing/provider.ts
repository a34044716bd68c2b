import { makeTestToken } from "#app/_api/testing/program.ts";
import { serveScim } from "#app/_scim/serve.ts";
import type { Actor } from "#domain/access/actor.ts";

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what comes back is looked at, field by field
type Sent = any;

export interface Answer {
  status: number;
  body: Sent;
  headers: Headers;
}

/** An identity provider with a token, as it asks the portal. */
export type Provider = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** @param token null for none */
export function providerWith(token: string | null): Provider {
  return async (method, path, body, headers = {}) => {
    const sent = new Headers({ "content-type": "application/scim+json", ...headers });
    if (token !== null) sent.set("authorization", `Bearer ${token}`);
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const init = { method, headers: sent, ...(text !== undefined && { body: text }) };
    const response = await serveScim(new Request(`http://portal.invalid/scim/v2${path}`, init));
    const answer = await response.text();
    return { status: response.status, body: answer === "" ? null : JSON.parse(answer), headers: response.headers };
  };
}

/** A provider with a token for the directory that an administrator made. */
export async function providerOf(administrator: Actor): Promise<Provider> {
  return providerWith(await makeTestToken(administrator, ["directory"]));
}

export const patch = (...Operations: unknown[]) => ({ schemas: [PATCH], Operations });
export const filtered = (kind: "Users" | "Groups", filter: string, more = "") =>
  `/${kind}?filter=${encodeURIComponent(filter)}${more}`;
