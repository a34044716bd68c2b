import SCIMMY from "scimmy";
import { unknownRoles } from "#domain/access/identity/provider-claim.ts";
import { ABSENCE_SCHEMA, ENTERPRISE_SCHEMA, USER_SCHEMA } from "#domain/people/scim/user.ts";
import { ScimError } from "#domain/people/scim/error.ts";
import { StartFailure } from "#server/base/start-failure.ts";

const { Config, Resources, Schemas } = SCIMMY;

Config.set({
  patch: true,
  sort: true,
  etag: true,
  changePassword: false,
  filter: 200,
  bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
  authenticationSchemes: [
    {
      type: "oauthbearertoken",
      name: "Bearer token",
      specUri: "https://www.rfc-editor.org/info/rfc6750",
      description: "A token for the directory, made by an administrator and sent in the Authorization header.",
    },
  ],
});

const absenceDefinition = new SCIMMY.Types.SchemaDefinition("Absence", ABSENCE_SCHEMA, "When somebody is away", [
  new SCIMMY.Types.Attribute("string", "awayFrom", { description: "The first day away, as 2027-03-31." }),
  new SCIMMY.Types.Attribute("string", "awayUntil", { description: "The last day away, as 2027-03-31." }),
]);

class AbsenceUser extends SCIMMY.Types.Schema {
  static override get id() {
    return absenceDefinition.id;
  }
  static override get definition() {
    return absenceDefinition;
  }
}

Resources.declare(Resources.User, {
  extensions: [
    { schema: Schemas.EnterpriseUser, required: false },
    { schema: AbsenceUser, required: false },
  ],
});
Resources.declare(Resources.Group, {});

type Attribute = InstanceType<typeof SCIMMY.Types.Attribute>;

/** @throws StartFailure if SCIM_GROUP_ROLES names an unknown role */
export function checkGroupRoles(groupRoles: ReadonlyMap<string, string> | null): void {
  const [unknown] = groupRoles ? unknownRoles({ groupRoles }) : [];
  if (unknown !== undefined)
    throw new StartFailure(`SCIM_GROUP_ROLES names "${unknown}", which is no role: docs/scim.md lists them.`);
}

/** What is stored of a user: attribute → its parts. Other attributes of the standard are accepted and ignored. */
export const SUPPORTED_ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  id: [],
  externalId: [],
  meta: [],
  userName: [],
  displayName: [],
  active: [],
  userType: [],
  name: ["formatted", "familyName", "givenName"],
  emails: ["value", "type", "primary"],
  groups: ["value", "$ref", "display", "type"],
  roles: ["value", "primary"],
  department: [],
  organization: [],
  manager: ["value", "$ref", "displayName"],
  awayFrom: [],
  awayUntil: [],
};

/** Finds the attribute of a user that a path names, ignoring case. */
export interface Target {
  attribute: Attribute;
  /** The schema of the extension that it belongs to, or null. */
  extension: string | null;
  /** The text between the brackets, or null. */
  filter: string | null;
  part: Attribute | null;
}

const PATH = /^(?:(urn:\S+?):)?([a-z$][\w$-]*)(?:\[(.+)\])?(?:\.([a-z$][\w$-]*))?$/i;

const PLACES = [
  { id: USER_SCHEMA, definition: Schemas.User.definition },
  { id: ENTERPRISE_SCHEMA, definition: Schemas.EnterpriseUser.definition },
  { id: ABSENCE_SCHEMA, definition: absenceDefinition },
];

/**
 * Finds the target of a path. Attributes of the extensions are also found without its prefix, as Entra ID writes
 * `manager`, and after a dot instead of a colon, as its older jobs do.
 * @returns null if users have no such attribute
 */
export function findTarget(path: string): Target | null {
  const place = placeOf(path);
  const match = PATH.exec(place ? `${place.id}:${path.trim().slice(place.id.length + 1)}` : path.trim());
  if (!match) return null;
  const [, schema, name = "", filter = null, partName] = match;
  const asked = schema?.toLowerCase();
  for (const { id, definition } of PLACES.filter(({ id }) => asked === undefined || asked === id.toLowerCase())) {
    const extension = id === USER_SCHEMA ? null : id;
    const attribute = named(definition.attributes, name);
    if (!attribute || (extension !== null && attribute.config.shadow)) continue;
    const part = partName === undefined ? null : named(attribute.subAttributes ?? [], partName);
    return part === undefined ? null : { attribute, extension, filter, part };
  }
  return null;
}

function placeOf(path: string) {
  const asked = path.trim().toLowerCase();
  return PLACES.find(({ id }) => [":", "."].some((mark) => asked.startsWith(id.toLowerCase() + mark)));
}

/** Whether a path is of a schema that the portal does not know, such as an organisation's own extension. */
export function isOfUnknownSchema(path: string): boolean {
  const asked = path.trim().toLowerCase();
  return asked.startsWith("urn:") && !PLACES.some(({ id }) => asked.startsWith(id.toLowerCase()));
}

/** The attributes include definitions of extensions, which have no type. */
const named = (attributes: readonly Attribute[], name: string): Attribute | undefined =>
  attributes.find((one) => "type" in one && one.name.toLowerCase() === name.toLowerCase());

export function isSupported({ attribute, part }: Pick<Target, "attribute" | "part">): boolean {
  const parts = SUPPORTED_ATTRIBUTES[attribute.name];
  return parts !== undefined && (part === null || parts.includes(part.name));
}

/** Checks a user's attributes and converts them to their types, as plain JSON. @throws ScimError 400 invalidValue */
export function checkUser(resource: object): Record<string, unknown> {
  try {
    return plain(new Schemas.User(resource, "in"));
  } catch (error) {
    throw asScimError(error);
  }
}

/** Turns the library's errors into ours: whatever does not fit a definition is an invalid value. */
export function asScimError(error: unknown): unknown {
  if (error instanceof ScimError) return error;
  if (error instanceof SCIMMY.Types.Error) {
    const types = [
      "invalidFilter",
      "uniqueness",
      "mutability",
      "invalidSyntax",
      "invalidPath",
      "noTarget",
      "invalidValue",
    ] as const;
    return new ScimError(error.status, types.find((one) => one === error.scimType) ?? null, error.message);
  }
  return error instanceof TypeError ? new ScimError(400, "invalidValue", `${error.message}.`) : error;
}

/** A resource of the library, as plain JSON. */
export function plain(resource: object): Record<string, unknown> {
  return { ...(JSON.parse(JSON.stringify(resource)) as Record<string, unknown>) };
}
