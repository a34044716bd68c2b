import "server-only";
import { createHash } from "node:crypto";
import { z } from "zod";
import { pseudonyms, wholeWords } from "#domain/gather/retention/pseudonym.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { NAME_TABLES, type NameTable } from "./name-rules.ts";
import {
  deletePersonal,
  eraseDetails,
  isNameTaken,
  listDetailsAbout,
  replaceWords,
  writePseudonym,
  type Leaver,
} from "./repository.ts";

type Tx = Prisma.TransactionClient;

/** How much was changed. */
export interface Pseudonymised {
  /** Rows with text in which the name was replaced. */
  texts: number;
  /** Texts beside the evidence that were erased. */
  erased: number;
  /** Somebody else in the body has the same name: a text may mean either of them, so only the address was replaced. */
  hasNamesake: boolean;
}

/**
 * Replaces the name and e-mail address of somebody who left by a pseudonym, wherever they occur. Evidence refers to
 * people by id, which stays.
 */
export async function pseudonymise(
  tx: Tx,
  { body, leaver, at }: { body: string; leaver: Leaver; at: Date },
): Promise<Pseudonymised> {
  const { name, code } = await findPseudonym(tx, body, leaver);
  const { patterns, hasNamesake } = await patternsOf(tx, body, leaver);
  await deletePersonal(tx, leaver.id);
  const replaced = await replaceName(tx, { body, personId: leaver.id, patterns, by: name });
  await writePseudonym(tx, leaver.id, { name, email: `former-${code.toLowerCase()}@${body}.invalid`, at });
  return { ...replaced, hasNamesake };
}

/** Patterns that find somebody in texts: their address and name, and any they had before. */
export async function patternsOf(
  tx: Tx,
  body: string,
  person: Leaver,
): Promise<{ patterns: string[]; hasNamesake: boolean }> {
  const earlier = (await listDetailsAbout(tx, body, person.id)).flatMap(earlierNames);
  const all = [...new Set([person.email, person.name, ...earlier])].filter((word) => word.trim() !== "");
  const words: string[] = [];
  for (const word of all) if (word.includes("@") || !(await isNameTaken(tx, body, word, person.id))) words.push(word);
  // Addresses first: a name may be part of one.
  const patterns = words.sort((a, b) => b.length - a.length).map(wholeWords);
  return { patterns, hasNamesake: words.length < all.length };
}

/** Replaces what the patterns find in these tables, and erases the texts beside the evidence that contain it. */
export async function replaceName(
  tx: Tx,
  { body, personId, patterns, by }: { body: string; personId: string; patterns: readonly string[]; by: string },
  tables: readonly NameTable[] = NAME_TABLES,
): Promise<{ texts: number; erased: number }> {
  let texts = 0;
  for (const table of tables)
    for (const pattern of patterns) texts += await replaceWords(tx, table, { pattern, by, body });
  return { texts, erased: await eraseDetails(tx, body, personId, patterns.join("|")) };
}

async function findPseudonym(tx: Tx, body: string, { id, kind }: Leaver) {
  const digest = createHash("sha256").update(`pseudonym/${id}`).digest();
  for (const candidate of pseudonyms(kind, digest))
    if (!(await isNameTaken(tx, body, candidate.name, id))) return candidate;
  throw new Error("There is no pseudonym left.");
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
