import type { OwnWords, Verdict } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "./verdict-word.tsx";

type VerdictAnswerProps = {
  verdict: Verdict;
  /** The answer to the reader's question, in one plain sentence: the page's h1. */
  sentence: React.ReactNode;
  /** `lead`: smaller type on a phone, for a long sentence. */
  size?: "title" | "lead" | undefined;
  /** 2 if the page has another h1. */
  headingLevel?: 1 | 2 | undefined;
  /** The words of the policy that the verdict is from. */
  words?: OwnWords["words"];
  children?: React.ReactNode;
};

/** The answer: the largest words on the page, on the verdict's background. */
export function VerdictAnswer(props: VerdictAnswerProps) {
  const { verdict, sentence, size = "title", headingLevel = 1, words, children } = props;
  const Heading = `h${headingLevel}` as const;
  return (
    <div
      data-verdict={verdict}
      data-keep=""
      className="space-y-3 rounded-field border border-transparent bg-verdict-tint px-5 py-4 sm:px-9 sm:py-9 print:border-2 print:border-ink print:px-5 print:py-4"
    >
      <p className="text-lead">
        <VerdictWord verdict={verdict} words={words} />
      </p>
      <Heading className={size === "title" ? "text-title" : "text-lead sm:text-title"}>{sentence}</Heading>
      {children}
    </div>
  );
}
