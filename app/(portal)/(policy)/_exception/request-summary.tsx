import { ButtonLink, Disclosure, Link, LinkLine, Stack, VisuallyHidden } from "#app/_ui/layout.tsx";
import { QuotedClauses, Situation, policyOf, whomInWords } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { Missing, SummaryList, type SummaryRow, Tag, UserText, WordChanges } from "#app/_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
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
import { RiskPicture } from "./risk-picture.tsx";

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
  const part = { exception, canChange, isMine, before: isToDecide ? (exception.sentBefore?.content ?? null) : null };
  return (
    <Stack gap="section">
      <WhyPart {...part} version={version} />
      <WhoPart {...part} />
      <RisksPart {...part} />
    </Stack>
  );
}

type PartProps = {
  exception: ExceptionRecord;
  canChange: boolean;
  isMine: boolean;
  /** As it was sent before, to mark what has changed. */
  before: RequestSnapshot["content"] | null;
};

/** Marks what has changed since the request was sent before, with the words of then; and makes the rows of a part. */
function partOf(section: RequestSection, { exception, canChange, before }: Omit<PartProps, "isMine">) {
  const changed: ReadonlySet<ReadPart> = before ? changedParts(before, exception) : new Set();
  const mark = (part: ReadPart) => changed.has(part) && <Tag tone="warning">Changed</Tag>;
  /** Its link leads to the page that changes it, and from there back to the check page. */
  const row = (part: ReadPart, term: string, value: React.ReactNode, context = term.toLowerCase()): SummaryRow => ({
    term: changed.has(part) ? (
      <>
        {term} {mark(part)}
      </>
    ) : (
      term
    ),
    value,
    ...(canChange && { change: { href: `/exceptions/${exception.reference}/${section}?from=check`, context } }),
  });
  const words = (part: "justification" | "whyNoChannel" | "dataInvolved", term: string, context?: string) =>
    row(
      part,
      term,
      <>
        {typed(exception[part])}
        {before && changed.has(part) && (
          <Disclosure summary="What has changed">
            <WordChanges words={compareWords(before[part], exception[part])} />
          </Disclosure>
        )}
      </>,
      context,
    );
  return { mark, row, words };
}

function WhyPart({ version, ...props }: PartProps & { version: PolicyVersion | null }) {
  const { exception, canChange, isMine } = props;
  const { reference, policy, clauses, situation } = exception;
  const { mark, words } = partOf("why", props);
  const title = version?.frontMatter.title ?? policy;
  return (
    <Part section="why" isMine={isMine}>
      <SummaryList
        rows={[
          words("justification", "Reason", "the reason"),
          words("whyNoChannel", "Why no approved channel will do"),
          words("dataInvolved", "Information involved", "the information involved"),
          {
            term: "Policy",
            value: (
              <>
                <Link href={`/policies/${policy}`}>{title}</Link>, version {exception.version}
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

function WhoPart(props: PartProps) {
  const { exception, isMine } = props;
  const { wantedFrom, wantedUntil } = exception;
  const { row } = partOf("who", props);
  const whom = whomInWords(exception, isMine) ?? <Missing>Not chosen yet</Missing>;
  const until = wantedUntil ? dateInWords(wantedUntil) : <Missing>No day given yet</Missing>;
  return (
    <Part section="who">
      <SummaryList
        rows={[
          row("scope", "For", whom, "who it is for"),
          row("wantedFrom", "From", wantedFrom ? dateInWords(wantedFrom) : "The day it is approved", "the first day"),
          row("wantedUntil", "Until the end of", until, "the last day"),
        ]}
      />
    </Part>
  );
}

function RisksPart(props: PartProps) {
  const { exception, isMine, canChange } = props;
  const { reference, policy, risks } = exception;
  const { mark } = partOf("risks", props);
  const removed = props.before ? removedRisks(props.before, exception) : [];
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

type RiskSummaryProps = {
  policy: string;
  number: number;
  risk: RiskRecord;
  /** Where it can be changed. */
  href?: string | false | undefined;
  headingLevel?: 2 | 3 | undefined;
  isMine?: boolean | undefined;
  mark?: React.ReactNode;
};

/** One risk: its description, its place on the grid, and its mitigations. */
export const RiskSummary = ({
  policy,
  number,
  risk,
  href = false,
  headingLevel = 3,
  isMine = false,
  mark,
}: RiskSummaryProps) => (
  <Stack as="section">
    <PartHeading context={`risk ${number}`} href={href} level={headingLevel}>
      Risk {number} {mark}
    </PartHeading>
    <UserText>{risk.description}</UserText>
    {risk.clause && (
      <LinkLine href={`/policies/${policy}#${clauseAnchor(risk.clause)}`}>
        The policy names this risk in clause {risk.clause}
      </LinkLine>
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

type SectionProps = { section: RequestSection; isMine?: boolean; children: React.ReactNode };

const Part = ({ section, isMine = true, children }: SectionProps) => (
  <Stack as="section">
    <h2 id={section} tabIndex={-1}>
      {section === "why" && !isMine ? "What they want to do, and why" : SECTION_WORDS[section]}
    </h2>
    {children}
  </Stack>
);

const OWN_OWNERS = { ...MITIGATION_OWNERS, requester: "You", "line-manager": "Your line manager" };

type PartHeadingProps = { context: string; href: string | false; level?: 2 | 3; children: React.ReactNode };

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

const typed = (text: string): React.ReactNode =>
  text ? <UserText>{text}</UserText> : <Missing>Nothing written yet</Missing>;
