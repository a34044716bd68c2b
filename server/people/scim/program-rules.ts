import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { OwnChange, OwnChangeRefused } from "#domain/people/directory/import-plan.ts";
import { ScimError } from "#domain/people/scim/error.ts";
import { ENTERPRISE_SCHEMA } from "#domain/people/scim/user.ts";
import { isInForce } from "#server/access/api-token/queries.ts";
import { listPeopleWithRole, lockDirectory } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";

/** The program making the request, identified by its token. */
export interface ScimProgram {
  /** Reference of the token, as recorded in the evidence. */
  reference: string;
  /** Slug of the token's body. The program sees only people of this body. */
  body: string;
  /** Id of whoever made the token: the program cannot change that person's own permissions. */
  madeById: string;
}

/**
 * Waits for other changes to the directory, then checks that the token is still valid: whoever made it may have left or
 * lost the role in the meantime.
 * @throws ScimError 401 where the token has ended
 */
export async function takeTurn(tx: Tx, { body, reference }: ScimProgram): Promise<void> {
  await lockDirectory(tx, body);
  if (!(await isInForce(tx, body, reference))) throw new ScimError(401, null, "The token has ended.");
}

/** The request's `If-Match` header: entity tags, "*", or null for none. */
export type IfMatch = string | null;

/** Whether the resource is still the version that the program saw last. */
export function isStill(version: unknown, ifMatch: IfMatch): boolean {
  if (ifMatch === null || ifMatch.trim() === "*") return true;
  const bare = (tag: string) => tag.trim().replace(/^W\//, "");
  return ifMatch.split(",").some((tag) => bare(tag) === bare(String(version)));
}

const ATTRIBUTE_OF: Readonly<Record<OwnChange, string>> = {
  roles: "roles",
  team: `${ENTERPRISE_SCHEMA}:department`,
  "line-manager": `${ENTERPRISE_SCHEMA}:manager`,
  reports: `${ENTERPRISE_SCHEMA}:manager`,
  "first-day": "active",
  state: "active",
  leaving: "active",
};

const DAY_MS = 24 * 60 * 60_000;

/**
 * The answer to a program that tries to change the permissions of whoever made its token. The other administrators are
 * told, once a day, since they can do it by hand. If a body has only one administrator, that one is told.
 */
export async function refuseOwnChange(
  { reference, body, madeById }: ScimProgram,
  { personId, message, what }: OwnChangeRefused,
): Promise<ScimError> {
  await tellAdministrators(body, madeById, {
    kind: "own-change-refused",
    href: `/admin/people/${personId}`,
    subject: "Change somebody by hand, whom a program may not change",
    paragraphs: [
      `The program with the token ${reference} tried to change what the administrator who made that token may do. Nobody changes that themselves, so it was refused.`,
      "If the change is right, make it here. To have the program do it, let it have a token that somebody else made.",
    ],
  });
  const detail = `"${ATTRIBUTE_OF[what]}": ${message} The token ${reference} was made by the administrator whom this is about, and acts for them. The other administrators of the portal are told.`;
  return new ScimError(403, null, detail);
}

/** Tells the administrators what a program sent about somebody who leaves that does not fit. */
export async function tellNotDone({ reference, body }: ScimProgram, personId: string, reasons: readonly string[]) {
  await tellAdministrators(body, null, {
    kind: "leaver-part-refused",
    href: `/admin/people/${personId}`,
    subject: "Correct what a program sends about somebody who left",
    paragraphs: [
      `The program with the token ${reference} said that somebody has left, and they have. Other parts of the same request do not fit and were not done:`,
      ...reasons.map((reason) => (reason.length > 300 ? `${reason.slice(0, 300)}…` : reason)),
      "Correct the attribute at the identity provider, or its mapping.",
    ],
  });
}

/**
 * Tells the administrators of a body about a person, once a day for each kind of notice.
 * @param exceptId who is not told, unless they are the only one
 */
async function tellAdministrators(body: string, exceptId: string | null, told: Omit<Notice, "body" | "to">) {
  const notice = { ...told, body };
  await transact(async (tx): Promise<Change<null>> => {
    await lockDirectory(tx, body); // of two at once, the second sees that the notices have been sent
    const notified = await listNotifiedSince(tx, notice, new Date(clock.now().getTime() - DAY_MS));
    const administrators = (await listPeopleWithRole(tx, body, "administrator")).map(({ id }) => id);
    const others = administrators.filter((id) => id !== exceptId);
    const to = (others.length > 0 ? others : administrators).filter((id) => !notified.includes(id));
    return { result: null, evidence: [], notices: to.map((id) => ({ ...notice, to: id })) };
  });
}
