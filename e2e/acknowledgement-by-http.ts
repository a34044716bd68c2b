import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";

/** Answers the reader's own policy, unless it has been answered. @returns the reference of the answer */
export async function giveAnswer(visit: HttpVisit, slug: string, answer: "accepted" | "declined"): Promise<string> {
  const path = `/policies/${slug}/acknowledge`;
  const page = (await visit.get(path)).text;
  const standing = /\/acknowledgements\/(ACK-\w{4}-\w{4})/.exec(page)?.[1];
  if (standing) return standing;
  const location = await visit.send(`${path}/send`, {
    version: hiddenField(page, "version"),
    hash: hiddenField(page, "hash"),
    answer,
    reason: answer === "declined" ? "It does not say who keeps the list of groups." : "",
  });
  return /ACK-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
}
