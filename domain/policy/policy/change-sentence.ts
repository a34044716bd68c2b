/** What a new version changes, in sentences that a manager would say. */
import {
  compareTables,
  type ChangeLine,
  type DecidingAnswer,
  type OneSidedVerdict,
  type QuestionChange,
  type TableDifference,
} from "#domain/policy/decision/difference.ts";
import { verdictWord, type OwnWords } from "#domain/policy/decision/verdict.ts";
import type { PolicyVersion } from "./policy.ts";
import {
  answerWords,
  inOneSentence,
  jointQuestion,
  questionFor,
  situationsInWords,
  type Question,
  type Worded,
} from "./wording.ts";

type WordedVersion = Worded & OwnWords;

/** What a version changes for people. One that is withdrawn decides nothing. @param before null if there is none */
export function compareOutcomes(before: PolicyVersion | null, after: PolicyVersion): TableDifference {
  const [was, is] = [before, after].map((one) => (!one || one.frontMatter.status === "withdrawn" ? null : one.table));
  return compareTables(was ?? null, is ?? null);
}

/**
 * In how many situations the answer is another one, which no longer have one, and which are new. That it is the same is
 * said only of all that could be asked before.
 * @param versions the later version first
 */
export function outcomeSentences(
  { changed, situations, gone, fresh }: Pick<TableDifference, "changed" | "situations" | "gone" | "fresh">,
  versions: readonly OwnWords[],
): string[] {
  const shared = () => {
    if (changed > 0)
      return `${inFigures(changed)} of ${inFigures(situations)} situations ${changed === 1 ? "has" : "have"} a different answer.`;
    return gone.length === 0
      ? `The answer is the same in all ${inFigures(situations)} situations.`
      : `The answer is the same in the ${inFigures(situations)} situations that both versions know.`;
  };
  const [later = {}, earlier = later] = versions;
  return [
    ...(situations === 0 ? [] : [shared()]),
    ...oneSidedSentence(gone, ["no longer have an answer", "no longer has an answer", "were", "was"], earlier),
    ...oneSidedSentence(fresh, ["are new", "is new", "are", "is"], later),
  ];
}

function oneSidedSentence(
  verdicts: readonly OneSidedVerdict[],
  [many, one, are, is]: readonly [many: string, one: string, are: string, is: string],
  words: OwnWords,
): string[] {
  const count = verdicts.reduce((sum, { situations }) => sum + situations, 0);
  if (count === 0) return [];
  const each = verdicts.map(({ verdict, situations }, at) =>
    [inFigures(situations), at > 0 ? "" : situations === 1 ? is : are, `“${verdictWord(words, verdict)}”`]
      .filter(Boolean)
      .join(" "),
  );
  return [`${inFigures(count)} ${count === 1 ? `situation ${one}` : `situations ${many}`}: ${inOneSentence(each)}.`];
}

const inFigures = (count: number): string => count.toLocaleString("en-GB");

/** A question or an answer that came or went: “A photo” is no longer an answer to “What is it?”: it was “Allowed”. */
export function questionSentence(
  { fact, answer, change, verdicts }: QuestionChange,
  [later, earlier]: readonly [WordedVersion, WordedVersion],
): string {
  const version = change === "added" ? later : earlier;
  const question = questionFor(version, fact);
  if (answer === null) return `${change === "added" ? "A new question" : "No longer asked"}: “${question.ask}”`;
  const { label } = answerWords(question, answer);
  const said = inOneSentence(
    verdicts.map((verdict) => `“${verdictWord(version, verdict)}”`),
    "or",
  );
  return change === "added"
    ? `“${label}” is a new answer to “${question.ask}”: it is ${said}.`
    : `“${label}” is no longer an answer to “${question.ask}”: it was ${said}.`;
}

/**
 * @param versions the later version first: an answer is named in the words of the first that knows it
 * @returns e.g. "Sending a photo to a resident, if it is sensitive: was “With care”, now “Never”."
 */
export function changeSentence({ from, to, about, when, isAll }: ChangeLine, versions: readonly WordedVersion[]) {
  const [purpose, audience] = ["purpose", "audience"].map((name) => jointQuestion(versions, name));
  const { purpose: purposes, audience: people, ...others } = about;
  const conditions = Object.entries({ ...others, ...when }).filter(([name, held]) => !isUsual(name, held));
  const isShort = conditions.length <= MOST_CONDITIONS;
  const words = isShort ? situationsInWords(Object.fromEntries(conditions), versions) : null;
  const parts = [
    subject(purpose ? named(purpose, purposes) : [], audience ? named(audience, people) : []),
    words === null ? "" : words.startsWith("unless ") ? `, ${words}` : `, if ${words}`,
    isAll && isShort ? "" : ", in some cases",
  ];
  return `${parts.join("")}: was “${verdictWord(versions.at(-1) ?? {}, from)}”, now “${verdictWord(versions[0] ?? {}, to)}”.`;
}

/** What an answer to a new question decides: "If it is in an approved channel: “Allowed”, whatever else you answer." */
export function decidingSentence({ fact, answer, verdict }: DecidingAnswer, versions: readonly WordedVersion[]) {
  const words = situationsInWords({ [fact]: [answer] }, versions) ?? "";
  return `If ${words}: “${verdictWord(versions[0] ?? {}, verdict)}”, whatever else you answer.`;
}

/** With more conditions than this, a sentence only says that there are some; the details have them all. */
const MOST_CONDITIONS = 2;

/** Without an exception: that goes without saying. */
const isUsual = (name: string, held: readonly string[]): boolean =>
  name === "exception" && held.length === 1 && held[0] === "no";

/** What is sent, and to whom. */
function subject(what: readonly string[], whom: readonly string[]): string {
  const message = what.length === 0 ? "Any message" : upperFirst(inAList(what));
  if (whom.length === 0) return message;
  const isSent = what.length === 0 || (what.length === 1 && /^(sending|forwarding|pointing|sharing)\b/i.test(message));
  // "An official partner or a councillor" is two in a list of people.
  return `${message}${isSent ? " to" : ", for"} ${inOneSentence(
    whom.flatMap((one) => one.split(" or ")),
    "or",
  )}`;
}

/** Labels may have commas and "or" in them, so semicolons keep them apart. */
const inAList = (labels: readonly string[]): string =>
  [...labels.slice(0, -1), `${labels.length > 1 ? "or " : ""}${labels.at(-1) ?? ""}`].join("; ");

/** The answers as they read within a sentence; none for any answer. */
function named({ answers }: Question, held: readonly string[] | undefined): string[] {
  if (held === undefined) return [];
  const [given, left] = [true, false].map((isHeld) =>
    answers.filter(({ answer }) => held.includes(answer) === isHeld).map(({ label }) => lowerFirst(label)),
  );
  if (!given || !left) return [];
  return given.length > MOST_NAMED && left.length < given.length ? [`anything except ${inAList(left)}`] : given;
}

/** With more answers than this, those left out are named instead, if they are fewer. */
const MOST_NAMED = 4;

/** "A photo" → "a photo"; a name of capitals stays as it is. */
const lowerFirst = (label: string): string =>
  /^[A-Z](?![A-Z])/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;

const upperFirst = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
