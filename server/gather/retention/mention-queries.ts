import "server-only";
import { cluesOf } from "#domain/access/identity/clues.ts";
import type { SoughtPerson } from "#domain/access/identity/mention.ts";
import { DOUBT_PLACES } from "#domain/gather/retention/doubt.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { mentionsIn, textsOf } from "./name-change.ts";
import { REGISTER_TABLES } from "./name-rules.ts";
import { eachRowWith, findReference, listTied, type TiedEntry } from "./repository.ts";

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
  tx: Prisma.TransactionClient,
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

/**
 * Every entry of every register that somebody wrote, decided, or is named in by the directory, and as what. For other
 * nouns, which have authorised already.
 */
export async function listEntriesOf(
  tx: Prisma.TransactionClient,
  personId: string,
): Promise<(EntryPlace & Pick<TiedEntry, "column">)[]> {
  const tables = Object.keys(DOUBT_PLACES).filter((table) => !["Mail", "Notice"].includes(table));
  const tied = await listTied(tx, personId, tables);
  return tied.map(({ table, column, reference }) => ({ ...placeOf(table, reference), column }));
}

/** The place of a row. */
export function placeOf(table: string, reference: string | null): EntryPlace {
  const { place, path } = DOUBT_PLACES[table] ?? { place: "Another text", path: null };
  const href = table === "EvidenceDetail" ? "/evidence" : path && reference ? `${path}/${reference}` : null;
  return { table, place, reference, href };
}
