import type { HoldRecord } from "./repository.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { mentionedIn, soughtPerson } from "#domain/access/identity/mention.ts";
import { speaksOf, type HoldReason, type StandingHold } from "#domain/registers/hold/hold.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { listCalled, listKnownNames, soughtAmong } from "#server/people/directory/known-name-queries.ts";
import * as repository from "./repository.ts";

// Separate from the queries for pages, which React caches per request: commands run without React.

/** The data that a body's holds in force protect from deletion. */
export interface DataUnderHold {
  /** A hold on a subject concerns everybody, and so protects everything. */
  isEverything: boolean;
  /** Ids of people concerned by a hold, including members of groups and leavers. */
  people: string[];
  /** Ids of groups named by a hold, and of groups of people named by a hold. */
  groups: string[];
  /** References of the named groups, and of the holds themselves. */
  references: string[];
  /** Ids of people whom a hold names, and its words: what others wrote about them is kept too. */
  about: { people: string[]; words: string[] };
}

/** Everything that must not be deleted now, with holds locked so that none is placed meanwhile: for bulk deletion. */
export async function holdEverythingConcerned(tx: Tx, body: string): Promise<DataUnderHold> {
  await repository.lockDeletions(tx, body);
  return findDataUnderHold(tx, body);
}

async function findDataUnderHold(tx: Tx, body: string): Promise<DataUnderHold> {
  const holds = await repository.listInForceWithTargets(tx, body);
  const all = (of: (hold: (typeof holds)[number]) => readonly string[]) => [...new Set(holds.flatMap(of))].sort();
  const words = all((hold) => hold.words);
  const groups = words.length === 0 ? [] : await repository.listGroupTexts(tx, body);
  const spoken = groups.filter(({ name, purpose }) => speaksOf([name, purpose], words)).map(({ id }) => id);
  return {
    isEverything: holds.some(({ isOnSubject }) => isOnSubject),
    people: all(({ people }) => people),
    groups: [...new Set([...all((hold) => hold.groups), ...spoken])],
    references: all(({ reference, references }) => [reference, ...references]),
    about: { people: all(({ named }) => named), words },
  };
}

/**
 * The holds that prevent somebody from deleting now, with holds locked so that none is placed meanwhile: for services
 * that record a deletion, in their transaction.
 * @param groupId the group whose messages it is about; null for somebody's own messages
 * @param about the texts of what is deleted: a hold on people or words that they name prevents it too
 */
export async function holdsOnDeletion(
  tx: Tx,
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
  about: readonly string[] = [],
): Promise<StandingHold[]> {
  await repository.lockDeletions(tx, body);
  return listHoldsOnDeletion({ body, personId }, groupId, about, tx);
}

/** The same without the lock, for pages about a deletion. */
export async function listHoldsOnDeletion(
  { body, personId }: Pick<Actor, "body" | "personId">,
  groupId: string | null,
  about: readonly string[] = [],
  tx: Tx = getDatabase(),
): Promise<StandingHold[]> {
  const concerning = await repository.listOnPerson(tx, body, personId);
  // A hold on one group does not cover another group that the same person is in.
  const own = concerning.filter(
    ({ isOnSubject, targets }) => groupId === null || isOnSubject || targets.some((one) => one.personId === personId),
  );
  const onGroup = groupId === null ? [] : await repository.listOnGroup(tx, body, groupId);
  const { sure } = await findHoldsAbout(tx, body, about);
  return uniqueHolds([...[...own, ...onGroup].map(toStanding), ...sure]);
}

function uniqueHolds(holds: readonly StandingHold[]): StandingHold[] {
  return [...new Map(holds.map((hold) => [hold.reference, hold])).values()];
}

/** Holds on what a text says: of people and words that it surely names, and of people whom it may name. */
export interface HoldsAbout {
  sure: StandingHold[];
  doubtful: StandingHold[];
}

/** The holds in force on people or words that texts name. For other nouns, which have authorised already. */
export const findHoldsAbout = async (tx: Tx, body: string, texts: readonly string[]): Promise<HoldsAbout> =>
  (await prepareHoldsAbout(tx, body, texts))(texts);

/** The same for several texts, each out of `all`. */
async function prepareHoldsAbout(tx: Tx, body: string, all: readonly string[]) {
  const holds = all.some((text) => text.trim() !== "") ? await repository.listNaming(tx, body) : [];
  const people = [...new Map(holds.flatMap((hold) => hold.people).map((person) => [person.id, person])).values()];
  const called = (await listCalled(tx, body, people)).filter(
    ({ words }) => mentionedIn(all, soughtPerson(words, [])) !== null,
  );
  const known = [...(await listKnownNames(tx, body, called)).values()];
  const sought = known.map((names) => ({ id: names.id, person: soughtAmong(names).person }));
  return (texts: readonly string[]): HoldsAbout => {
    const mentioned = new Map(sought.map(({ id, person }) => [id, mentionedIn(texts, person)]));
    const isSure = ({ words, people: named }: (typeof holds)[number]) =>
      speaksOf(texts, words) || named.some(({ id }) => mentioned.get(id) === "sure");
    const doubtful = holds.filter((hold) => !isSure(hold) && hold.people.some(({ id }) => mentioned.get(id)));
    return { sure: holds.filter(isSure).map(toStanding), doubtful: doubtful.map(toStanding) };
  };
}

/** Something that could be deleted: whose it is, of which group, and what it says. */
interface Deletable {
  id: string;
  personId: string;
  groupId: string | null;
  texts: readonly string[];
}

/** Ids of those that a hold prevents from being deleted, for lists; as `listHoldsOnDeletion` says of each. */
export async function listHeldIds(tx: Tx, body: string, things: readonly Deletable[]): Promise<Set<string>> {
  if (things.length === 0) return new Set();
  const held = await findDataUnderHold(tx, body);
  const holdsAbout = await prepareHoldsAbout(
    tx,
    body,
    things.flatMap(({ texts }) => texts),
  );
  const isHeld = ({ personId, groupId, texts }: Deletable) =>
    held.isEverything ||
    (groupId === null ? held.people : held.about.people).includes(personId) ||
    (groupId !== null && held.groups.includes(groupId)) ||
    holdsAbout(texts).sure.length > 0;
  return new Set(things.filter(isHeld).map(({ id }) => id));
}

/** A hold as shown to the people it concerns. */
export function toStanding(hold: Omit<StandingHold, "reason"> & Pick<repository.HoldRecord, "reason">): StandingHold {
  const { reference, keep, placedAt } = hold;
  return { reference, reason: reasonOf(hold), keep, placedAt };
}

/** A reason as it is stored: the database client uses underscores. */
export const storedReason = (reason: HoldReason): HoldRecord["reason"] =>
  reason === "subject-access" ? "subject_access" : reason;

export const reasonOf = ({ reason }: Pick<repository.HoldRecord, "reason">): HoldReason =>
  reason === "subject_access" ? "subject-access" : reason;
