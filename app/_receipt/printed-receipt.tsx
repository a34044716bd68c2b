import { Moment } from "#app/_portal/moment.tsx";
import { VerdictAnswer } from "#app/_verdict/verdict-answer.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { isPermission } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { ReceiptContent } from "#domain/answers/receipt/content.ts";
import type { ReceiptView } from "#server/answers/receipt/queries.ts";
import { Source } from "./source-words.tsx";

type PrintedReceiptProps = {
  view: ReceiptView;
  content: ReceiptContent;
  /** 2 where the page has another heading. */
  headingLevel: 1 | 2;
};

/** The receipt itself: what was shown, word for word, and what it was about. One page of paper. */
export function PrintedReceipt({ view, content, headingLevel }: PrintedReceiptProps) {
  const { reference, keptBy, keptAt, policy, version, hash, words, seal, reader } = view;
  const { verdict, sentence, answers, obligations, instead, exception, clauses, title, bodyName, isDraft } = content;
  const isOwner = reader === "owner";
  const clauseAddress = (id: string) => `/policies/${policy}/versions/${version}#${clauseAnchor(id)}`;
  return (
    <div className="receipt-paper space-y-7" data-paper="" data-length={lengthOf(view, content)}>
      <VerdictAnswer verdict={verdict} sentence={sentence} size="title" headingLevel={headingLevel} />
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
      <Stack as="section">
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
      </Stack>
      {exception && (
        <Stack as="section">
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
        </Stack>
      )}
      {obligations.length > 0 && (
        <Stack as="section">
          <h2>{verdict === "discouraged" ? "If it was done all the same" : "What had to be done"}</h2>
          <ul>
            {obligations.map(({ id, text, clause }) => (
              <li key={id}>
                {text} <span className="text-small whitespace-nowrap text-soft">Clause {clause}</span>
              </li>
            ))}
          </ul>
        </Stack>
      )}
      {instead.length > 0 && (
        <Stack as="section">
          <h2>{isPermission(verdict) ? "What else was possible" : "What to use instead"}</h2>
          <ul>
            {instead.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Stack>
      )}
      <Stack as="section">
        <h2>Why, as the policy said then</h2>
        {clauses.map(({ id, text }) => (
          <Quotation key={id} number={id} link={{ href: clauseAddress(id), label: `Read clause ${id}` }}>
            {text}
          </Quotation>
        ))}
      </Stack>
      <div className="max-w-text space-y-1 text-small wrap-anywhere text-soft">
        <p>To check it: the fingerprints are SHA-256, the time is in UTC. The evidence holds the same seal.</p>
        <p>Version {hash}</p>
        <p>Time {keptAt.toISOString()}</p>
        <p>Seal {seal}</p>
      </div>
    </div>
  );
}

/** How many letters fit into a line of paper, and how many lines onto a page, in the usual size and the next smaller one. */
const PAPER = { letters: 110, usual: 42, long: 54 };

/** How much there is to print: what is long is set smaller, so that it stays on one page. */
function lengthOf({ words }: ReceiptView, content: ReceiptContent): "usual" | "long" | "longest" {
  const { answers, obligations, instead, exception, clauses } = content;
  const texts = [
    ...answers.map(({ label }) => label),
    ...[...obligations, ...clauses].map(({ text }) => text),
    ...[...instead, ...(exception?.conditions ?? []), words ?? ""],
  ];
  const lines = texts.reduce((sum, text) => sum + Math.max(1, Math.ceil(text.length / PAPER.letters)), 0);
  return lines > PAPER.long ? "longest" : lines > PAPER.usual ? "long" : "usual";
}
