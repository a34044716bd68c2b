import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { AnswerUntil } from "#app/_portal/answer-until.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PolicyBanners } from "#app/_portal/policy-banners.tsx";
import { VerdictAnswer } from "#app/(portal)/(policy)/_verdict/verdict-answer.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Columns } from "#app/_ui/columns.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { hasAnswer } from "#domain/registers/continuity/offer.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { Answers } from "#domain/policy/decision/fault.ts";
import type { Rule } from "#domain/policy/decision/rule-file.ts";
import { isPermission, type Verdict } from "#domain/policy/decision/verdict.ts";
import { signpostOffer } from "#domain/policy/decision/signpost.ts";
import { writeQuery, type WizardQuery, type WizardStep } from "#domain/policy/decision/wizard.ts";
import { EXCEPTION_FACT, exceptionMatters, type GrantedException } from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import { groupReference, type ChatReading } from "#domain/registers/group/chat-answer.ts";
import { referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { speaksOfDeleting } from "#domain/registers/hold/hold.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsFor } from "#domain/policy/policy/explain.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import { getKnownAnswers, type DecidingTable } from "#server/answers/known-answer/queries.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { tallyUnsure } from "#server/policy/question/service.ts";
import type { ShownCheck } from "./form.tsx";
import { KeepForm } from "./keep-form.tsx";
import { ChatLeftOut, Withheld } from "./result-notices.tsx";
import { resultHeadline } from "./headline.ts";
import { SignpostSection } from "./signpost-section.tsx";
import { WayToHere } from "./answer-path.tsx";
import { YourAnswers } from "./your-answers.tsx";

type Props = {
  shown: ShownCheck;
  /** With the table that decides for the reader. */
  policy: ReadablePolicy;
  /** With the table as published. */
  published: ReadablePolicy;
  /** What decides for the reader. */
  own: DecidingTable;
  /** Which chat it is, according to the group register. */
  chat: ChatReading;
  /** The address gave an answer that is not offered now. */
  isWithheld: boolean;
  query: WizardQuery;
  step: Extract<WizardStep, { kind: "result" }>;
};

/** Verdicts that let people ask for an exception. */
const STRICT: readonly Verdict[] = ["never", "exception-only", "via-communications", "discouraged"];

/** The verdict, why, what to do, what to use instead, and the answers it rests on, each with a link to change it. */
export async function ResultPage({ shown, policy, published, own, chat, isWithheld, query, step }: Props) {
  const { actor, formState } = shown;
  const { rule, path, unsaid } = step;
  const exception = own.exceptionFor(rule);
  const { version, isMine } = policy;
  const { slug } = version;
  const sentence = resultHeadline({ policy, published, own, query }, step);
  const because = path.map((name) => answerWords(questionFor(version, name), query.answers[name] ?? "").when);
  const { obligations, holds } = await obligationsUnderHolds(actor, version, own, { rule, answers: query.answers });
  const situation = Object.fromEntries(Object.entries(query.answers).filter(([name]) => path.includes(name)));
  await noteUnsure(actor, version, situation, rule);
  const isLookedUp = isMine && exceptionMatters(published.version.table, situation);
  const isToKeep = policy.isPublished && !policy.isOtherDay;
  const keepable = isToKeep ? resultToKeep(published, { ...own, group: chat.group }, query.answers) : null;
  const { signpost, group: known } = await getKnownAnswers();
  const group = chat.group?.reference;
  const mayRegister =
    isMine && policy.isPublished && !group && known !== null && hasAnswer(published.version.table, known);
  const offer = signpost ? signpostOffer(own.table, signpost, query.answers, rule.verdict) : null;
  const references = { ...referencesOf(own.photo), ...groupReference(chat.group) };
  // Once on the page: at the obligation if there is one.
  const mayCapture = isMine && policy.isPublished && !obligations.some(({ id }) => isRecord(policy, id));
  const isStrict = isMine && policy.isPublished && !exception && STRICT.includes(rule.verdict);
  return (
    <Columns
      aside={<YourAnswers policy={policy} own={own} chat={chat} query={query} step={step} isLookedUp={isLookedUp} />}
    >
      <Stack gap="loose">
        <ErrorSummary errors={[...formState.problems]} />
        {isWithheld && <Withheld isMine={isMine} />}
        {chat.leftOut === "not-yours" && <ChatLeftOut leftOut={chat.leftOut} />}
        <VerdictAnswer
          verdict={rule.verdict}
          words={version.words}
          sentence={<Sentence sentence={sentence} exception={exception} />}
        >
          {because.length > 0 && <p>{`You said: ${inOneSentence(because)}.`}</p>}
        </VerdictAnswer>
        <PolicyBanners policy={policy} />
        {!exception && (
          <AnswerUntil version={published.version} answers={asPublished(situation, isMine)} asked={situation} />
        )}
        {exception && <Conditions exception={exception} />}
        <DoNotDelete holds={holds} />
        <Obligations
          policy={policy}
          rule={rule}
          obligations={obligations}
          isHeld={holds.length > 0}
          group={group}
          situation={situation}
        />
        <Instead rule={rule} />
        {signpost && offer && <SignpostSection slug={slug} offer={offer} signpost={signpost} references={references} />}
        <Why version={version} rule={rule} unsaid={unsaid} />
        <WayToHere
          version={version}
          answers={query.answers}
          path={path}
          rule={rule}
          lookedUp={isLookedUp ? (exception?.reference ?? "none that covers this") : null}
        />
        <WhomToAsk body={policy.body} rule={rule} situation={writeQuery(slug, query.answers, { references })} />
        {isMine && policy.isPublished && (
          <p className="no-print">
            {version.words.done}{" "}
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
        <WaysOn
          slug={slug}
          situation={writeQuery(slug, situation)}
          mayCapture={mayCapture}
          mayAsk={isStrict && canBeLifted(published.version, situation)}
          mayRegister={mayRegister}
        />
      </Stack>
    </Columns>
  );
}

/** The answers with which the published table gives the same: people are not asked about exceptions from their own. */
function asPublished(situation: Answers, isMine: boolean): Answers {
  return isMine ? { [EXCEPTION_FACT]: "no", ...situation } : situation;
}

/** Counts an answer of somebody who was not sure, once it is looked at rather than fetched ahead. */
async function noteUnsure(actor: Actor, { slug, version }: PolicyVersion, situation: Answers, { because }: Rule) {
  if (await isLookedAt()) await tallyUnsure(actor, { slug, version, situation, because });
}

/**
 * What must be done; a hold on the reader blocks any duty to delete, whatever the policy says (docs/glossary.md,
 * "Hold").
 */
async function obligationsUnderHolds(
  actor: Actor,
  version: PolicyVersion,
  own: DecidingTable,
  { rule, answers }: { rule: Rule; answers: Answers },
) {
  const all = obligationsFor(version, own, rule, answers);
  const isDeleting = all.some(({ text }) => speaksOfDeleting(text));
  const holds = isDeleting ? await listOwnHolds(actor) : [];
  return { holds, obligations: holds.length > 0 ? all.filter(({ text }) => !speaksOfDeleting(text)) : all };
}

function clauseAddress(slug: string, id: string): string {
  return `/policies/${slug}#${clauseAnchor(id)}`;
}

/** The same words as in the title, with its reference on one line. */
function Sentence({ sentence, exception }: { sentence: string; exception: GrantedException | undefined }) {
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

/** Whether an obligation is to capture a record, which the reader can do here. */
function isRecord({ isMine, version }: ReadablePolicy, id: string): boolean {
  return isMine && version.table.obligations.get(id)?.feature === "records";
}

type ObligationsProps = {
  policy: ReadablePolicy;
  rule: Rule;
  obligations: ReturnType<typeof obligationsFor>;
  /** A hold has removed the duties to delete. */
  isHeld: boolean;
  /** Reference of the group that the answer is about. */
  group: string | undefined;
  situation: Answers;
};

function Obligations({ policy, rule, obligations, isHeld, group, situation }: ObligationsProps) {
  const { version } = policy;
  if (obligations.length === 0) return null;
  return (
    <Stack as="section">
      <h2>{rule.verdict === "discouraged" ? "If you do it all the same" : "What you must do"}</h2>
      <ul>
        {obligations.map(({ id, text, clause }) => (
          <li key={id}>
            {text}{" "}
            <a href={clauseAddress(version.slug, clause)} className="text-small whitespace-nowrap">
              Clause {clause}
            </a>
            {group && version.table.obligations.get(id)?.feature === "groups" && (
              <Link href={`/groups/${group}`} className="ms-3 text-small whitespace-nowrap">
                See the group
              </Link>
            )}
            {isRecord(policy, id) && (
              <Link
                href={`/records/new?${writeQuery(version.slug, situation)}`}
                className="no-print flex min-h-target w-fit items-center"
              >
                Capture the record
              </Link>
            )}
          </li>
        ))}
      </ul>
      {isHeld && <p>What the policy says about deleting is left out here, because of the hold.</p>}
    </Stack>
  );
}

/** What can be used instead of the app, or in addition to it. */
function Instead({ rule: { verdict, instead } }: { rule: Rule }) {
  if (instead.length === 0) return null;
  return (
    <Stack as="section">
      <h2>
        {isPermission(verdict)
          ? "You could also"
          : verdict === "not-covered"
            ? "What to do now"
            : "What to use instead"}
      </h2>
      <ul>
        {instead.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </Stack>
  );
}

/** The clauses that the answer rests on. */
function Why({ version, rule, unsaid }: { version: PolicyVersion; rule: Rule; unsaid: readonly string[] }) {
  return (
    <Stack as="section">
      <h2>Why</h2>
      {unsaid.length > 0 && (
        <p>
          The answer is the same whatever you would say to:{" "}
          {unsaid.map((name) => questionFor(version, name).ask).join(" ")} These clauses show it in one such case.
        </p>
      )}
      {rule.because.map((id) => (
        <Quotation key={id} number={id} link={{ href: clauseAddress(version.slug, id), label: `Read clause ${id}` }}>
          {clauseById(version, id).text}
        </Quotation>
      ))}
      {rule.reading && (
        <Disclosure summary="How we read the policy here">
          <p>{rule.reading}</p>
        </Disclosure>
      )}
    </Stack>
  );
}

/** The contacts named by the rule; if it names none, the body's first contact. */
function WhomToAsk({ body, rule, situation }: { body: Body; rule: Rule; situation: string }) {
  const named = body.contacts.filter(({ id }) => rule.contacts.includes(id));
  return (
    <Stack as="section">
      <h2>Whom to ask</h2>
      <ContactList contacts={named.length > 0 ? named : body.contacts.slice(0, 1)} />
      <p className="no-print">
        <Link href={`/check/message?${situation}`}>Prepare a message about this</Link>
      </p>
    </Stack>
  );
}

type WaysOnProps = {
  slug: string;
  /** The situation as written in an address. */
  situation: string;
  mayCapture: boolean;
  mayAsk: boolean;
  mayRegister: boolean;
};

function WaysOn({ slug, situation, mayCapture, mayAsk, mayRegister }: WaysOnProps) {
  return (
    <Cluster>
      <ButtonLink href={`/check?policy=${slug}`}>Check something else</ButtonLink>
      <ButtonLink href={`/policies/${slug}`} look="quiet">
        Read the policy
      </ButtonLink>
      {mayCapture && (
        <Link href={`/records/new?${situation}`} className="inline-flex min-h-12 items-center">
          Capture a record
        </Link>
      )}
      {mayAsk && (
        <Link href={`/exceptions/new?${situation}`} className="inline-flex min-h-12 items-center">
          Ask for an exception
        </Link>
      )}
      {mayRegister && (
        <Link href={`/groups/new?${situation}`} className="inline-flex min-h-12 items-center">
          Register a chat group
        </Link>
      )}
    </Cluster>
  );
}
