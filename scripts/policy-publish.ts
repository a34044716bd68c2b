/** `npm run policy:publish SLUG VERSION [-- --content DIR] [--yes]`: checks one version, shows what it changes for people, asks, and locks it. Where the body asks for signatures, they have to be given. */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import type { Group } from "#domain/policy/decision/situation-group.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { compareOutcomes, outcomeSentences, questionSentence } from "#domain/policy/policy/change-sentence.ts";
import { materialReason, predecessorOf } from "#domain/policy/policy/material.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { startDay, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import { clock } from "#server/base/clock.ts";
import {
  describeFinding,
  preparePublication,
  publishVersions,
  type Publication,
} from "#server/base/content/publish.ts";
import { wholeVersion } from "#server/base/content/read.ts";
import { CONTENT, orUsage } from "./options.ts";

const USAGE = "policy:publish SLUG VERSION [-- --content DIR] [--yes]";
const { values, positionals } = orUsage(USAGE, () =>
  parseArgs({ options: { content: CONTENT, yes: { type: "boolean", default: false } }, allowPositionals: true }),
);
const [slug, version, ...more] = positionals;
process.exitCode = (await publish().catch((error: unknown) =>
  refuse(error instanceof Error ? error.message : String(error)),
))
  ? 0
  : 1;

/** @returns whether the version is locked now */
async function publish(): Promise<boolean> {
  if (!slug || !version || more.length > 0) return refuse(`Name one policy and one version. Use: npm run ${USAGE}`);
  const today = clock.today();
  const isWanted = (one: { slug: string; version: string }) => one.slug === slug && one.version === version;
  const publication = await preparePublication(values.content, isWanted, today);
  const { content, waiting, problems, advice } = publication;
  if (content.versions.find(isWanted)?.isPublished)
    return refuse(`${slug} ${version} is published already. Make a new version instead: npm run policy:new`);
  const [read] = waiting;
  if (!read) return refuse(`There is no policies/${slug}/${version} in ${values.content}.`);
  const whole = wholeVersion(read);
  if (problems.length > 0 || !whole) {
    for (const problem of problems) console.error(problem);
    return refuse("Nothing was published. Correct these faults first.");
  }
  for (const finding of advice) console.log(`Advice: ${describeFinding(finding)}`);

  const published = content.versions.filter((one) => one.slug === slug && one.isPublished);
  const before = predecessorOf(
    published.flatMap((one) => wholeVersion(one) ?? []),
    whole,
  );
  for (const line of outcome(before, whole)) console.log(line);
  if (whole.frontMatter.status === "draft")
    console.log("Its status is draft: people are asked to answer it, as a draft, only while no version is in force.");

  if (!values.yes && !(await isConfirmed())) return refuse("Nothing was published.");
  const refusal = await publishOrAsk(whole, publication);
  if (refusal !== null) return refuse(refusal);
  console.log(`Published ${slug} ${version}. Its text, rules and questions can no longer be changed.`);
  return true;
}

/** @returns why it was not published, where the body asks for signatures; null if it was */
async function publishOrAsk(version: PolicyVersion, publication: Publication): Promise<string | null> {
  const body = publication.content.bodies.find((one) => one.slug === version.frontMatter.body);
  if (!body?.publishing) return publishVersions(values.content, publication).then(() => null);
  const { publishSigned } = await import("./publish-signed.ts"); // the only one that needs a database
  return publishSigned(values.content, version, publication, body.publishing);
}

async function isConfirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  // The end of the input is no answer, and no answer means no.
  const ended = new Promise<string>((resolve) => terminal.once("close", () => resolve("")));
  const answer = await Promise.race([terminal.question("Publish? (yes/no) "), ended]);
  terminal.close();
  return answer.trim().toLowerCase() === "yes";
}

function refuse(reason: string): false {
  console.error(reason);
  return false;
}

/** What the version changes for people, and whether that makes it material. */
function outcome(before: PolicyVersion | null, after: PolicyVersion): string[] {
  const day = [startDay(after), clock.today()].sort().at(-1) ?? "";
  const [was, is] = [before && versionOn(before, day), versionOn(after, day)];
  const difference = compareOutcomes(was, is);
  const sentences = outcomeSentences(difference, [is, was ?? is]);
  if (!was) {
    const isDraft = after.frontMatter.status === "draft";
    return [
      isDraft
        ? `${after.slug} ${after.version} is the first draft, with nothing to compare it with.`
        : `${after.slug} ${after.version} is the first version that is no draft. Everybody it is for is asked to accept it.`,
      ...sentences,
    ];
  }
  const { verdicts, obligations, reworded, questions, gone, fresh } = difference;
  const listed = (groups: readonly Group[], of: readonly PolicyVersion[]) =>
    groups.map(({ when, situations }) => `    ${situationsInASentence(when, of)} (${situations})`);
  const reason = materialReason(after, before);
  return [
    `Compared with version ${was.version}:`,
    ...sentences,
    ...after.days.map((later) => `Some of its rules begin or end: from ${later} on, answers differ.`),
    ...verdicts.flatMap(({ from, to, groups, situations }) => [
      `  ${verdictWord(was, from)} → ${verdictWord(is, to)} (${situations}):`,
      ...listed(groups, [is, was]),
    ]),
    ...gone.flatMap(({ verdict, groups, situations }) => [
      `  ${verdictWord(was, verdict)} → no longer has an answer (${situations}):`,
      ...listed(groups, [was]),
    ]),
    ...fresh.flatMap(({ verdict, groups, situations }) => [
      `  New: ${verdictWord(is, verdict)} (${situations}):`,
      ...listed(groups, [is]),
    ]),
    ...obligations.map(
      ({ text, change, situations }) =>
        `  ${change === "added" ? "New duty" : "No longer a duty"} (${situations}): ${text}`,
    ),
    ...reworded.map((one) => `  Duty reworded: ${one.before} → ${one.after}`),
    ...questions.map((change) => `  ${questionSentence(change, [is, was])}`),
    ...conclusionOf(after, reason),
  ];
}

function conclusionOf({ frontMatter }: PolicyVersion, reason: ReturnType<typeof materialReason>): string[] {
  if (frontMatter.status === "withdrawn") return ["It withdraws the policy: nobody has to answer it."];
  if (reason === null) return ["It is minor: who has accepted the version before need not do so again."];
  const because = reason === "raised" ? `, because ${frontMatter.materialReason?.replace(/\.$/, "") ?? ""}` : "";
  return [`It is material: everybody is asked again${because}.`];
}
