import { type Actor, can, may } from "#domain/access/permission/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import * as repository from "./repository.ts";

export type ReleaseResult =
  /** `count`: how many accounts they are released from. */
  | { code: "released"; person: repository.PersonRecord; count: number }
  /** They are not bound to an account. */
  | { code: "none"; person: repository.PersonRecord }
  /** Another administrator has to do it. */
  | { code: "own" }
  /** No such person, or they belong to another body, or the actor may not do it. */
  | { code: "not-found" };

/**
 * Releases somebody from the work account that they sign in with: they are signed out, and the next sign-in with their
 * e-mail address binds again. Not possible for oneself; harmless if done twice.
 */
export async function releaseAccount(actor: Actor, personId: string): Promise<ReleaseResult> {
  if (!can(actor, "account.release", actor)) return { code: "not-found" };
  const person = await repository.findPerson(getDatabase(), personId);
  if (person?.body !== actor.body) return { code: "not-found" };
  if (!may(actor, "account.release", { body: person.body, ownerId: person.id })) return { code: "own" };
  return release(person, actor.personId);
}

/**
 * The same by command. No permission is needed: whoever runs it has access to the database.
 * @param email exactly as in the directory
 */
export async function releaseByEmail(email: string): Promise<ReleaseResult> {
  const person = await repository.findPersonByEmail(getDatabase(), email);
  return person ? release(person, PORTAL_ACTOR) : { code: "not-found" };
}

const AT_ONCE = 100;

/**
 * Releases everybody, by command: for when the provider renames all accounts.
 * @param body slug; null for every body
 * @returns how many people were released
 */
export async function releaseEverybody(body: string | null): Promise<number> {
  let released = 0;
  for (let after = ""; ;) {
    const ids = await repository.listBoundPeople(getDatabase(), { body, after, take: AT_ONCE });
    for (const id of ids) {
      const person = await repository.findPerson(getDatabase(), id);
      if (person && (await release(person, PORTAL_ACTOR)).code === "released") released++;
    }
    const last = ids.at(-1);
    if (last === undefined) return released;
    after = last;
  }
}

async function release(person: repository.PersonRecord, by: string): Promise<ReleaseResult> {
  const { id, body } = person;
  return transact(async (tx): Promise<Change<ReleaseResult>> => {
    const accounts = await repository.deleteAccountsOf(tx, id);
    if (accounts.length === 0) return { result: { code: "none", person }, evidence: [] };
    const sessions = await repository.endSessionsOf(tx, id);
    const at = clock.now();
    return {
      result: { code: "released", person, count: accounts.length },
      evidence: accounts.map(({ issuer, subject }) => ({
        body,
        event: "account.released" as const,
        at,
        actor: by,
        subject: id,
        data: { sessions, by: by === PORTAL_ACTOR ? "command" : "administrator" },
        detail: { issuer, subject },
      })),
      notices: person.status === "left" ? [] : [releasedNotice(person, by)],
    };
  });
}

function releasedNotice({ id, body }: repository.PersonRecord, by: string): Notice {
  const who = by === PORTAL_ACTOR ? "Somebody who runs the portal's server" : "An administrator";
  return {
    body,
    to: id,
    kind: "account-released",
    href: "/",
    subject: "You were released from your work account",
    paragraphs: [
      `${who} ended the tie between you and the work account that you signed in with. You are signed out everywhere.`,
      "Sign in once more. The work account that you then use is tied to you, and no other opens the portal as you.",
      "If you did not expect this, tell your IT service desk at once.",
    ],
  };
}

/** The notice that tells somebody which account they sign in with from now on. */
export const boundNotice = ({ id, body }: Pick<repository.PersonRecord, "id" | "body">): Notice => ({
  body,
  to: id,
  kind: "account-bound",
  href: "/me",
  subject: "Your work account is tied to you in the portal on messaging apps",
  paragraphs: [
    "You signed in with your work account for the first time. From now on this account alone opens the portal as you, also if your e-mail address changes.",
    "If it was not you who signed in, tell your IT service desk at once: an administrator can undo it.",
  ],
});
