import { VerdictAnswer } from "#app/(portal)/(policy)/_verdict/verdict-answer.tsx";
import { HeadCover } from "#app/_portal/head-cover.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Lines, Link, PageHeading } from "#app/_ui/layout.tsx";
import { Quotation, SummaryList, UserText } from "#app/_ui/content.tsx";
import type { ReceiptAnswer, ReceiptContent, SourceKind } from "#domain/answers/receipt/content.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { isPermission, onlyWord } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { ReceiptView } from "#server/answers/receipt/queries.ts";

type PrintedReceiptProps = {
  view: ReceiptView;
  /** 2 if the page has another heading. */
  headingLevel: 1 | 2;
};

const PAPER_TYPE = {
  usual: "print:text-[9pt] print:leading-[1.28] print:[--text-small:8.5pt]",
  long: "print:text-[8pt] print:leading-[1.28] print:[--text-small:8pt]",
  longest: "print:text-[7pt] print:leading-[1.2] print:[--text-small--line-height:1.2] print:[--text-small:7pt]",
};

/**
 * Fits one page too: small type, little spacing, everything on it; no links, and not a line for each item, which would
 * not fit.
 */
const ON_PAPER = [
  "print:space-y-[6pt] print:[page:receipt] print:**:max-w-none",
  "print:[--text-lead:10pt] print:[--text-title--line-height:1.2] print:[--text-title:13pt]",
  "print:[&>[data-verdict]]:px-[8pt] print:[&>[data-verdict]]:py-[5pt] print:[&_dl>div]:py-[1.5pt]",
  "print:[&_li+li]:mt-[2pt] print:[&_[dir=auto]]:whitespace-normal print:[&_[data-keep]>p:has(>a)]:hidden",
].join(" ");
const SECTION = "space-y-4 print:space-y-[2pt]";

/** The receipt itself: what was shown, word for word, and what it was about. One sheet of paper. */
export function PrintedReceipt({ view, headingLevel }: PrintedReceiptProps) {
  const { reference, keptBy, keptAt, policy, version, hash, words, seal, reader, content } = view;
  if (!content) return <PageHeading kicker={reference}>This receipt cannot be read</PageHeading>;
  const { verdict, sentence, answers, obligations, instead, exception, clauses, title, bodyName, isDraft } = content;
  const isOwner = reader === "owner";
  const clauseAddress = (id: string) => `/policies/${policy}/versions/${version}#${clauseAnchor(id)}`;
  return (
    <div className={`no-address space-y-7 ${ON_PAPER} ${PAPER_TYPE[lengthOf(view, content)]}`} data-paper="">
      <VerdictAnswer
        verdict={verdict}
        words={onlyWord(verdict, content.verdictWord)}
        sentence={sentence}
        headingLevel={headingLevel}
      >
        {content.holdsUntil && <p>{`This applies until ${dateInWords(content.holdsUntil)}.`}</p>}
      </VerdictAnswer>
      <SummaryList
        rows={[
          { term: "Receipt", value: reference },
          { term: "Kept by", value: keptBy },
          { term: "Kept on", value: <Moment at={keptAt} /> },
          {
            term: "Policy",
            value: `${title}, version ${version}${isDraft ? ", a draft" : ""}, ${bodyName}${content.isOwn ? "" : ": not the keeper's employer, so it did not bind them"}`,
          },
          ...(words === null ? [] : [{ term: "Note", value: <UserText>{words}</UserText> }]),
        ]}
      />
      <section className={SECTION}>
        <h2>The answers it rests on</h2>
        <SummaryList
          rows={answers.map(({ ask, label, source }) => ({
            term: ask,
            value: (
              <>
                {label} <Source source={source} isOwner={isOwner} />
              </>
            ),
          }))}
        />
      </section>
      {exception && <Conditions exception={exception} />}
      {obligations.length > 0 && (
        <WhatHadToBeDone obligations={obligations} isDiscouraged={verdict === "discouraged"} />
      )}
      {instead.length > 0 && (
        <section className={SECTION}>
          <h2>{isPermission(verdict) ? "What else was possible" : "What to use instead"}</h2>
          <Lines lines={instead} />
        </section>
      )}
      <section className={SECTION}>
        <h2>Why, as the policy said then</h2>
        {clauses.map(({ id, text }) => (
          <Quotation key={id} number={id} link={{ href: clauseAddress(id), label: `Read clause ${id}` }}>
            {text}
          </Quotation>
        ))}
      </section>
      <div className="max-w-text space-y-1 text-small wrap-anywhere text-soft">
        <p>To check it: the fingerprints are SHA-256, the time is in UTC. The evidence has the same seal.</p>
        <p>Version {hash}</p>
        <p>Time {keptAt.toISOString()}</p>
        <p>Seal {seal}</p>
        {view.cover && <HeadCover cover={view.cover} href={`/decisions/${reference}/proof.json`} />}
      </div>
    </div>
  );
}

const Conditions = ({ exception }: { exception: NonNullable<ReceiptContent["exception"]> }) => (
  <section className={SECTION}>
    <h2>{`Conditions of ${exception.reference}, until ${dateInWords(exception.until)}`}</h2>
    {exception.conditions.length === 0 ? (
      <p>It had none of its own.</p>
    ) : (
      <ul>
        {exception.conditions.map((condition, at) => (
          <li key={at}>
            <UserText>{condition}</UserText>
          </li>
        ))}
      </ul>
    )}
  </section>
);

type WhatHadToBeDoneProps = { obligations: ReceiptContent["obligations"]; isDiscouraged: boolean };

const WhatHadToBeDone = ({ obligations, isDiscouraged }: WhatHadToBeDoneProps) => (
  <section className={SECTION}>
    <h2>{isDiscouraged ? "If you still needed to" : "What had to be done"}</h2>
    <ul>
      {obligations.map(({ id, text, clause }) => (
        <li key={id}>
          {text} <span className="text-small whitespace-nowrap text-soft">Clause {clause}</span>
        </li>
      ))}
    </ul>
  </section>
);

/** How many letters fit on a printed line, and how many lines on a page, in the usual size and the next smaller one. */
const PAPER = { letters: 110, usual: 42, long: 54 };

/** How much there is to print: long receipts are set in smaller type, so that they stay on one page. */
function lengthOf({ words }: ReceiptView, content: ReceiptContent): "usual" | "long" | "longest" {
  const { answers, obligations, instead, exception, clauses } = content;
  const texts = [
    ...answers.map(({ label }) => label),
    ...[...obligations, ...clauses].map(({ text }) => text),
    ...instead,
    ...(exception?.conditions ?? []),
    words ?? "",
  ];
  const lines = texts.reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / PAPER.letters)), 0);
  return lines > PAPER.long ? "longest" : lines > PAPER.usual ? "long" : "usual";
}

/** Where an answer came from, in words; with the record, if there is one. */
const SOURCE_WORDS: Record<SourceKind, { found: string; none: string; location: string }> = {
  me: { found: "answered by the person", none: "answered by the person", location: "" },
  exception: { found: "from the exception", none: "from the register of exceptions", location: "/exceptions" },
  group: { found: "from the approved group", none: "from the register of groups", location: "/groups" },
  continuity: { found: "from the declared activity", none: "from the declared activities", location: "/continuity" },
  "photo-consent": { found: "from the photo consent", none: "from the photo consents", location: "/photos" },
};

/** @param isOwner says "you" to whoever kept it, and links to records that others may not open */
function Source({ source: { kind, reference }, isOwner }: { source: ReceiptAnswer["source"]; isOwner: boolean }) {
  const { found, none, location } = SOURCE_WORDS[kind];
  const words = kind === "me" && isOwner ? "answered by you" : reference ? found : none;
  return (
    <span className="text-small text-soft">
      ({words}
      {reference?.split(", ").map((one, at) => (
        <span key={one}>
          {at > 0 && ","} {isOwner ? <Link href={`${location}/${one}`}>{one}</Link> : one}
        </span>
      ))}
      )
    </span>
  );
}
