import { appendFileSync, cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { hiddenField } from "./exception-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";

/**
 * Puts a version that is not published beside an earlier one of a policy, and has its body ask for signatures.
 * @param content the folder of a portal of the test's own
 */
export function addDraft(
  content: string,
  { slug, from, version, body }: { slug: string; from: string; version: string; body: string },
): void {
  const folder = path.join(content, "policies", slug, version);
  cpSync(path.join(content, "policies", slug, from), folder, { recursive: true });
  // Without its first line, the copy of the questions is the author's own.
  const questions = path.join(folder, "questions.yaml");
  writeFileSync(questions, readFileSync(questions, "utf8").replace(/^#.*\n/, ""));
  const file = path.join(folder, "policy.mdx");
  const text = readFileSync(file, "utf8")
    .replace(/^version: .*$/m, `version: "${version}"`)
    .replace(/^material: .*$/m, "material: false")
    .replaceAll(`read version ${from}`, `read version ${version}`);
  writeFileSync(file, text);
  const bodyFile = path.join(content, "bodies", `${body}.yaml`);
  if (!readFileSync(bodyFile, "utf8").includes("\npublishing:")) appendFileSync(bodyFile, "\npublishing: {}\n");
}

/** Proposes that a version be published. @returns the reference */
export async function proposeVersion(
  visit: HttpVisit,
  { slug, version }: { slug: string; version: string },
): Promise<string> {
  const query = `?policy=${slug}&version=${version}`;
  const startKey = hiddenField((await visit.get(`/proposals/new${query}`)).text, "startKey");
  const location = await visit.send(`/proposals/new/send${query}`, { startKey, note: "Clearer words." });
  const reference = /PRO-\w{4}-\w{4}/.exec(location)?.[0];
  if (!reference) throw new Error(`The proposal has no reference: ${location}.`);
  return reference;
}
