/** Words of the subject that mean the same, and stop words: content, so that a body can add its own. */
import { z } from "zod";
import { splitIntoWords } from "./words.ts";

const MOST_WORDS = 8;

const term = z
  .string()
  .min(1)
  .refine((text) => splitIntoWords(text).length > 0, "write a word")
  .refine((text) => splitIntoWords(text).length <= MOST_WORDS, `write at most ${MOST_WORDS} words`);

export const synonymsSchema = z.strictObject({
  /** Groups of words or short phrases that mean the same to people searching. */
  same: z.array(
    z
      .array(term)
      .min(2, "give at least two words that mean the same")
      .refine((group) => new Set(group).size === group.length, "a word stands twice in this group"),
  ),
  /** What people say of things that policies call by another, wider name: it finds that name, and not the other way. */
  means: z.array(z.strictObject({ find: z.array(term).min(1), words: z.array(term).min(1) })).default([]),
  /** Words that are too common to tell clauses apart. */
  ignore: z.array(term),
  /** Words that many questions hold beside what they are about: they count for little. */
  light: z.array(term).default([]),
  /** What every policy is about: it counts only where nothing else is asked. */
  subject: z.array(term).default([]),
});

export type Synonyms = z.infer<typeof synonymsSchema>;

/** For a content folder that has none: the search then knows only the words of the policies. */
export const NO_SYNONYMS: Synonyms = { same: [], means: [], ignore: [], light: [], subject: [] };
