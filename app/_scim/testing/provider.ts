import { makeTestToken } from "#app/_api/testing/program.ts";
import { serveScim } from "#app/_scim/serve.ts";
import type { Actor } from "#domain/access/permission/permission.ts";

export const USER = "urn:ietf:params:scim:schemas:core:2.0:User";
export const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
export const GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

/** Any response: a user, a group, a list, a schema or an error. Tests look at the fields that belong to it. */
export interface Resource {
  schemas: string[];
  id: string;
  externalId: string;
  displayName: string;
  active: boolean;
  userType: string;
  name: { formatted?: string; givenName?: string; familyName?: string };
  emails: unknown;
  roles: unknown;
  groups: unknown;
  members: { value: string }[];
  [ENTERPRISE]: { department?: string; manager?: { value: string } };
  attributes: { name: string }[];
  meta: { location: string; version: string; lastModified: string };
  totalResults: number;
  startIndex: number;
  itemsPerPage: number;
  Resources: Resource[];
  status: string;
  scimType?: string;
  detail: string;
}

export interface Answer {
  status: number;
  /** Empty if there was no body. */
  body: Resource;
  text: string;
  headers: Headers;
}

/** An identity provider with a token, making requests to the portal. */
export type Provider = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Answer>;

/** @param token null for none */
export function providerWith(token: string | null): Provider {
  return async (method, path, body, headers = {}) => {
    const sent = new Headers({ "content-type": "application/scim+json", ...headers });
    if (token !== null) sent.set("authorization", `Bearer ${token}`);
    const text = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const init = { method, headers: sent, ...(text !== undefined && { body: text }) };
    const response = await serveScim(new Request(`http://portal.invalid/scim/v2${path}`, init));
    const received = await response.text();
    return {
      status: response.status,
      body: JSON.parse(received || "{}") as Resource,
      text: received,
      headers: response.headers,
    };
  };
}

/** A provider with a token for the directory that an administrator made. */
export async function providerOf(administrator: Actor): Promise<Provider> {
  return providerWith(await makeTestToken(administrator, ["directory"]));
}

export const patch = (...Operations: unknown[]) => ({ schemas: [PATCH], Operations });
export const filtered = (kind: "Users" | "Groups", filter: string, more = "") =>
  `/${kind}?filter=${encodeURIComponent(filter)}${more}`;
