import type { ReactNode } from "react";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { QuotedClauses } from "#app/(portal)/(policy)/_exception/quoted-clauses.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { WordChanges } from "#app/_ui/word-changes.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  changedParts,
  removedRisks,
  SECTION_WORDS,
  type ReadPart,
  type RequestSection,
  type RequestSnapshot,
} from "#domain/policy/exception/request.ts";
import { MITIGATION_OWNERS } from "#domain/base/risk/risk.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { compareWords } from "#domain/policy/policy/difference.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { ExceptionRecord, RiskRecord } from "#server/policy/exception/queries.ts";
import { whomInWords } from "./whom-in-words.ts";
import { policyOf } from "./policy-of.ts";
import { RiskPicture } from "./risk-picture.tsx";
import { Situation } from "./situation.tsx";

type RequestSummaryProps = {
  actor: Actor;
  exception: ExceptionRecord;
  /** With links that change each part and lead back to the check page. */
  canChange?: boolean | undefined;
};

/** A whole request as its requester wrote it, in three parts with the ids `why`, `who` and `risks`. */
export async function RequestSummary({ actor, exception, canChange = false }: RequestSummaryProps) {
  const { version } = await policyOf(actor, exception);
  const isMine = exception.requesterId === actor.personId;
  // What has changed matters to whoever decides, until they have.
  const isToDecide = !canChange && exception.state === "submitted";
  const part = { exception, canChange, before: isToDecide ? (exception.sentBefore?.content ?? null) : null };
  return (
    <Stack gap="section">
      <WhyPart {...part} version={version} isMine={isMine} />

      <WhoPart {...part} isMine={isMine} />

      <RisksPart {...part} isMine={isMine} />
    </Stack>
  );
}

type PartProps = {
  exception: ExceptionRecord;
  canChange: boolean;
  /** As it was sent before, to mark what has changed. */
  before: RequestSnapshot["content"] | null;
};

/** Marks what has changed since the request was sent before, with the words of then. */
function marksOf({ exception, before }: Pick<PartProps, "exception" | "before">) {
  const changed: ReadonlySet<ReadPart> = before ? changedParts(before, exception) : new Set();
  const mark = (part: ReadPart) => changed.has(part) && <Tag tone="warning">Changed</Tag>;
  const term = (part: ReadPart, words: string): ReactNode =>
    changed.has(part) ? (
      <>
        {words} {mark(part)}
      </>
    ) : (
      words
    );
  const words = (part: "justification" | "whyNoChannel" | "dataInvolved") => (
    <>
      {typed(exception[part])}
      {before && changed.has(part) && (
        <Disclosure summary="What has changed">
          <WordChanges words={compareWords(before[part], exception[part])} />
        </Disclosure>
      )}
    </>
  );
  return { mark, term, words };
}

type WhyPartProps = PartProps & { version: PolicyVersion | null; isMine: boolean };

function WhyPart({ exception, version, canChange, before, isMine }: WhyPartProps) {
  const { reference, policy, clauses, situation } = exception;
  const { mark, term, words } = marksOf({ exception, before });
  const changeOf = (context: string) => changeLink(canChange && `/exceptions/${reference}/why`, context);
  return (
    <Part section="why" isMine={isMine}>
      <SummaryList
        rows={[
          { term: term("justification", "Reason"), value: words("justification"), ...changeOf("the reason") },
          {
            term: term("whyNoChannel", "Why no approved channel will do"),
            value: words("whyNoChannel"),
            ...changeOf("why no approved channel will do"),
          },
          {
            term: term("dataInvolved", "Information involved"),
            value: words("dataInvolved"),
            ...changeOf("the information involved"),
          },
          {
            term: "Policy",
            value: (
              <>
                <Link href={`/policies/${policy}`}>{version?.frontMatter.title ?? policy}</Link>, version{" "}
                {exception.version}
              </>
            ),
          },
        ]}
      />
      <PartHeading context="the clauses" href={canChange && `/exceptions/${reference}/why?from=check#clauses`}>
        Clauses to depart from {mark("clauses")}
      </PartHeading>
      {clauses.length === 0 && (
        <p>
          <Missing>None chosen yet</Missing>
        </p>
      )}
      <QuotedClauses policy={policy} version={version} clauses={clauses} />
      <h3>Situation</h3>
      <Situation version={version} situation={situation} />
    </Part>
  );
}

function WhoPart({ exception, isMine, canChange, before }: PartProps & { isMine: boolean }) {
  const { reference, wantedFrom, wantedUntil } = exception;
  const { term } = marksOf({ exception, before });
  const changeOf = (context: string) => changeLink(canChange && `/exceptions/${reference}/who`, context);
  return (
    <Part section="who">
      <SummaryList
        rows={[
          { term: term("scope", "For"), value: forWhom(exception, isMine), ...changeOf("who it is for") },
          { term: term("wantedFrom", "From"), value: firstDay(wantedFrom), ...changeOf("the first day") },
          {
            term: term("wantedUntil", "Until the end of"),
            value: wantedUntil ? dateInWords(wantedUntil) : <Missing>No day given yet</Missing>,
            ...changeOf("the last day"),
          },
        ]}
      />
    </Part>
  );
}

function RisksPart({ exception, isMine, canChange, before }: PartProps & { isMine: boolean }) {
  const { reference, policy, risks } = exception;
  const { mark } = marksOf({ exception, before });
  const removed = before ? removedRisks(before, exception) : [];
  return (
    <Part section="risks">
      {removed.map((description) => (
        <div key={description}>
          <Tag tone="warning">Removed</Tag>
          <UserText>{description}</UserText>
        </div>
      ))}
      {risks.length === 0 && (
        <p>
          <Missing>No risk named yet</Missing>
        </p>
      )}
      {risks.map((risk, index) => (
        <RiskSummary
          key={risk.id}
          policy={policy}
          number={index + 1}
          risk={risk}
          isMine={isMine}
          mark={mark(`risk ${index + 1}`)}
          href={canChange && `/exceptions/${reference}/risks/${index + 1}?from=check`}
        />
      ))}
      {canChange && (
        <div>
          <ButtonLink href={`/exceptions/${reference}/risks/new?from=check`} look="quiet">
            {risks.length === 0 ? "Add a risk" : "Add another risk"}
          </ButtonLink>
        </div>
      )}
    </Part>
  );
}

/** A row's link to the page that changes it, which leads back to the check page. */
function changeLink(page: string | false, context: string) {
  return page === false ? {} : { change: { href: `${page}?from=check`, context } };
}

type RiskSummaryProps = {
  policy: string;
  number: number;
  risk: RiskRecord;
  /** Where it can be changed. */
  href?: string | false | undefined;
  headingLevel?: 2 | 3 | undefined;
  /** The reader is the requester. */
  isMine?: boolean | undefined;
  /** Beside the heading. */
  mark?: ReactNode;
};

/** One risk: its description, its place on the grid, and its mitigations. */
export function RiskSummary({
  policy,
  number,
  risk,
  href = false,
  headingLevel = 3,
  isMine = false,
  mark,
}: RiskSummaryProps) {
  return (
    <Stack as="section">
      <PartHeading context={`risk ${number}`} href={href} level={headingLevel}>
        Risk {number} {mark}
      </PartHeading>
      <UserText>{risk.description}</UserText>
      {risk.clause && (
        <p>
          <Link href={`/policies/${policy}#${clauseAnchor(risk.clause)}`}>
            The policy names this risk in clause {risk.clause}
          </Link>
        </p>
      )}
      <RiskPicture name={`Risk ${number}`} risk={risk} />
      {risk.mitigations.length === 0 ? (
        <p>Nothing is done to reduce it.</p>
      ) : (
        <SummaryList
          rows={risk.mitigations.map(({ text, owner, dueOn }, index) => ({
            term: `Mitigation ${index + 1}`,
            value: (
              <>
                {typed(text)}
                <span className="block text-small text-soft">
                  {isMine ? OWN_OWNERS[owner] : MITIGATION_OWNERS[owner]}
                  {dueOn && `, by ${dateInWords(dueOn)}`}
                </span>
              </>
            ),
          }))}
        />
      )}
    </Stack>
  );
}

type SectionProps = { section: RequestSection; isMine?: boolean; children: ReactNode };

function Part({ section, isMine = true, children }: SectionProps) {
  return (
    <Stack as="section">
      <h2 id={section} tabIndex={-1}>
        {section === "why" && !isMine ? "What they want to do, and why" : SECTION_WORDS[section]}
      </h2>
      {children}
    </Stack>
  );
}

const OWN_OWNERS = { ...MITIGATION_OWNERS, requester: "You", "line-manager": "Your line manager" };

type PartHeadingProps = { context: string; href: string | false; level?: 2 | 3; children: ReactNode };

function PartHeading({ context, href, level = 3, children }: PartHeadingProps) {
  const Heading = `h${level}` as const;
  return (
    <div className="flex flex-wrap items-baseline justify-between gap-x-6 pt-2">
      <Heading>{children}</Heading>
      {href && (
        <Link href={href} className="no-print inline-flex min-h-target items-center">
          Change<VisuallyHidden> {context}</VisuallyHidden>
        </Link>
      )}
    </div>
  );
}

function typed(text: string): ReactNode {
  return text ? <UserText>{text}</UserText> : <Missing>Nothing written yet</Missing>;
}

function firstDay(wantedFrom: string | null): string {
  return wantedFrom ? dateInWords(wantedFrom) : "The day it is approved";
}

function forWhom(exception: ExceptionRecord, isMine: boolean): ReactNode {
  return whomInWords(exception, isMine) ?? <Missing>Not chosen yet</Missing>;
}
