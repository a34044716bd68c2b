import "server-only";
import { grouped } from "#domain/base/list/grouped.ts";
import { createHash } from "node:crypto";
import { z } from "zod";
import { anywhere, pseudonyms, wholeWords } from "#domain/gather/retention/pseudonym.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { NAME_TABLES, type NameTable } from "./name-rules.ts";
import {
  deletePersonal,
  eraseDetails,
  listDetailsAbout,
  listDetailsNaming,
  listNameHolders,
  listRowsNaming,
  replaceWords,
  writePseudonym,
  type Leaver,
} from "./repository.ts";

type Tx = Prisma.TransactionClient;

/** How much was changed. */
export interface Pseudonymised {
  personId: string;
  /** Rows with text in which the name was replaced. */
  texts: number;
  /** Texts beside the evidence that were erased. */
  erased: number;
  /** Somebody else in the body has the same name: a text may mean either of them, so only the address was replaced. */
  hasNamesake: boolean;
}

/** What is known of some leavers before their names are replaced. */
export interface LeaverTexts {
  /** By id. */
  words: ReadonlyMap<string, readonly KnownWord[]>;
  /** By id. */
  pseudonyms: ReadonlyMap<string, { name: string; code: string }>;
  rows: RowsNaming;
}

/** The rows that may name somebody: by table, their ids; and positions of texts beside the evidence. */
export interface RowsNaming {
  byTable: ReadonlyMap<string, readonly string[]>;
  details: readonly number[];
}

/**
 * Finds what names some people who left. Their texts are searched once for all of them, however many they are, which
 * takes seconds in a large body: so before the transaction that replaces the names.
 */
export async function findTexts(tx: Tx, body: string, leavers: readonly Leaver[]): Promise<LeaverTexts> {
  const words = await wordsOf(tx, body, leavers);
  const pseudonyms = await findPseudonyms(tx, body, leavers);
  const pattern = anywhere([...words.values()].flat().map(({ word }) => word));
  const byTable = new Map<string, string[]>();
  for (const table of NAME_TABLES) {
    const ids = await listRowsNaming(tx, table, { pattern, body });
    if (ids.length > 0) byTable.set(table.table, ids);
  }
  const personIds = leavers.map(({ id }) => id);
  const details = await listDetailsNaming(tx, body, { personIds, pattern });
  return { words, pseudonyms, rows: { byTable, details } };
}

/**
 * Replaces the names and e-mail addresses of people who left by pseudonyms, wherever `findTexts` found them. Evidence
 * refers to people by id, which stays.
 */
export async function pseudonymise(
  tx: Tx,
  { body, leavers, at }: { body: string; leavers: readonly Leaver[]; at: Date },
  { words, pseudonyms, rows }: LeaverTexts,
): Promise<Pseudonymised[]> {
  const done: Pseudonymised[] = [];
  const gone = new Set<string>();
  await deletePersonal(
    tx,
    leavers.map(({ id }) => id),
  );
  for (const { id } of leavers) {
    const pseudonym = pseudonyms.get(id);
    if (!pseudonym) throw new Error("Somebody's texts were not looked for.");
    const { name, code } = pseudonym;
    const { patterns, hasNamesake } = patternsOf(words.get(id) ?? [], gone);
    const replaced = await replaceName(tx, { body, personId: id, patterns, by: name }, { rows });
    await writePseudonym(tx, id, { name, email: `former-${code.toLowerCase()}@${body}.invalid`, at });
    done.push({ personId: id, ...replaced, hasNamesake });
    gone.add(id);
  }
  return done;
}

/** A name or an address that somebody has or had. */
export interface KnownWord {
  word: string;
  /** Ids of others whose name it is now. */
  others: readonly string[];
}

/** What each of these people is and was called, by id. */
export async function wordsOf(
  tx: Tx,
  body: string,
  people: readonly Pick<Leaver, "id" | "name" | "email">[],
): Promise<Map<string, KnownWord[]>> {
  const ids = people.map(({ id }) => id);
  const details = grouped(await listDetailsAbout(tx, body, ids), ({ subject }) => subject);
  const called = people.map(({ id, name, email }) => {
    const earlier = (details.get(id) ?? []).flatMap(({ detail }) => earlierNames(detail));
    return { id, words: [...new Set([email, name, ...earlier])].filter((word) => word.trim() !== "") };
  });
  const holders = await listNameHolders(
    tx,
    body,
    called.flatMap(({ words }) => words),
  );
  const othersOf = (word: string, id: string) =>
    word.includes("@") ? [] : (holders.get(word) ?? []).filter((holder) => holder !== id);
  return new Map(called.map(({ id, words }) => [id, words.map((word) => ({ word, others: othersOf(word, id) }))]));
}

/**
 * Patterns that find somebody by these words, except by a name that somebody else has, too.
 * @param gone ids of people who have no name any more
 */
export function patternsOf(
  known: readonly KnownWord[],
  gone: ReadonlySet<string> = new Set(),
): { patterns: string[]; hasNamesake: boolean } {
  const own = known.filter(({ others }) => others.every((id) => gone.has(id))).map(({ word }) => word);
  // Addresses first: a name may be part of one.
  const patterns = own.sort((one, other) => other.length - one.length).map(wholeWords);
  return { patterns, hasNamesake: own.length < known.length };
}

/**
 * Replaces what the patterns find in these tables, and erases the texts beside the evidence that contain it.
 * @param where.rows only in these; everywhere if left out
 */
export async function replaceName(
  tx: Tx,
  { body, personId, patterns, by }: { body: string; personId: string; patterns: readonly string[]; by: string },
  { tables = NAME_TABLES, rows }: { tables?: readonly NameTable[]; rows?: RowsNaming } = {},
): Promise<{ texts: number; erased: number }> {
  let texts = 0;
  for (const table of tables) {
    const among = rows?.byTable.get(table.table);
    if (rows && !among) continue;
    for (const pattern of patterns) texts += await replaceWords(tx, table, { pattern, by, body, among });
  }
  if (rows?.details.length === 0) return { texts, erased: 0 };
  const pattern = patterns.join("|");
  return { texts, erased: await eraseDetails(tx, body, { personId, pattern, among: rows?.details }) };
}

/** The first pseudonym of each that nobody else has, by id. */
async function findPseudonyms(tx: Tx, body: string, people: readonly Leaver[]) {
  const candidates = people.map(({ id, kind }) => {
    const digest = createHash("sha256").update(`pseudonym/${id}`).digest();
    return { id, all: [...pseudonyms(kind, digest)] };
  });
  const holders = await listNameHolders(
    tx,
    body,
    candidates.flatMap(({ all }) => all.map(({ name }) => name)),
  );
  const given = new Set<string>();
  return new Map(
    candidates.map(({ id, all }) => {
      const free = all.find(
        ({ name }) => !given.has(name) && (holders.get(name) ?? []).every((holder) => holder === id),
      );
      if (!free) throw new Error("There is no pseudonym left.");
      given.add(free.name);
      return [id, free];
    }),
  );
}

const changeSchema = z.object({ before: z.string(), after: z.string() });
const namesSchema = z.object({ name: z.string().optional(), email: z.string().optional() });

/** What somebody used to be called, from the text beside a row about a change to them. */
function earlierNames(detail: string): string[] {
  try {
    const change = changeSchema.safeParse(JSON.parse(detail)).data;
    const sides = change
      ? [change.before, change.after].map((side) => namesSchema.safeParse(JSON.parse(side)).data)
      : [];
    return sides.flatMap((side) => [side?.name ?? [], side?.email ?? []].flat());
  } catch {
    return [];
  }
}
