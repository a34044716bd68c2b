import type { ReactNode } from "react";
import { Situation } from "#app/(portal)/(policy)/_exception/situation.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { RESULT_SENTENCES } from "#app/(portal)/(policy)/_verdict/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Columns } from "#app/_ui/columns.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { LONGEST_MONTHS } from "#domain/policy/exception/request.ts";
import type { RequestStart } from "#domain/policy/exception/start.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { clauseById } from "#domain/policy/policy/policy.ts";
import type { ServedVersion } from "#server/policy/policy/queries.ts";
import { EffectNotice } from "./effect-notice.tsx";
import { OpenDrafts } from "./open-drafts.tsx";

type BeginPageProps = {
  actor: Actor;
  formState: FormState;
  version: ServedVersion;
  start: RequestStart;
  /** The form that starts it. */
  children: ReactNode;
};

/** What an exception is and requires, the situation that it would be for, and the button that starts a draft. */
export function BeginPage({ actor, formState, version, start, children }: BeginPageProps) {
  const { slug, frontMatter } = version;
  const { situation, clauses, rule } = start;
  const hasSituation = Object.keys(situation).length > 0;
  return (
    <Columns
      aside={
        <Stack as="section">
          <h2>Your situation</h2>
          <Situation version={version} situation={situation} />
          {rule && (
            <div className="space-y-1">
              <h3>What the policy says now</h3>
              <p>
                <VerdictWord verdict={rule.verdict} />
              </p>
              <p>{rule.says ?? RESULT_SENTENCES[rule.verdict]}</p>
            </div>
          )}
          <p>
            <Link href={`/check?${hasSituation ? writeQuery(slug, situation) : `policy=${slug}`}`}>
              {hasSituation ? "See the whole answer" : "Check a message first, to ask for one situation only"}
            </Link>
          </p>
        </Stack>
      }
    >
      <Stack gap="loose">
        <BackLink href="/exceptions">Your exceptions</BackLink>
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        <PageHeading kicker={`${frontMatter.title}, version ${version.version}`} size="display">
          Ask for an exception
        </PageHeading>
        <OpenDrafts actor={actor} />
        <p className="text-lead">
          An exception lets you, or your team, depart from named clauses of the policy for a time.
        </p>
        <EffectNotice actor={actor} version={version} situation={situation} />
        <Stack as="section">
          <h2>How it works</h2>
          <ol>
            <li>
              You fill in three parts: what you want to do and why, for whom and for how long, and a risk assessment.
              Stop at any time, and go on later on any device.
            </li>
            <li>
              Your line manager or a governance officer decides. Where much risk is left, it is a governance officer or
              the senior information risk owner.
            </li>
            <li>It holds for {LONGEST_MONTHS} months at most, and ends by itself on its last day.</li>
          </ol>
          <p>Until it is approved, the policy applies to you in full.</p>
        </Stack>
        {clauses.length > 0 && (
          <Stack as="section">
            <h2>{clauses.length === 1 ? "The clause to depart from" : "The clauses to depart from"}</h2>
            {clauses.map((id) => (
              <Quotation
                key={id}
                number={id}
                link={{ href: `/policies/${slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
              >
                {clauseById(version, id).text}
              </Quotation>
            ))}
            <p className="text-small text-soft">You can choose others in the next step.</p>
          </Stack>
        )}
        {children}
      </Stack>
    </Columns>
  );
}
