import { Moment } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { writeQuery } from "#domain/policy/decision/wizard.ts";
import { answerWords, questionFor } from "#domain/policy/policy/wording.ts";
import { referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { groupReference } from "#domain/registers/group/chat-answer.ts";
import type { OfferedConsent } from "#server/registers/consent/queries.ts";
import type { CheckPlace } from "./form.tsx";

type Props = {
  check: CheckPlace<"result">;
  /** Whether the portal looked for an exception. */
  isLookedUp: boolean;
};

/** The answers that a result rests on, a line each, with a link to change it. */
export function YourAnswers({ check: { policy, own, chat, query, step }, isLookedUp }: Props) {
  const { version } = policy;
  const { slug } = version;
  const exception = own.exceptionFor(step.rule);
  const references = { ...referencesOf(own.photo), ...groupReference(chat.group) };
  const isDeclared = (fact: string) => own.continuity?.fact === fact && query.answers[fact] === own.continuity.answer;
  const isOfGroup = (fact: string) => own.chats?.fact === fact;
  return (
    <section className="min-w-0 space-y-1">
      <h2 className="text-body">Your answers</h2>
      <dl className="divide-y divide-line border-y border-line">
        {step.path.map((name) => {
          const question = questionFor(version, name);
          const { label } = answerWords(question, query.answers[name] ?? "");
          return (
            <Answer
              key={name}
              term={question.short}
              change={{
                href: `/check?${writeQuery(slug, query.answers, { change: name, references })}`,
                question: question.ask,
              }}
            >
              {isOfGroup(name) && chat.group ? (
                <>
                  <bdi>{chat.group.name}</bdi>
                  <LookedUp what="approved group " path="groups" reference={chat.group.reference} />
                </>
              ) : (
                label
              )}
              {isDeclared(name) && own.activity && (
                <LookedUp path="continuity" reference={own.activity.reference}>
                  , declared since <Moment at={own.activity.startedAt} />
                </LookedUp>
              )}
              {own.photo?.known.fact === name && <ConsentsGiven consents={own.photo.chosen} />}
            </Answer>
          );
        })}
        {isLookedUp && (
          <Answer term="Approved exception">
            {exception ? (
              <Link href={`/exceptions/${exception.reference}`}>{exception.reference}</Link>
            ) : (
              "None that covers this"
            )}
            <span className="block text-small text-soft">The portal looked this up.</span>
          </Answer>
        )}
      </dl>
    </section>
  );
}

type AnswerProps = { term: string; change?: { href: string; question: string }; children: React.ReactNode };

/**
 * A line, all of which leads to changing the answer: on a phone there is no room for lines as tall as a thumb, because
 * the answers are to be on the first screen.
 */
const Answer = ({ term, change, children }: AnswerProps) => (
  <div data-keep="" className="relative flex items-baseline gap-x-3 text-small">
    <dt className="shrink-0 text-soft">{term}</dt>
    <dd className="min-w-0 grow wrap-anywhere [&_a]:relative [&_a]:z-1">{children}</dd>
    {change && (
      <dd className="no-print shrink-0">
        <Link
          href={change.href}
          className="inline-flex min-h-6 items-center py-0.5 after:absolute after:inset-0 sm:min-h-target"
          about={` the answer to: ${change.question}`}
        >
          Change
        </Link>
      </dd>
    )}
  </div>
);

type LookedUpProps = { what?: string; path: string; reference: string; children?: React.ReactNode };

const LookedUp = ({ what = "", path, reference, children }: LookedUpProps) => (
  <span className="block text-small text-soft">
    The portal looked this up: {what}
    <Link href={`/${path}/${reference}`} className="whitespace-nowrap">
      {reference}
    </Link>
    {children}.
  </span>
);

const ConsentsGiven = ({ consents }: { consents: readonly OfferedConsent[] }) =>
  consents.length === 0 ? null : (
    <span className="block text-small text-soft">
      From your photo consents:{" "}
      {consents.map(({ reference, name, until }, at) => (
        <span key={reference}>
          {at > 0 && "; "}
          <Link href={`/photos/${reference}`} className="whitespace-nowrap">
            {reference}
          </Link>{" "}
          (<bdi>{name}</bdi>, until {dateInWords(until)})
        </span>
      ))}
      .
    </span>
  );
