import { cluesOf } from "#domain/access/identity/clues.ts";
import { mentionedIn, type SoughtPerson } from "#domain/access/identity/mention.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import { DOUBT_PLACES } from "#domain/gather/retention/doubt.ts";
import { speaksOf } from "#domain/registers/hold/hold.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listCalled, listKnownNames, soughtAmong } from "#server/people/directory/known-name-queries.ts";
import type { DataUnderHold } from "#server/registers/hold/deletion-queries.ts";
import { mentionsIn, textsOf } from "./name-change.ts";
import { REGISTER_TABLES, SEARCHED_TABLES } from "./name-rules.ts";
import { eachRowWith, findReference, listTied, listWithOwners, type TiedEntry } from "./repository.ts";

/** Where an entry stands: in which register, its reference and its page; null where it has none. */
export interface EntryPlace {
  table: string;
  place: string;
  reference: string | null;
  href: string | null;
}

/** An entry whose texts name somebody. */
export interface NamingEntry extends EntryPlace {
  /** Its texts in which the name stands, or may stand. */
  texts: string[];
  /** Whether it is surely they; otherwise people decide. */
  isSure: boolean;
  /** What may be the name. */
  words: string[];
}

/** Every entry of every register that names somebody. For other nouns, which have authorised already. */
export async function listEntriesNaming(
  tx: Tx,
  body: string,
  person: SoughtPerson,
  tables: readonly string[] = REGISTER_TABLES.map(({ table }) => table),
): Promise<NamingEntry[]> {
  const clues = cluesOf([person]);
  const found: NamingEntry[] = [];
  for (const table of REGISTER_TABLES.filter((one) => tables.includes(one.table)))
    for await (const row of eachRowWith(tx, table, body, clues)) {
      const texts = textsOf(table, row).map((text) => ({ text, ...mentionsIn([text], person) }));
      const naming = texts.filter(({ isNamed, words }) => isNamed || words.length > 0);
      if (naming.length === 0) continue;
      const reference = await findReference(tx, table, row.id);
      found.push({
        ...placeOf(table.table, reference),
        texts: naming.map(({ text }) => text),
        isSure: naming.some(({ isNamed }) => isNamed),
        words: [...new Set(naming.flatMap(({ words }) => words))],
      });
    }
  return found;
}

/** Every entry of every register that speaks of words under a hold. For other nouns, which have authorised already. */
export async function listEntriesSpeaking(tx: Tx, body: string, words: readonly string[]) {
  const found: (EntryPlace & { texts: string[] })[] = [];
  if (words.length === 0) return found;
  for (const table of REGISTER_TABLES)
    for await (const row of eachRowWith(tx, table, body, { words: begunBy(words), initials: "" })) {
      const texts = textsOf(table, row).filter((text) => speaksOf([text], words));
      if (texts.length > 0) found.push({ ...placeOf(table.table, await findReference(tx, table, row.id)), texts });
    }
  return found;
}

/** What rows are looked for by, so that few are read: the first word of each phrase. */
const begunBy = (words: readonly string[]): string =>
  words.flatMap((word) => /[\p{L}\p{N}]+/u.exec(plainLetters(word)) ?? []).join("|");

/**
 * Every entry of every register that somebody wrote, decided, or is named in by the directory, and as what. For other
 * nouns, which have authorised already.
 */
export async function listEntriesOf(tx: Tx, personId: string): Promise<(EntryPlace & Pick<TiedEntry, "column">)[]> {
  const tables = Object.keys(DOUBT_PLACES).filter((table) => !["Mail", "Notice"].includes(table));
  const tied = await listTied(tx, personId, tables);
  // Somebody whom a report is about is not to learn of it here.
  const shown = tied.filter(({ column }) => column !== "keptFromId");
  return shown.map(({ table, column, reference }) => ({ ...placeOf(table, reference), column }));
}

/**
 * Ids of all rows that name, or may name, people or words under a hold, with those of what they belong to: nothing of
 * theirs is deleted by its own time. For other nouns, which have authorised already.
 */
export async function listRowsUnderHold(tx: Tx, body: string, { people: ids, words }: DataUnderHold["about"]) {
  if (ids.length + words.length === 0) return [];
  const people = await tx.person.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true, email: true },
  });
  const known = await listKnownNames(tx, body, await listCalled(tx, body, people));
  const sought = [...known.values()].map((names) => soughtAmong(names).person);
  const clues = cluesOf(sought);
  const sure = { ...clues, words: [clues.words, begunBy(words)].filter(Boolean).join("|") };
  const parts: string[] = [];
  for (const table of [...REGISTER_TABLES, ...SEARCHED_TABLES.filter((one) => !REGISTER_TABLES.includes(one))]) {
    const found: string[] = [];
    for await (const row of eachRowWith(tx, table, body, sure)) {
      const texts = textsOf(table, row);
      if (speaksOf(texts, words) || sought.some((person) => mentionedIn(texts, person))) found.push(row.id);
    }
    if (found.length > 0) parts.push(...(await listWithOwners(tx, table, found)));
  }
  return [...new Set(parts)];
}

/** The place of a row. */
export function placeOf(table: string, reference: string | null): EntryPlace {
  const { place, path } = DOUBT_PLACES[table] ?? { place: "Another text", path: null };
  const href = table === "EvidenceDetail" ? "/evidence" : path && reference ? `${path}/${reference}` : null;
  return { table, place, reference, href };
}
