import { DoNotDelete } from "#app/_hold/hold-check.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PolicyBanners } from "#app/_portal/policy-banners.tsx";
import { VerdictAnswer } from "#app/_verdict/verdict-answer.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Columns } from "#app/_ui/columns.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { hasAnswer } from "#domain/registers/continuity/offer.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isPermission, type Verdict } from "#domain/policy/decision/verdict.ts";
import { signpostOffer } from "#domain/policy/decision/signpost.ts";
import { writeQuery, type WizardQuery, type WizardStep } from "#domain/policy/decision/wizard.ts";
import { exceptionMatters, type GrantedException } from "#domain/policy/exception/coverage.ts";
import { resultSentence } from "#domain/policy/exception/result-sentence.ts";
import { groupReference, type ChatReading } from "#domain/registers/group/chat-answer.ts";
import { referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { speaksOfDeleting } from "#domain/registers/hold/hold.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import { clauseById } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import type { ActivityInShort } from "#server/registers/continuity/queries.ts";
import { getKnownAnswers, type DecidingTable } from "#server/answers/known-answer/queries.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import type { OfferedConsent } from "#server/registers/consent/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { tallyUnsure } from "#server/policy/question/service.ts";
import type { ShownCheck } from "./form.tsx";
import { KeepForm } from "./keep-form.tsx";
import { ChatLeftOut, Withheld } from "./result-notices.tsx";
import { SignpostSection } from "./signpost-section.tsx";
import { WayToHere } from "./answer-path.tsx";

type Props = {
  shown: ShownCheck;
  /** With the table that decides for the reader. */
  policy: ReadablePolicy;
  /** With the table as it was published. */
  published: ReadablePolicy;
  /** What decides for the reader. */
  own: DecidingTable;
  /** Which chat the group register says it is. */
  chat: ChatReading;
  /** The address gave an answer that is not offered now. */
  isWithheld: boolean;
  query: WizardQuery;
  step: Extract<WizardStep, { kind: "result" }>;
};

/** Verdicts from which an exception may be asked for. */
const STRICT: readonly Verdict[] = ["never", "exception-only", "via-communications", "discouraged"];

/** The verdict, why, what to do, what to use instead, and the answers it rests on, each with a way to change it. */
export async function ResultPage({ shown, policy, published, own, chat, isWithheld, query, step }: Props) {
  const { actor, refill } = shown;
  const { rule, path, unsaid } = step;
  const exception = own.exceptionFor(rule);
  const { version, body, isMine } = policy;
  const { slug, frontMatter } = version;
  const answers = path.map((name) => {
    const question = questionFor(version, name);
    return { question, words: answerWords(question, query.answers[name] ?? "") };
  });
  const because = answers.map(({ words }) => words.when);
  const all = obligationsOf(version, rule);
  // A hold on the reader stops what would have them delete, whatever the policy says (docs/glossary.md, "Hold").
  const isDeleting = all.some(({ text }) => speaksOfDeleting(text));
  const holds = isDeleting ? await listOwnHolds(actor) : [];
  const obligations = holds.length > 0 ? all.filter(({ text }) => !speaksOfDeleting(text)) : all;
  const named = body.contacts.filter(({ id }) => rule.contacts.includes(id));
  const contacts = named.length > 0 ? named : body.contacts.slice(0, 1);
  const situation = Object.fromEntries(Object.entries(query.answers).filter(([name]) => path.includes(name)));
  if (await isLookedAt())
    await tallyUnsure(actor, { slug, version: version.version, situation, because: rule.because });
  const isLookedUp = isMine && exceptionMatters(published.version.table, situation);
  const isDeclared = (fact: string) => own.continuity?.fact === fact && query.answers[fact] === own.continuity.answer;
  const keepable = policy.isPublished ? resultToKeep(published, { ...own, group: chat.group }, query.answers) : null;
  const { signpost, group: known } = await getKnownAnswers();
  const group = chat.group?.reference;
  const isOfGroup = (fact: string) => chat.group !== null && own.chats?.fact === fact;
  const mayRegister =
    isMine && policy.isPublished && !group && known !== null && hasAnswer(published.version.table, known);
  const offer = signpost ? signpostOffer(own.table, signpost, query.answers, rule.verdict) : null;
  const references = { ...referencesOf(own.photo), ...groupReference(chat.group) };
  const isRecord = (id: string) => isMine && version.table.obligations.get(id)?.feature === "records";
  // Once on the page: at the obligation where there is one.
  const mayCapture = isMine && policy.isPublished && !obligations.some(({ id }) => isRecord(id));
  const mayAsk = isMine && policy.isPublished && !exception && STRICT.includes(rule.verdict);
  return (
    <Columns
      aside={
        <Stack as="section">
          <h2>Your answers</h2>
          <SummaryList
            rows={[
              ...answers.map(({ question, words }) => ({
                term: question.short,
                value: isOfGroup(question.name) ? (
                  <FromRegister group={chat.group} />
                ) : (
                  <>
                    <AnswerGiven words={words.label} activity={isDeclared(question.name) ? own.activity : null} />
                    {own.photo?.known.fact === question.name && <ConsentsGiven consents={own.photo.chosen} />}
                  </>
                ),
                change: {
                  href: `/check?${writeQuery(slug, query.answers, { change: question.name, references })}`,
                  context: `the answer to: ${question.ask}`,
                },
              })),
              ...(isLookedUp ? [{ term: "Approved exception", value: <LookedUp exception={exception} /> }] : []),
            ]}
          />
          <p className="text-small text-soft">
            {frontMatter.title}, version {version.version}, {body.name}. Rule {rule.id}.
          </p>
        </Stack>
      }
    >
      <Stack gap="loose">
        <ErrorSummary errors={[...refill.problems]} />
        {isWithheld && <Withheld isMine={isMine} />}
        {chat.leftOut === "not-yours" && <ChatLeftOut leftOut={chat.leftOut} />}
        <VerdictAnswer verdict={rule.verdict} sentence={<Sentence rule={rule} exception={exception} unsaid={unsaid} />}>
          {because.length > 0 && <p>{`You said: ${inOneSentence(because)}.`}</p>}
        </VerdictAnswer>
        <PolicyBanners policy={policy} />
        {exception && <Conditions exception={exception} />}
        <DoNotDelete holds={holds} />
        {obligations.length > 0 && (
          <Stack as="section">
            <h2>{rule.verdict === "discouraged" ? "If you do it all the same" : "What you must do"}</h2>
            <ul>
              {obligations.map(({ id, text, clause }) => (
                <li key={id}>
                  {text}{" "}
                  <a href={clauseAddress(clause)} className="text-small whitespace-nowrap">
                    Clause {clause}
                  </a>
                  {group && version.table.obligations.get(id)?.feature === "groups" && (
                    <Link href={`/groups/${group}`} className="ms-3 text-small whitespace-nowrap">
                      See the group
                    </Link>
                  )}
                  {isRecord(id) && (
                    <Link
                      href={`/records/new?${writeQuery(slug, situation)}`}
                      className="no-print flex min-h-target w-fit items-center"
                    >
                      Capture the record
                    </Link>
                  )}
                </li>
              ))}
            </ul>
            {holds.length > 0 && <p>What the policy says about deleting is left out here, because of the hold.</p>}
          </Stack>
        )}
        {rule.instead.length > 0 && (
          <Stack as="section">
            <h2>
              {isPermission(rule.verdict)
                ? "You could also"
                : rule.verdict === "not-covered"
                  ? "What to do now"
                  : "What to use instead"}
            </h2>
            <ul>
              {rule.instead.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Stack>
        )}
        {signpost && offer && <SignpostSection slug={slug} offer={offer} signpost={signpost} references={references} />}
        <Stack as="section">
          <h2>Why</h2>
          {unsaid.length > 0 && (
            <p>
              The answer is the same whatever you would say to:{" "}
              {unsaid.map((name) => questionFor(version, name).ask).join(" ")} These clauses show it in one such case.
            </p>
          )}
          {rule.because.map((id) => (
            <Quotation key={id} number={id} link={{ href: clauseAddress(id), label: `Read clause ${id}` }}>
              {clauseById(version, id).text}
            </Quotation>
          ))}
          {rule.reading && (
            <Disclosure summary="How we read the policy here">
              <p>{rule.reading}</p>
            </Disclosure>
          )}
        </Stack>
        <WayToHere
          version={version}
          answers={query.answers}
          path={path}
          rule={rule}
          lookedUp={isLookedUp ? (exception?.reference ?? "none that covers this") : null}
        />
        <Stack as="section">
          <h2>Whom to ask</h2>
          <ContactList contacts={contacts} />
          <p className="no-print">
            <Link href={`/check/message?${writeQuery(slug, query.answers, { references })}`}>
              Prepare a message about this
            </Link>
          </p>
        </Stack>
        {isMine && policy.isPublished && (
          <p className="no-print">
            Sent it already, and should not have?{" "}
            <Link href={`/incidents/new?${writeQuery(slug, situation)}`}>I shared something by mistake</Link>
          </p>
        )}
        {keepable && (
          <KeepForm
            shown={shown}
            situation={writeQuery(slug, query.answers, { references })}
            fingerprint={keepable.fingerprint}
          />
        )}
        <Cluster>
          <ButtonLink href={`/check?policy=${slug}`}>Check something else</ButtonLink>
          <ButtonLink href={`/policies/${slug}`} look="quiet">
            Read the policy
          </ButtonLink>
          {mayCapture && (
            <Link href={`/records/new?${writeQuery(slug, situation)}`} className="inline-flex min-h-12 items-center">
              Capture a record
            </Link>
          )}
          {mayAsk && (
            <Link href={`/exceptions/new?${writeQuery(slug, situation)}`} className="inline-flex min-h-12 items-center">
              Ask for an exception
            </Link>
          )}
          {mayRegister && (
            <Link href={`/groups/new?${writeQuery(slug, situation)}`} className="inline-flex min-h-12 items-center">
              Register a chat group
            </Link>
          )}
        </Cluster>
      </Stack>
    </Columns>
  );

  function clauseAddress(id: string): string {
    return `/policies/${slug}#${clauseAnchor(id)}`;
  }
}

/** The same words as the title's, its reference on one line. */
function Sentence(props: { rule: Rule; exception: GrantedException | undefined; unsaid: readonly string[] }) {
  const { rule, exception, unsaid } = props;
  const sentence = resultSentence(rule, exception, unsaid);
  const [before, after] = exception ? sentence.split(exception.reference) : [];
  if (!exception || after === undefined) return sentence;
  return (
    <>
      {before}
      <span className="whitespace-nowrap">{exception.reference}</span>
      {after}
    </>
  );
}

/** An answer, and that the portal knows of it from an activity that is declared. */
function AnswerGiven({ words, activity }: { words: string; activity: ActivityInShort | null }) {
  if (!activity) return words;
  const { reference, startedAt } = activity;
  return (
    <>
      {words}
      <span className="block text-small text-soft">
        With Care looked this up:{" "}
        <Link href={`/continuity/${reference}`} className="whitespace-nowrap">
          {reference}
        </Link>
        , declared since <Moment at={startedAt} />.
      </span>
    </>
  );
}

/** The group that the answer is about, and that the register says so. */
function FromRegister({ group }: { group: ChatReading["group"] }) {
  if (!group) return null;
  return (
    <>
      <bdi>{group.name}</bdi>
      <span className="block text-small text-soft">
        With Care looked this up: approved group{" "}
        <Link href={`/groups/${group.reference}`} className="whitespace-nowrap">
          {group.reference}
        </Link>
        .
      </span>
    </>
  );
}

/** The photo consents that an answer rests on. */
function ConsentsGiven({ consents }: { consents: readonly OfferedConsent[] }) {
  if (consents.length === 0) return null;
  return (
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
}

/** What the portal found in the register, where that counts for the answer. */
function LookedUp({ exception }: { exception: GrantedException | undefined }) {
  return (
    <>
      {exception ? (
        <Link href={`/exceptions/${exception.reference}`}>{exception.reference}</Link>
      ) : (
        "None that covers this"
      )}
      <span className="block text-small text-soft">With Care looked this up.</span>
    </>
  );
}

function Conditions({ exception: { reference, conditions } }: { exception: GrantedException }) {
  return (
    <Stack as="section">
      <h2>Conditions of {reference}</h2>
      {conditions.length > 0 ? (
        <ul>
          {conditions.map((condition, index) => (
            <li key={index}>
              <UserText>{condition}</UserText>
            </li>
          ))}
        </ul>
      ) : (
        <p>It has none of its own. The points below still hold.</p>
      )}
      <p>
        <Link href={`/exceptions/${reference}`}>Read {reference}</Link>
      </p>
    </Stack>
  );
}
