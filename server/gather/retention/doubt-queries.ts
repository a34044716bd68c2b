import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { doubtfulPassage } from "#domain/gather/retention/doubt.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { countDoubts, listDoubts } from "./doubt-repository.ts";
import { placeOf } from "./mention-queries.ts";
import { readDoubtTexts } from "./name-change.ts";
import { searchedTable } from "./name-rules.ts";
import { findReference } from "./repository.ts";

const SHOWN_DOUBTS = 50;

/** A text that may still name somebody who left. */
export interface NameDoubtView {
  id: string;
  /** What is in their place now. */
  pseudonym: string;
  /** What may be their name, as it stands in the text. */
  words: string[];
  /** The text around it. */
  passage: string;
  /** What holds the text, in words, and where it can be seen; null where it has no page. */
  place: string;
  reference: string | null;
  href: string | null;
}

/**
 * Texts in the actor's body that may still name somebody whose name was replaced, the oldest first, and how many there
 * are; null for those who do not see to them. Those whose text is gone or was changed since are left out.
 */
export async function listNameDoubts(actor: Actor): Promise<{ count: number; doubts: NameDoubtView[] } | null> {
  if (!can(actor, "name-doubt.settle", actor)) return null;
  const tx = getDatabase();
  const rows = await listDoubts(tx, actor.body, SHOWN_DOUBTS);
  const doubts: NameDoubtView[] = [];
  for (const { id, person, words, table, row } of rows) {
    const texts = await readDoubtTexts(tx, { body: actor.body, table, row });
    const passage = doubtfulPassage(texts, words);
    const reference = await findReference(tx, searchedTable(table), row);
    const { place, href } = placeOf(table, reference);
    doubts.push({ id, pseudonym: person.name, words, passage, place, reference, href });
  }
  return { count: await countDoubts(tx, actor.body), doubts };
}
