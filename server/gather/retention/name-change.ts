import { createHash, randomUUID } from "node:crypto";
import { findMentions, replaceMentions, type SoughtPerson } from "#domain/access/identity/mention.ts";
import { cluesOf } from "#domain/access/identity/clues.ts";
import { mapTexts, textsIn } from "#domain/gather/retention/doubt.ts";
import { pseudonyms } from "#domain/gather/retention/pseudonym.ts";
import type { Tx } from "#server/base/db/database.ts";
import {
  listCalled,
  listKnownNames,
  soughtAmong,
  type KnownNames,
} from "#server/people/directory/known-name-queries.ts";
import { EVIDENCE_TEXTS, SEARCHED_TABLES, searchedTable } from "./name-rules.ts";
import * as repository from "./repository.ts";

export interface Pseudonymised {
  personId: string;
  /** Rows with text in which the name was replaced. */
  texts: number;
  /** Texts beside the evidence that were erased. */
  erased: number;
  /** Texts that may still name them, for somebody to look at. */
  doubts: number;
  /** Somebody else in the body has the same name: a text may mean either of them. */
  hasNamesake: boolean;
}

/** What is known of some leavers before their names are replaced. */
export interface LeaverTexts {
  /** By id. */
  known: ReadonlyMap<string, KnownNames>;
  /** By id. */
  pseudonyms: ReadonlyMap<string, { name: string; code: string }>;
  rows: RowsNaming;
}

/** The rows that may name somebody: by table, their ids. */
export type RowsNaming = ReadonlyMap<string, readonly string[]>;

/**
 * Finds what may name some people who left. Their texts are searched once for all of them, however many they are, which
 * takes seconds in a large body: so before the transaction that replaces the names.
 */
export async function findTexts(tx: Tx, body: string, leavers: readonly repository.Leaver[]): Promise<LeaverTexts> {
  const known = await listKnownNames(tx, body, await listCalled(tx, body, leavers));
  const rows = await rowsNaming(
    tx,
    body,
    [...known.values()].map((names) => soughtAmong(names).person),
  );
  return { known, pseudonyms: await findPseudonyms(tx, body, leavers), rows };
}

/** The rows in which one of these people may be named. */
export async function rowsNaming(tx: Tx, body: string, people: readonly SoughtPerson[]): Promise<RowsNaming> {
  const clues = cluesOf(people);
  const byTable = new Map<string, string[]>();
  for (const table of SEARCHED_TABLES) {
    const ids: string[] = [];
    for await (const row of repository.eachRowWith(tx, table, body, clues))
      if (textsOf(table, row).some((text) => people.some((person) => findMentions(text, person).length > 0)))
        ids.push(row.id);
    if (ids.length > 0) byTable.set(table.table, ids);
  }
  return byTable;
}

/**
 * Replaces the names and e-mail addresses of people who left by pseudonyms, wherever `findTexts` found them, and writes
 * down what may still name them. Evidence refers to people by id, which stays.
 */
export async function pseudonymise(
  tx: Tx,
  { body, leavers, at }: { body: string; leavers: readonly repository.Leaver[]; at: Date },
  { known, pseudonyms, rows }: LeaverTexts,
): Promise<Pseudonymised[]> {
  const done: Pseudonymised[] = [];
  const gone = new Set<string>();
  await repository.deletePersonal(
    tx,
    leavers.map(({ id }) => id),
  );
  for (const { id } of leavers) {
    const [pseudonym, names] = [pseudonyms.get(id), known.get(id)];
    if (!pseudonym || !names) throw new Error("Somebody's texts were not looked for.");
    const { name, code } = pseudonym;
    const { person, hasNamesake } = soughtAmong(names, gone);
    const { doubts, ...replaced } = await replaceName(tx, { body, personId: id, person, by: name }, rows);
    await repository.insertDoubts(
      tx,
      doubts.map((doubt) => ({ id: randomUUID(), body, personId: id, foundAt: at, ...doubt })),
    );
    await repository.writePseudonym(tx, id, { name, email: `former-${code.toLowerCase()}@${body}.invalid`, at });
    done.push({ personId: id, ...replaced, doubts: doubts.length, hasNamesake });
    gone.add(id);
  }
  return done;
}

/** A text that may name somebody: where it stands, and what in it may be the name. */
export interface FoundDoubt {
  table: string;
  row: string;
  words: string[];
}

/**
 * Replaces what surely names somebody in these rows, and erases the texts beside the evidence that name them or are
 * about them.
 */
export async function replaceName(
  tx: Tx,
  { body, personId, person, by }: { body: string; personId: string; person: SoughtPerson; by: string },
  rows: RowsNaming,
): Promise<{ texts: number; erased: number; doubts: FoundDoubt[] }> {
  const erased = new Set(await repository.listDetailsOf(tx, body, personId));
  const doubts: FoundDoubt[] = [];
  let texts = 0;
  for (const table of SEARCHED_TABLES) {
    const ids = rows.get(table.table);
    if (!ids) continue;
    for (const row of await repository.lockTextRows(tx, table, body, ids)) {
      const { isNamed, words } = mentionsIn(textsOf(table, row), person);
      const where = { table: table.table, row: row.id };
      if (table === EVIDENCE_TEXTS && (isNamed || erased.has(Number(row.id)))) {
        erased.add(Number(row.id));
        await repository.deleteSettled(tx, { body, ...where }, "");
        continue;
      }
      if (isNamed) {
        texts++;
        const change = (text: string) => replaceMentions(text, findMentions(text, person), by);
        const changed = { id: row.id, texts: mapTexts(row.texts, change) as repository.TextRow["texts"] };
        await repository.writeTexts(tx, table, changed);
        await repository.deleteSettled(tx, { body, ...where }, textsOf(table, changed).join("\n"));
      }
      if (words.length > 0) doubts.push({ ...where, words });
    }
  }
  return { texts, erased: await repository.eraseDetails(tx, body, [...erased]), doubts };
}

/** The texts of the row that a doubt is about; none where it is gone. */
export const readDoubtTexts = async (tx: Tx, { body, table, row }: { body: string; table: string; row: string }) =>
  textsIn((await repository.readTextRow(tx, searchedTable(table), body, row))?.texts);

/** Deletes the doubts whose text is gone, or holds nothing of what was found any more. */
export async function deleteStaleDoubts(tx: Tx, body: string): Promise<void> {
  for (const { table, row } of await repository.listDoubtRows(tx, body))
    await repository.deleteSettled(
      tx,
      { body, table, row },
      (await readDoubtTexts(tx, { body, table, row })).join("\n"),
    );
}

/** Whether texts surely name somebody, and what in them may be the name. */
export function mentionsIn(texts: readonly string[], person: SoughtPerson): { isNamed: boolean; words: string[] } {
  const found = texts.map((text) => ({ text, mentions: findMentions(text, person) }));
  const doubtful = found.flatMap(({ text, mentions }) =>
    mentions.filter(({ isSure }) => !isSure).map(({ from, to }) => text.slice(from, to)),
  );
  return {
    isNamed: found.some(({ mentions }) => mentions.some(({ isSure }) => isSure)),
    words: [...new Set(doubtful)],
  };
}

/** The texts of a row; those beside the evidence are JSON. */
export function textsOf(table: repository.NameTable, { texts }: repository.TextRow): string[] {
  const found = textsIn(texts);
  return table === EVIDENCE_TEXTS ? found.flatMap(textsOfDetail) : found;
}

function textsOfDetail(detail: string): string[] {
  try {
    return textsIn(JSON.parse(detail));
  } catch {
    return [detail];
  }
}

/** The first pseudonym of each that nobody else has, by id. */
async function findPseudonyms(tx: Tx, body: string, people: readonly repository.Leaver[]) {
  const candidates = people.map(({ id, kind }) => {
    const digest = createHash("sha256").update(`pseudonym/${id}`).digest();
    return { id, all: [...pseudonyms(kind, digest)] };
  });
  const holders = await repository.listNameHolders(
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
