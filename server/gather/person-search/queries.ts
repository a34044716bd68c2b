import { soughtPerson, type SoughtPerson } from "#domain/access/identity/mention.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { passageNaming, shortened } from "#domain/gather/retention/doubt.ts";
import { plainWordsOf, redactorFor } from "#domain/gather/retention/redaction.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import {
  listEntriesNaming,
  listEntriesOf,
  listEntriesSpeaking,
  type EntryPlace,
} from "#server/gather/retention/mention-queries.ts";
import { getHold } from "#server/registers/hold/queries.ts";
import { listCalled, listKnownNames, soughtAmong } from "#server/people/directory/known-name-queries.ts";
import {
  findSearched,
  listHiddenReferences,
  listNamesWith,
  listPeopleFound,
  type SearchedPerson,
} from "./repository.ts";

/** An entry that names whom was looked for. */
export interface FoundMention extends EntryPlace {
  /** The text around the name. */
  passage: string;
}

/** What the registers hold on somebody. */
export interface PersonFinds {
  /** Null for a name that was typed, of whom nobody may be in the directory. */
  person: Pick<SearchedPerson, "id" | "name" | "email" | "status"> | null;
  /** Entries that they wrote, decided or are named in by the directory, and as what. */
  entries: (EntryPlace & { column: string })[];
  /** Entries of others that surely name them, and those that may. */
  sure: FoundMention[];
  doubtful: FoundMention[];
}

export interface PersonSearch {
  /** People of the directory with such a name, leavers included. */
  people: PersonFinds["person"][];
  finds: PersonFinds | null;
  /** What others wrote about the people and words of a hold, if that was asked for. */
  hold: { reference: string; mentions: FoundMention[]; doubtful: FoundMention[] } | null;
}

/**
 * One search over all registers for one person: somebody of the directory, or a name. Null for those who may not.
 * Reports that are kept from the actor and drafts of others are left out.
 */
export async function searchRegisters(
  actor: Actor,
  { typed, personId, hold = "" }: { typed: string; personId: string; hold?: string },
): Promise<PersonSearch | null> {
  if (!can(actor, "person.search-registers", actor)) return null;
  const tx = getDatabase();
  if (hold !== "") return { people: [], finds: null, hold: await findUnderHold(tx, actor, hold) };
  const person = personId === "" ? null : await findSearched(tx, actor.body, personId);
  if (person) return { people: [], finds: await findAll(tx, actor, person, await soughtOf(tx, person)), hold: null };
  const name = typed.trim().slice(0, 200);
  if (name === "") return { people: [], finds: null, hold: null };
  return {
    people: await listPeopleFound(tx, actor.body, name),
    finds: await findAll(tx, actor, null, soughtPerson([name], [])),
    hold: null,
  };
}

/** Entries of others that a hold keeps because they name its people or speak of its words; null if there is no such hold. */
async function findUnderHold(tx: Tx, actor: Actor, typed: string): Promise<PersonSearch["hold"]> {
  const hold = await getHold(actor, typed);
  if (!hold?.record) return null;
  const isShown = await readableBy(tx, actor);
  const { people, words } = hold.record;
  const finds: PersonFinds[] = [];
  for (const { id } of people) {
    const person = await findSearched(tx, actor.body, id);
    if (person) finds.push(await findAll(tx, actor, person, await soughtOf(tx, person)));
  }
  const spoken = (await listEntriesSpeaking(tx, actor.body, words))
    .filter(isShown)
    .map(({ texts, ...entry }) => ({ ...entry, passage: shortened(texts[0] ?? "") }));
  // Neither the hold itself, nor what the evidence says of the entries that are shown.
  const others = (mentions: readonly FoundMention[]) =>
    mentions.filter(({ reference }) => reference !== null && reference !== hold.reference);
  return {
    reference: hold.reference,
    mentions: others([...finds.flatMap(({ sure }) => sure), ...spoken]),
    doubtful: others(finds.flatMap(({ doubtful }) => doubtful)),
  };
}

async function findAll(tx: Tx, actor: Actor, person: SearchedPerson | null, sought: SoughtPerson) {
  const isShown = await readableBy(tx, actor);
  const entries = (person ? await listEntriesOf(tx, person.id) : []).filter(isShown);
  const own = new Set(entries.flatMap(({ reference }) => reference ?? []));
  const mentions = (await listEntriesNaming(tx, actor.body, sought))
    .filter(isShown)
    .filter(({ reference }) => reference === null || !own.has(reference))
    .map(({ texts, ...entry }) => ({ ...entry, passage: passageNaming(texts, sought) }));
  return {
    person,
    entries,
    sure: mentions.filter(({ isSure }) => isSure),
    doubtful: mentions.filter(({ isSure }) => !isSure),
  };
}

/** Somebody as they are looked for, by all names that they have or had. */
export async function soughtOf(tx: Tx, person: SearchedPerson): Promise<SoughtPerson> {
  const known = await listKnownNames(tx, person.body, await listCalled(tx, person.body, [person]));
  const names = known.get(person.id);
  return names ? soughtAmong(names).person : soughtPerson([person.name], []);
}

/** Tells which entries an officer may see. */
export async function readableBy(tx: Tx, { body, personId }: Actor) {
  const hidden = new Set(await listHiddenReferences(tx, body, personId));
  return ({ reference }: Pick<EntryPlace, "reference">) => reference === null || !hidden.has(reference);
}

/**
 * Captured records of others that surely name the actor, with the names of others replaced: part of what is held about
 * them.
 */
export async function listWrittenByOthers({ body, personId }: Actor) {
  const tx = getDatabase();
  const person = await findSearched(tx, body, personId);
  if (!person) return [];
  const sought = await soughtOf(tx, person);
  const own = new Set((await listEntriesOf(tx, personId)).flatMap(({ reference }) => reference ?? []));
  const naming = (await listEntriesNaming(tx, body, sought, ["CapturedRecord"])).filter(
    ({ isSure, reference }) => isSure && !own.has(reference ?? ""),
  );
  const { redact } = await prepareRedactor(
    person,
    sought,
    naming.flatMap(({ texts }) => texts),
  );
  return naming.map(({ place, reference, texts }) => ({ place, reference, texts: texts.map(redact) }));
}

/** What takes the names of others out of texts about one person. */
export async function prepareRedactor(person: SearchedPerson, sought: SoughtPerson, texts: readonly string[]) {
  const known = await listNamesWith(getDatabase(), person.body, plainWordsOf(texts));
  const others = known
    .filter(({ id, name }) => id !== person.id && name !== person.name)
    .map(({ id, name, email }) => ({ id, person: soughtPerson([name, email ?? ""].filter(Boolean), [person.name]) }));
  return redactorFor(sought, others);
}
