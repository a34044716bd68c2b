import { z } from "zod";
import { cluesOf } from "#domain/access/identity/clues.ts";
import { soughtPerson } from "#domain/access/identity/mention.ts";
import { grouped } from "#domain/base/list/grouped.ts";
import { plainLetters } from "#domain/base/text/plain-letters.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listDetailsAbout, listPeopleLike } from "./repository.ts";

/** Names and addresses that somebody has or had. */
export interface CalledPerson {
  id: string;
  words: readonly string[];
}

/** The same, with others in the body who share a part of these names. */
export interface KnownNames extends CalledPerson {
  others: readonly { id: string; name: string }[];
}

/** What each of these people is and was called. For other nouns, which have authorised already. */
export async function listCalled(tx: Tx, body: string, people: readonly { id: string; name: string; email: string }[]) {
  if (people.length === 0) return [];
  const ids = people.map(({ id }) => id);
  const details = grouped(await listDetailsAbout(tx, body, ids), ({ subject }) => subject);
  return people.map(({ id, name, email }) => {
    const earlier = (details.get(id) ?? []).flatMap(({ detail }) => earlierNames(detail));
    return { id, words: [...new Set([email, name, ...earlier])].filter((word) => word.trim() !== "") };
  });
}

/** Who else in the body has a part of their names, by id. For other nouns, which have authorised already. */
export async function listKnownNames(tx: Tx, body: string, called: readonly CalledPerson[]) {
  if (called.length === 0) return new Map<string, KnownNames>();
  const clues = cluesOf(called.map(({ words }) => soughtPerson(words, [])));
  const others = await listPeopleLike(tx, body, clues.words);
  return new Map(called.map((one) => [one.id, { ...one, others: others.filter(({ id }) => id !== one.id) }]));
}

/**
 * Somebody as they are looked for among the others of their body.
 * @param gone ids of people who have no name any more
 */
export function soughtAmong({ words, others }: KnownNames, gone: ReadonlySet<string> = new Set()) {
  const names = others.filter(({ id }) => !gone.has(id)).map(({ name }) => name);
  const own = new Set(words.map(plainLetters));
  return { person: soughtPerson(words, names), hasNamesake: names.some((name) => own.has(plainLetters(name))) };
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
