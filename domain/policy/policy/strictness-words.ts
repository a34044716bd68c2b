/** Whether one version is at least as strict as another, in words: the claim, its counterexample, and what it leaves out. */
import { APART, type StrictnessProof } from "#domain/policy/decision/strictness.ts";
import { verdictWord, type OwnWords } from "#domain/policy/decision/verdict.ts";
import { answerWords, inOneSentence, questionFor, situationsInWords, type Worded } from "./wording.ts";

/** A version, and what it is called in a sentence. */
export interface NamedVersion {
  name: string;
  version: Worded & OwnWords;
}

type Pair = readonly [reference: NamedVersion, candidate: NamedVersion];

/** The claim in one sentence: it is proven, proven with a gap, or refuted by the smallest counterexample. */
export function strictnessSentence(proof: StrictnessProof, [reference, candidate]: Pair): string {
  const { strictness, counts, situations } = proof;
  const [was, is] = [reference.name, candidate.name];
  const both = counts.equal + counts.stricter;
  if (strictness === "refuted")
    return `${upperFirst(is)} is not at least as strict as ${was}: ${counterexampleInWords(proof, [reference, candidate])}`;
  if (both === 0) return `${upperFirst(is)} and ${was} cannot be compared: no situation is covered by both.`;
  const claim = `${upperFirst(is)} is at least as strict as ${was}`;
  if (strictness === "where-both-speak")
    return `${claim} in ${all(both)} that both cover, but does not cover ${inFigures(counts.silent)} that ${was} covers.`;
  return `${claim} in ${all(both)}${both === situations ? "" : ` that ${was} covers`}.`;
}

/** The smallest counterexample: "if it is for a child, version 1 says “Never” and version 2 says “Allowed”." */
export function counterexampleInWords({ counterexample }: StrictnessProof, [reference, candidate]: Pair): string {
  if (!counterexample) return "";
  const { answers, relation, missing, added } = counterexample;
  const when = Object.fromEntries(Object.entries(answers).map(([name, answer]) => [name, [answer]]));
  const words = situationsInWords(when, [candidate.version, reference.version]);
  const where = words === null ? "in every situation" : words.startsWith("unless ") ? words : `if ${words}`;
  const [was, is] = [
    verdictWord(reference.version, counterexample.reference.verdict),
    verdictWord(candidate.version, counterexample.candidate.verdict),
  ];
  if (counterexample.reference.verdict !== counterexample.candidate.verdict)
    return `${where}, ${reference.name} says “${was}” and ${candidate.name} says “${is}”.`;
  const both = `${where}, both say “${was}”`;
  if (relation === "laxer") return `${both}, but ${candidate.name} does not ask: ${quoted(missing)}`;
  return `${both} with duties that cannot be compared. Only ${reference.name} asks: ${quoted(missing)} Only ${candidate.name} asks: ${quoted(added)}`;
}

/** How many situations there are of each kind, and which facts and answers only one of the two knows. */
export function strictnessDetails({ counts, unmatched }: StrictnessProof, [reference, candidate]: Pair): string[] {
  const { equal, stricter, laxer, different } = counts;
  const parts = [
    `the same in ${inFigures(equal)}`,
    `stricter in ${inFigures(stricter)}`,
    `laxer in ${inFigures(laxer)}`,
    ...(different > 0 ? [`with other duties, not comparable, in ${inFigures(different)}`] : []),
  ];
  const both = equal + stricter + laxer + different;
  return [
    `Of the ${both === 1 ? "1 situation" : `${inFigures(both)} situations`} that both cover, ${candidate.name} is ${inOneSentence(parts)}.`,
    ...[reference, candidate].flatMap((one, at) => {
      const own = unmatched.filter(({ of }) => of === (at === 0 ? "reference" : "candidate"));
      const named = own.map(({ fact, answer }) => {
        const question = questionFor(one.version, fact);
        return answer === null
          ? `“${question.ask}”`
          : `the answer “${answerWords(question, answer).label}” to “${question.ask}”`;
      });
      return named.length === 0
        ? []
        : [
            `Only ${one.name} has ${inOneSentence(named)}. Each of its answers counts for it; the other makes no difference between them or does not cover them.`,
          ];
    }),
  ];
}

/** The situations outside the order of strictness, with a heading for each kind; kinds without any are left out. */
export function apartInWords({ counts, apart }: StrictnessProof, [reference, candidate]: Pair) {
  const titles = {
    silent: `Only ${reference.name} covers`,
    fresh: `Only ${candidate.name} covers`,
    neither: "Neither covers",
  };
  return APART.filter((kind) => counts[kind] > 0).map((kind) => ({
    kind,
    title: `${titles[kind]} ${all(counts[kind]).replace("all ", "")}`,
    groups: apart[kind],
  }));
}

const all = (count: number): string => (count === 1 ? "1 situation" : `all ${inFigures(count)} situations`);

const quoted = (duties: readonly string[]): string => duties.map((text) => `“${text}”`).join(" ");

const inFigures = (count: number): string => count.toLocaleString("en-GB");

const upperFirst = (text: string): string => (text.startsWith("version ") ? `V${text.slice(1)}` : text);
