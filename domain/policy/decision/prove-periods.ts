/** The proof of a table whose rules begin or end on a day: each period is proven over all of its situations. */
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { Fault } from "./fault.ts";
import type { RulePeriod } from "./period.ts";
import { prove, type Proof } from "./prove.ts";
import type { ClauseSubjects, Example } from "./rule-file.ts";

export interface PeriodsProof extends Proof {
  /** How many periods were proven; the other numbers are those of all periods together. */
  periods: number;
}

/**
 * Proves each period as `prove` does. An example with a day is held against the period of that day, one without against
 * every period.
 * @param periods none if the rules could not be read
 */
export function provePeriods(
  periods: readonly RulePeriod[],
  clauseIds: ReadonlySet<string> | null,
  examples: readonly Example[],
  file: string,
  about: ClauseSubjects = {},
): PeriodsProof {
  const proofs = periods.map((period) => {
    const own = examples.filter(({ on }) => on === undefined || isIn(period, on));
    const proof = prove(period.table, clauseIds, own, file, about);
    return { ...proof, faults: proof.faults.map((fault) => inPeriod(fault, period)) };
  });
  const sum = (of: (proof: Proof) => number) => proofs.reduce((total, proof) => total + of(proof), 0);
  return {
    periods: proofs.length,
    situations: sum(({ situations }) => situations),
    undecided: sum(({ undecided }) => undecided),
    unreachable: sum(({ unreachable }) => unreachable),
    uncited: sum(({ uncited }) => uncited),
    brokenCitations: sum(({ brokenCitations }) => brokenCitations),
    laxer: sum(({ laxer }) => laxer),
    wrongExamples: sum(({ wrongExamples }) => wrongExamples),
    faults: proofs.flatMap(({ faults }) => faults),
  };
}

function isIn({ from, until }: RulePeriod, day: string): boolean {
  return (from === null || from <= day) && (until === null || day <= until);
}

function inPeriod(fault: Fault, period: RulePeriod): Fault {
  const words = periodInWords(period);
  return words === null ? fault : { ...fault, message: `${words}: ${fault.message}` };
}

/** "Until 31 March 2027", "From 1 April 2027" or both; null for a period without an end on either side. */
export function periodInWords({ from, until }: Pick<RulePeriod, "from" | "until">): string | null {
  if (from === null) return until === null ? null : `Until ${dateInWords(until)}`;
  return `From ${dateInWords(from)}${until === null ? "" : ` until ${dateInWords(until)}`}`;
}
