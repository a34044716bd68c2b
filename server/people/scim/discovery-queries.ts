import SCIMMY from "scimmy";
import { ABSENCE_SCHEMA, KIND_WORDS, ENTERPRISE_SCHEMA, USER_SCHEMA } from "#domain/people/scim/user.ts";
import { ROLES } from "#domain/access/permission/permission.ts";
import { notFound } from "#domain/people/scim/error.ts";
import { SUPPORTED_ATTRIBUTES, plain } from "./definition-writer.ts";

const { Resources } = SCIMMY;

type Json = Record<string, unknown>;

/**
 * How the portal describes itself to programs: configuration, resource types, schemas.
 * @param base address of `/scim/v2`
 * @throws ScimError 404 if there is no such resource
 */
export async function discover(
  kind: "ServiceProviderConfig" | "ResourceTypes" | "Schemas",
  id: string | undefined,
  base: string,
): Promise<Json> {
  const Kind = {
    ServiceProviderConfig: Resources.ServiceProviderConfig,
    ResourceTypes: Resources.ResourceType,
    Schemas: Resources.Schema,
  }[kind];
  Kind.basepath(base);
  const all = plain(await new Kind().read());
  if (kind === "ServiceProviderConfig") {
    if (id !== undefined) throw notFound(id);
    return all;
  }
  const listed = Array.isArray(all["Resources"]) ? all["Resources"].map((one: Json) => describe(one, base)) : [];
  if (id === undefined) return { ...all, totalResults: listed.length, itemsPerPage: listed.length, Resources: listed };
  const found = listed.find((one) => one["id"] === id);
  if (!found) throw notFound(id);
  return found;
}

/** A schema lists only what is stored: providers check that everything listed here is returned. */
function describe(resource: Json, base: string): Json {
  const { id, attributes } = resource;
  if (!Array.isArray(attributes))
    return { ...resource, meta: { resourceType: "ResourceType", location: `${base}/ResourceTypes/${String(id)}` } };
  if (id !== USER_SCHEMA && id !== ENTERPRISE_SCHEMA && id !== ABSENCE_SCHEMA) return resource;
  return { ...resource, attributes: attributes.flatMap((one: Json) => described(one)) };
}

function described(attribute: Json): Json[] {
  const name = String(attribute["name"]);
  const parts = SUPPORTED_ATTRIBUTES[name];
  if (!parts) return [];
  const shown = Array.isArray(attribute["subAttributes"])
    ? {
        subAttributes: attribute["subAttributes"]
          .filter((part: Json) => parts.includes(String(part["name"])))
          .map((part: Json) => ({ ...part, ...canonical(`${name}.${String(part["name"])}`) })),
      }
    : {};
  return [{ ...attribute, ...shown, ...canonical(name) }];
}

function canonical(path: string): { canonicalValues?: readonly string[] } {
  if (path === "userType") return { canonicalValues: Object.values(KIND_WORDS) };
  if (path === "roles.value") return { canonicalValues: ROLES };
  return path === "emails.type" ? { canonicalValues: ["work"] } : {};
}
