import { CorruptBanner } from "#app/(portal)/(answers)/_receipt/corrupt-banner.tsx";
import { onlyWord } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { ReceiptView, TodayView } from "#server/answers/receipt/queries.ts";

/** The receipt decided again whenever its page is opened: under the rules of its day, and under today's. */
export function ReceiptRerun({ view }: { view: ReceiptView }) {
  const { ofItsDay, version, verdict, today } = view;
  return (
    <section id="again" aria-labelledby="again-title" className="no-print space-y-4">
      <h2 id="again-title">Run again just now</h2>
      <Stack gap="tight">
        <h3>Under the rules of its day</h3>
        {ofItsDay === "same" ? (
          <p>
            The same answer: <VerdictWord verdict={verdict} words={onlyWord(verdict, view.content?.verdictWord)} />.
            Version {version}, as it was published, gives it for these answers, and the receipt matches its seal.
          </p>
        ) : (
          <CorruptBanner ofItsDay={ofItsDay} version={version} />
        )}
      </Stack>
      {today && (
        <Stack gap="tight">
          <h3>Under today’s rules</h3>
          <TodayWords today={today} view={view} />
        </Stack>
      )}
    </section>
  );
}

function TodayWords({ today, view }: { today: TodayView; view: ReceiptView }) {
  if (today.kind === "none") return <p>No version of this policy applies today.</p>;
  const { policy, content, answers, questions, dropped } = today;
  const { slug, version } = policy.version;
  const wizard = `/check?${writeQuery(slug, answers)}`;
  const left = view.content?.answers.filter(({ fact }) => dropped.includes(fact)) ?? [];
  return (
    <>
      {left.map(({ fact, ask, label, source }) => (
        <p key={fact}>
          The answer “{label}” to “{ask}” is not offered now
          {source.kind === "continuity" ? ": no business continuity activity is declared." : "."}
        </p>
      ))}
      {today.today.kind === "more" && (
        <>
          <p>Version {version} asks for more before it answers:</p>
          <ul>
            {questions.map((question) => (
              <li key={question}>{question}</li>
            ))}
          </ul>
          <p>
            <Link href={wizard}>Answer the rest; your other answers are carried over</Link>
          </p>
        </>
      )}
      {today.today.kind === "same" && content && (
        <>
          <p>The same today, under version {version}.</p>
          {ids(content.clauses) !== ids(view.content?.clauses ?? []) && (
            <p>It rests on clauses {ids(content.clauses)} now.</p>
          )}
        </>
      )}
      {today.today.kind === "different" && content && (
        <>
          <p>
            <strong>This would be different now: {content.sentence}</strong>
          </p>
          {today.today.from !== today.today.to && (
            <p>
              It was{" "}
              <VerdictWord verdict={today.today.from} words={onlyWord(today.today.from, view.content?.verdictWord)} />.
              Under version {version} it is <VerdictWord verdict={today.today.to} words={policy.version.words} />.
            </p>
          )}
          <Changes title="You must also" lines={today.today.added} />
          <Changes title="You no longer must" lines={today.today.removed} />
          {content.clauses.map(({ id, text }) => (
            <Quotation
              key={id}
              number={id}
              link={{ href: `/policies/${slug}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
            >
              {text}
            </Quotation>
          ))}
          <p>
            <Link href={wizard}>See the whole answer of today</Link>
          </p>
        </>
      )}
    </>
  );
}

function Changes({ title, lines }: { title: string; lines: readonly string[] }) {
  if (lines.length === 0) return null;
  return (
    <div>
      <p>{title}:</p>
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  );
}

function ids(clauses: readonly { id: string }[]): string {
  return clauses.map(({ id }) => id).join(", ");
}
