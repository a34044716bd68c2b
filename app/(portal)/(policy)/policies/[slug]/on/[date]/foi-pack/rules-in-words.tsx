import { onlyWord } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Section } from "#app/_ui/section.tsx";
import type { RuleInWords } from "#domain/gather/foi/rules-in-words.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";

/** A decision table in sentences, in the order in which its rules are tried. */
export function RulesInWords({ rules }: { rules: readonly RuleInWords[] }) {
  return (
    <Section title="The rules in words">
      <p>By these rules the portal answered staff who asked what they may do. The first one that fits decides.</p>
      <ol className="list-none space-y-5">
        {rules.map(({ id, verdict, verdictWord, when, because, obligations, instead }, at) => (
          <li key={id} data-keep="" className="space-y-1 border-t border-line pt-3">
            <p className="flex items-center gap-2">
              {at + 1}. <VerdictWord verdict={verdict} words={onlyWord(verdict, verdictWord)} />
            </p>
            <p>{when === null ? "In every other case." : `If ${when}.`}</p>
            {instead.length > 0 && <p>Instead: {instead.join(" ")}</p>}
            {obligations.length > 0 && <p>Then: {obligations.map(({ text }) => text).join(" ")}</p>}
            <p className="text-small text-soft">
              Clause{because.length > 1 && "s"} {inOneSentence(because.map(({ clause }) => clause))}
            </p>
          </li>
        ))}
      </ol>
    </Section>
  );
}
