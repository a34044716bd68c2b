/** What is wrong with a content file or a decision table, worded so that its author can fix it. */

/** One answer for each of some facts: `{ audience: "colleague" }`. */
export type Answers = Readonly<Record<string, string>>;

export type FaultKind =
  | "content" // a file or a value that cannot be read
  | "undecided"
  | "unreachable"
  | "uncited"
  | "broken-citation"
  | "wrong-subject"
  | "laxer"
  | "wrong-example"
  | "wizard"
  | "source"
  | "journey"
  | "lock";

export interface Fault {
  /** Path below the content folder, with forward slashes. */
  file: string;
  /** Id of the rule concerned, or null if it is not about a single rule. */
  rule: string | null;
  kind: FaultKind;
  /** A concrete situation that shows the fault, or null if none can. */
  situation: Answers | null;
  /** One or two sentences: what is wrong and what to do. */
  message: string;
}
