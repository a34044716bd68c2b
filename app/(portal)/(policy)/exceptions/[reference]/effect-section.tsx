import { PageSection } from "#app/_ui/layout.tsx";
import { ClauseLinks } from "#app/(portal)/(policy)/_policy-text/clause-links.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { SummaryList } from "#app/_ui/content.tsx";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { effectOf, knownAnswers, type Effect } from "#domain/policy/exception/effect.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";

/** The situation of a request, run through the policy's rules: the answer without the exception, and with it. */
export function EffectSection({ version, exception }: { version: PolicyVersion | null; exception: ExceptionRecord }) {
  if (!version) return null;
  const effect = effectOf(version, exception);
  const { now, under, unchanged, because, changes, missing } = effect;
  return (
    <PageSection title="What the rules say">
      <SummaryList
        rows={{
          "Without it": <Verdicts verdicts={now} words={version.words} />,
          "Because of": <ClauseLinks slug={version.slug} ids={because} />,
          "Under it":
            changes === "none" ? "The answer would not change" : <Verdicts verdicts={under} words={version.words} />,
          "Otherwise still": changes === "some" && <Verdicts verdicts={unchanged} words={version.words} />,
        }}
      />
      <p>{explain(effect)}</p>
      <ChangedSituations version={version} exception={exception} effect={effect} />
      {missing.length > 0 && (
        <p>
          The answer also rests on clauses that were not asked for: <ClauseLinks slug={version.slug} ids={missing} />.
          Where it does, the exception changes nothing.
        </p>
      )}
    </PageSection>
  );
}

function explain({ changes, missing }: Effect): string {
  if (changes === "all")
    return "Everyone it covers gets the new answer, with its conditions, from its start to its end.";
  if (changes === "some") return "The situation leaves something open, so both answers are possible.";
  if (missing.length > 0) return "As it was asked for, it changes no answer.";
  return "This policy has no other answer for an exception. You can still ask for it, and the decision is recorded.";
}

/** So many groups of situations are listed. */
const MOST_LISTED = 12;

type ChangedProps = { version: PolicyVersion; exception: Pick<ExceptionRecord, "situation">; effect: Effect };

/** The situations whose answer changes under an exception, in words; nothing if there are none. */
export function ChangedSituations({ version, exception, effect: { situations, changes } }: ChangedProps) {
  if (changes === "none") return null;
  if (!situations) return <p>There are too many different situations to list them here.</p>;
  const known = Object.entries(knownAnswers(version.table, exception.situation));
  const asked: Record<string, readonly string[]> = Object.fromEntries(known.map(([fact, answer]) => [fact, [answer]]));
  const inWords = situations.map(({ when }) => situationsInASentence({ ...asked, ...when }, [version]));
  const more = inWords.length - MOST_LISTED;
  return (
    <>
      <p>The answer changes in these situations:</p>
      <ul>
        {inWords.slice(0, MOST_LISTED).map((words) => (
          <li key={words}>{words}</li>
        ))}
        {more > 0 && <li>And {more} more kinds of situation.</li>}
      </ul>
    </>
  );
}

const Verdicts = ({ verdicts, words }: { verdicts: readonly Verdict[] } & Pick<PolicyVersion, "words">) => (
  <span className="flex flex-wrap gap-x-5 gap-y-1">
    {verdicts.map((verdict) => (
      <VerdictWord key={verdict} verdict={verdict} words={words} />
    ))}
  </span>
);
