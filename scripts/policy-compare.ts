/**
 * `npm run policy:compare A B [-- --json] [-- --on DAY] [-- --content DIR]`: proves that B is at least as strict as A, or
 * shows the smallest counterexample. A and B are policies, or versions such as `nao@1.1`. Exit 0 if it is proven, 1 if
 * it is refuted, 3 if B is silent where A speaks, 2 if nothing was compared.
 */
import { calendarDay, isDay } from "#domain/base/calendar/calendar.ts";
import { proveStrictness, type Strictness, type StrictnessProof } from "#domain/policy/decision/strictness.ts";
import { versionOn } from "#domain/policy/policy/on-day.ts";
import { currentVersion } from "#domain/policy/policy/policy.ts";
import {
  apartInWords,
  strictnessDetails,
  strictnessSentence,
  type NamedVersion,
} from "#domain/policy/policy/strictness-words.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import { clock } from "#server/base/clock.ts";
import { readContent, wholeVersion, type ReadContent } from "#server/base/content/read.ts";
import { readArguments, Refusal, runCommand } from "./command.ts";
import { CONTENT } from "./options.ts";

const USE =
  "Use: npm run policy:compare A B [-- --json] [-- --on DAY] [-- --content DIR], where A and B are policies such as nao, or versions such as nao@1.1";
const EXIT_CODES: Record<Strictness, number> = { proven: 0, refuted: 1, "where-both-speak": 3 };
const MOST_LINES = 20;

await runCommand(
  "Nothing was compared",
  async () => {
    const today = calendarDay(clock.now());
    const options = {
      content: CONTENT,
      json: { type: "boolean", default: false },
      on: { type: "string", default: today },
    } as const;
    const { values, positionals } = readArguments(USE, { options, allowPositionals: true });
    const [one, other, ...more] = positionals;
    if (!one || !other || more.length > 0) throw new Refusal(`Name two. ${USE}`);
    if (!isDay(values.on)) throw new Refusal(`"${values.on}" is no day. Write it as 2027-03-31. ${USE}`);
    const content = await readContent(values.content);
    const pair = [named(content, one, values.on), named(content, other, values.on)] as const;
    const [a, b] = [pair[0].version, pair[1].version];
    const proof = proveStrictness(a.table, b.table, a.slug === b.slug);
    if (!proof) throw new Refusal(`${one} and ${other} depend on too many different things to be compared.`);
    console.log(values.json ? JSON.stringify(asJson(proof, pair), null, 2) : report(proof, pair));
    process.exitCode = EXIT_CODES[proof.strictness];
  },
  2,
);

/** @throws Refusal if there is no such version, or it cannot be read */
function named(content: ReadContent, typed: string, day: string) {
  const [slug = "", number] = typed.split("@");
  const own = content.versions.filter((one) => one.slug === slug && (number === undefined || one.version === number));
  if (own.length === 0) {
    const known = content.versions.map((one) => `${one.slug}@${one.version}`).join(", ");
    throw new Refusal(`There is no "${typed}". There are: ${known}.`);
  }
  const faulty = own.find(({ faults }) => faults.some(({ kind }) => kind === "content"));
  const whole = faulty ? [] : own.flatMap((read) => wholeVersion(read) ?? []);
  const version = number === undefined ? currentVersion(whole, day) : whole[0];
  if (!version) throw new Refusal(`"${typed}" has no version that can be used. Run npm run policy:check.`);
  return { name: `${slug} ${version.version}`, version: versionOn(version, day) };
}

type Pair = readonly [NamedVersion, NamedVersion];

function report(proof: StrictnessProof, pair: Pair): string {
  const versions = pair.map(({ version }) => version);
  const answers = Object.entries(proof.counterexample?.answers ?? {}).map(([fact, answer]) => `${fact}=${answer}`);
  return [
    strictnessSentence(proof, pair),
    ...(answers.length > 0 ? [`  Answers: ${answers.join(" ")}`] : []),
    ...strictnessDetails(proof, pair),
    ...apartInWords(proof, pair).flatMap(({ title, groups }) => [
      `${title}:`,
      ...groups.slice(0, MOST_LINES).map(({ when }) => `  ${situationsInASentence(when, versions)}`),
      ...(groups.length > MOST_LINES ? [`  … and ${groups.length - MOST_LINES} more lines: see --json`] : []),
      ...(groups.length === 0 ? ["  Too many different ones to list."] : []),
    ]),
  ].join("\n");
}

function asJson(proof: StrictnessProof, pair: Pair) {
  const [reference, candidate] = pair.map(({ version: { slug, version } }) => ({ policy: slug, version }));
  const { strictness, situations, counts, unmatched, counterexample, apart } = proof;
  return {
    words: strictnessSentence(proof, pair),
    strictness,
    reference,
    candidate,
    situations,
    counts,
    unmatched,
    counterexample: counterexample && {
      ...counterexample,
      reference: { rule: counterexample.reference.id, verdict: counterexample.reference.verdict },
      candidate: { rule: counterexample.candidate.id, verdict: counterexample.candidate.verdict },
    },
    apart,
  };
}
