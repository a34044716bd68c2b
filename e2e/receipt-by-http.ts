import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";

/** What the form that keeps a result sends besides a note. @param query of the wizard's address */
export async function keepFields(visit: HttpVisit, query: string): Promise<Record<string, string>> {
  const { text } = await visit.follow(`/check?${query}`);
  const form = text.split("<form").find((part) => part.includes("/decisions/send")) ?? "";
  const names = ["situation", "fingerprint", "startKey"];
  return Object.fromEntries(names.map((name) => [name, hiddenField(form, name).replaceAll("&amp;", "&")]));
}

/** Keeps a result. @returns the reference */
export async function keepResult(visit: HttpVisit, query: string, words = ""): Promise<string> {
  const location = await visit.send("/decisions/send", { ...(await keepFields(visit, query)), words });
  const reference = /DEC-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The receipt has no reference: ${location}.`);
  return reference;
}

/** Makes a link to a receipt. @returns its path */
export async function makeLink(visit: HttpVisit, reference: string): Promise<string> {
  const shown = await visit.send(`/decisions/${reference}/send`, { do: "make-link" });
  const path = /\/decisions\/shared\/[\w-]+/.exec((await visit.get(shown)).text)?.[0];
  if (!path) throw new Error(`${reference} shows no link.`);
  return path;
}
