import "server-only";
import type { OwnChangeRefused } from "#domain/people/directory/own-change.ts";
import { ScimError } from "#domain/people/scim/error.ts";
import { clock } from "#server/base/clock.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { listPeopleWithRole } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listNotifiedSince } from "#server/evidence/notice/queries.ts";
import type { ScimProgram } from "./program-rules.ts";

const DAY_MS = 24 * 60 * 60_000;

/**
 * The answer to a program that tries to change the permissions of whoever made its token. The other administrators are
 * told, once a day, since they can do it by hand. If a body has only one administrator, that one is told.
 */
export async function refuseOwnChange(
  { reference, body, madeById }: ScimProgram,
  { personId, message }: OwnChangeRefused,
): Promise<ScimError> {
  const at = clock.now();
  const notice = {
    body,
    kind: "own-change-refused" as const,
    href: `/admin/people/${personId}`,
    subject: "Change somebody by hand, whom a program may not change",
    paragraphs: [
      `The program with the token ${reference} tried to change what the administrator who made that token may do. Nobody changes that themselves, so it was refused.`,
      "If the change is right, make it here. To have the program do it, let it have a token that somebody else made.",
    ],
  };
  await transact(async (tx): Promise<Change<null>> => {
    await lockDirectory(tx, body); // of two refusals at once, the second sees that the notices have been sent
    const notified = await listNotifiedSince(tx, notice, new Date(at.getTime() - DAY_MS));
    const administrators = (await listPeopleWithRole(tx, body, "administrator")).map(({ id }) => id);
    const others = administrators.filter((id) => id !== madeById);
    const to = (others.length > 0 ? others : administrators).filter((id) => !notified.includes(id));
    return { result: null, evidence: [], notices: to.map((id) => ({ ...notice, to: id })) };
  });
  const detail = `${message} The token ${reference} was made by the administrator whom this is about, and acts for them. The other administrators of the portal are told.`;
  return new ScimError(403, null, detail);
}
