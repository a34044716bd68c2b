import { Fragment, type ReactNode } from "react";
import { decisionInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { Situation, QuotedClauses } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Banner, ErrorSummary } from "#app/_ui/content.tsx";
import {
  BackLink,
  Columns,
  Disclosure,
  Link,
  LinkLine,
  PageHeading,
  PageSection,
  Panel,
  Stack,
} from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { monthsInWords, whyNotLifted } from "#domain/policy/exception/request.ts";
import type { ExceptionRules } from "#domain/policy/exception/exception-rules.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import type { RequestStart } from "#domain/policy/exception/start.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { ServedVersion } from "#server/policy/policy/queries.ts";
import { momentInWords, dateInWords, lastDay } from "#domain/base/calendar/calendar.ts";
import { listMyExceptions, listGranted } from "#server/policy/exception/queries.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import { EXCEPTION_FACT, ownTable } from "#domain/policy/exception/coverage.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

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
  const { situation, clauses, barred, rule } = start;
  const rules = version.exceptionRules;
  const canBegin = clauses.length > 0 || (barred.length === 0 && rules.lifts.length > 0);
  const hasSituation = Object.keys(situation).length > 0;
  return (
    <Columns
      aside={
        <PageSection title="Your situation">
          <Situation version={version} situation={situation} />
          {rule && (
            <div className="space-y-1">
              <h3>What the policy says now</h3>
              <p>
                <VerdictWord verdict={rule.verdict} words={version.words} />
              </p>
              <p>{resultSentence(rule, { canBeLifted: canBeLifted(version, situation), words: version.words })}</p>
            </div>
          )}
          <LinkLine href={`/check?${hasSituation ? writeQuery(slug, situation) : `policy=${slug}`}`}>
            {hasSituation ? "See the whole answer" : "Check first, to ask for one situation only"}
          </LinkLine>
        </PageSection>
      }
    >
      <Stack gap="loose">
        <BackLink href="/exceptions">Your exceptions</BackLink>
        <ErrorSummary errors={[...formState.problems]} />
        <PageHeading kicker={`${frontMatter.title}, version ${version.version}`} size="display">
          Ask for an exception
        </PageHeading>
        <OpenDrafts actor={actor} />
        <Barred slug={slug} rules={rules} barred={barred} />
        {canBegin ? (
          <>
            <p className="text-lead">
              An exception lets you depart from named clauses of the policy for a time. {decisionInWords(rules)} Until
              then the policy applies to you in full.
            </p>
            <EffectNotice actor={actor} version={version} situation={situation} />
            <HowItWorks slug={slug} rules={rules} />
          </>
        ) : (
          <p>
            Use an approved channel. If you think that the policy should change, ask about its clause: the policy owner
            reads it. <Link href={`/policies/${slug}`}>Read the policy</Link>
          </p>
        )}
        {clauses.length > 0 && (
          <PageSection title={clauses.length === 1 ? "The clause to depart from" : "The clauses to depart from"}>
            <QuotedClauses policy={slug} version={version} clauses={clauses} />
          </PageSection>
        )}
        {canBegin && children}
      </Stack>
    </Columns>
  );
}

const HowItWorks = ({ slug, rules }: { slug: string; rules: ExceptionRules }) => (
  <Disclosure summary="How it works">
    <ol>
      <li>
        If little can go wrong, one page is enough. For a team, a chat group or a larger risk, use the long form: what
        you want to do and why, for whom and for how long, and a risk assessment. Stop at any time, and go on later on
        any device.
      </li>
      <li>{decisionInWords(rules)} Nobody decides on their own request.</li>
      <li>It lasts {monthsInWords(rules.longest.months)} at most, and ends by itself on its last day.</li>
    </ol>
    <Grounds slug={slug} rules={rules} />
  </Disclosure>
);

/** What no exception can lift, and where that is said. */
const Barred = ({ slug, rules, barred }: { slug: string; rules: ExceptionRules; barred: readonly string[] }) =>
  barred.length === 0 ? null : (
    <Banner tone="warning" title="No exception can lift this">
      <ul>
        {barred.map((id) => (
          <li key={id}>
            {whyNotLifted(id, rules)}{" "}
            <Link href={`/policies/${slug}#${clauseAnchor(rules.never[id] ?? id)}`}>Read it</Link>
          </li>
        ))}
      </ul>
    </Banner>
  );

/** Where the policy says who decides and for how long; or that it does not, so that the body's default holds. */
function Grounds({ slug, rules: { decide, longest } }: { slug: string; rules: ExceptionRules }) {
  const said = [...new Set([...decide.because, ...longest.because])];
  return (
    <p className="text-small text-soft">
      {said.length > 0 && (
        <>
          {said.map((id, at) => (
            <Fragment key={id}>
              {at > 0 && " and "}
              <Link href={`/policies/${slug}#${clauseAnchor(id)}`}>Clause {id}</Link>
            </Fragment>
          ))}{" "}
          {said.length === 1 ? "says" : "say"} so.{" "}
        </>
      )}
      {decide.because.length === 0 && "The policy names nobody who decides, so your employer’s default holds. "}
      {longest.because.length === 0 && "It sets no longest time, so your employer’s default holds."}
    </p>
  );
}

/** What the actor started earlier and has not sent, so that nobody writes the same thing twice. */
async function OpenDrafts({ actor }: { actor: Actor }) {
  const { mine } = await listMyExceptions(actor);
  const open = mine.filter(({ state }) => state === "draft" || state === "changes-requested");
  if (open.length === 0) return null;
  return (
    <Panel title={open.length === 1 ? "You have begun a request" : "You have begun some requests"}>
      <ul>
        {open.map(({ exception: { reference, changedAt, clauses } }) => (
          <li key={reference}>
            <Link href={`/exceptions/${reference}`}>Go on with {reference}</Link>
            <span className="block text-small text-soft">
              {clauses.length > 0 && `${clauses.length === 1 ? "Clause" : "Clauses"} ${clauses.join(", ")}. `}
              Last changed on {momentInWords(changedAt)}.
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type EffectNoticeProps = { actor: Actor; version: PolicyVersion; situation: Answers };

/** What people must know before asking: that they are covered already, or that the checker's answer will not change. */
async function EffectNotice({ actor, version, situation }: EffectNoticeProps) {
  const own = ownTable(version, await listGranted(actor, version.slug));
  const decision = decide(own.table, situation);
  const granted = decision.settled ? own.exceptionFor(decision.rule) : undefined;
  if (granted)
    return (
      <Banner title="An exception covers this already">
        <p>
          <Link href={`/exceptions/${granted.reference}`}>{granted.reference}</Link> covers you until the end of{" "}
          {dateInWords(lastDay(granted.endsAt))}.
        </p>
      </Banner>
    );
  if (canBeLifted(version, situation)) return null;
  const hasRule = version.table.facts.some(({ name }) => name === EXCEPTION_FACT);
  return (
    <Banner tone="warning" title="The answer of the check will not change">
      <p>
        {hasRule
          ? "This policy has rules for exceptions, but none for this situation."
          : "This policy has no rules for exceptions."}{" "}
        You can still ask. Your request and the decision are recorded, and an approval counts for what it says.
      </p>
    </Banner>
  );
}
