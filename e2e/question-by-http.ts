import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";

/** What the form of a question about a clause sends besides the question. */
export async function questionFields(visit: HttpVisit, slug: string, clause: string): Promise<Record<string, string>> {
  const { text } = await visit.get(`/policies/${slug}/ask?clause=${clause}`);
  const names = ["clause", "version", "hash", "startKey"];
  return Object.fromEntries(names.map((name) => [name, hiddenField(text, name)]));
}

/** Asks about a clause. @returns the reference */
export async function askAbout(visit: HttpVisit, slug: string, clause: string): Promise<string> {
  const fields = await questionFields(visit, slug, clause);
  const location = await visit.send(`/policies/${slug}/ask/send`, { ...fields, question: "Who keeps the list?" });
  const reference = /ASK-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The question has no reference: ${location}.`);
  return reference;
}
