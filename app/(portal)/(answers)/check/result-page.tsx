import { VerdictAnswer } from "#app/(portal)/(policy)/_verdict/verdict-answer.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { mapAddress } from "#app/(portal)/(policy)/policies/[slug]/version-address.ts";
import { AnswerUntil } from "#app/_portal/answer-until.tsx";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { isLookedAt } from "#app/_portal/is-page-view.ts";
import { PolicyBanners } from "#app/_portal/policy-banners.tsx";
import { PolicyLine } from "#app/_portal/policy-line.tsx";
import { CopyText, ErrorSummary, Quotation, UserText } from "#app/_ui/content.tsx";
import {
  ButtonLink,
  Disclosure,
  Lines,
  Link,
  LinkLine,
  LinkList,
  PageSection,
  Stack,
  VisuallyHidden,
} from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import { offersOf, type ResultOffers, signpostOffer, type SignpostOffer } from "#domain/policy/decision/offer.ts";
import type { Answers, Rule } from "#domain/policy/decision/rule-file.ts";
import { isPermission, type Verdict } from "#domain/policy/decision/verdict.ts";
import { answerPath, type References, writeQuery } from "#domain/policy/decision/wizard.ts";
import { EXCEPTION_FACT, exceptionMatters, type GrantedException } from "#domain/policy/exception/coverage.ts";
import { canBeLifted } from "#domain/policy/exception/effect.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsFor } from "#domain/policy/policy/explain.ts";
import type { Signpost } from "#domain/policy/policy/known-answer.ts";
import { clauseById, type PolicyVersion } from "#domain/policy/policy/policy.ts";
import { answerWords, inOneSentence, questionFor } from "#domain/policy/policy/wording.ts";
import { referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { type ChatReading, groupReference } from "#domain/registers/group/chat-answer.ts";
import { speaksOfDeleting } from "#domain/registers/hold/hold.ts";
import { type DecidingTable, getKnownAnswers } from "#server/answers/known-answer/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { tallyUnsure } from "#server/policy/question/service.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { type CheckPlace, form, resultHeadline, type ShownCheck } from "./form.tsx";
import { helpedForm } from "./helped-form.tsx";
import { ChatLeftOut, Withheld } from "./result-notices.tsx";
import { YourAnswers } from "./your-answers.tsx";

const STRICT: readonly Verdict[] = ["never", "exception-only", "via-communications", "discouraged"];

/**
 * An answer in one look: the verdict, what to do instead and the answers it rests on, then what must be done; the
 * reasons, and what else can be done, are folded below (docs/decisions/072).
 */
export async function ResultPage({ shown, check }: { shown: ShownCheck; check: CheckPlace<"result"> }) {
  const { policy, published, own, chat, isWithheld, query, step } = check;
  const { actor, formState } = shown;
  const { rule, path, unsaid } = step;
  const exception = own.exceptionFor(rule);
  const { version, isMine } = policy;
  const { slug } = version;
  const sentence = resultHeadline(check);
  const { obligations, holds } = await obligationsUnderHolds(actor, version, own, { rule, answers: query.answers });
  const situation = Object.fromEntries(Object.entries(query.answers).filter(([name]) => path.includes(name)));
  await noteUnsure(actor, version, situation, rule);
  const isLookedUp = isMine && exceptionMatters(published.version.table, situation);
  const isToKeep = policy.isPublished && !policy.isOtherDay;
  const keepable = isToKeep ? resultToKeep(published, { ...own, group: chat.group }, query.answers) : null;
  const { signpost } = await getKnownAnswers();
  const pointing = signpost ? signpostOffer(own.table, signpost, query.answers, rule.verdict) : null;
  const references = { ...referencesOf(own.photo), ...groupReference(chat.group) };
  const asked = writeQuery(slug, query.answers, { references });
  const isForMe = isMine && policy.isPublished;
  const isStrict = isForMe && !exception && STRICT.includes(rule.verdict);
  const mayAsk = isStrict && canBeLifted(published.version, situation);
  return (
    <Stack>
      <ErrorSummary errors={[...formState.problems]} />
      {isWithheld && <Withheld isMine={isMine} />}
      {chat.leftOut === "not-yours" && <ChatLeftOut leftOut={chat.leftOut} />}
      <OneLook check={check} sentence={sentence} isLookedUp={isLookedUp} />
      {mayAsk && rule.verdict === "exception-only" && <AskForException situation={writeQuery(slug, situation)} />}
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
        group={chat.group?.reference}
        situation={situation}
      />
      {/* Side by side; one that is open takes the whole line. */}
      <div className="flex flex-wrap gap-x-5 *:open:w-full print:block">
        <Disclosure summary="Why">
          <Why version={version} rule={rule} unsaid={unsaid} situation={situation} />
          <WayToHere
            version={version}
            answers={query.answers}
            path={path}
            rule={rule}
            lookedUp={isLookedUp ? (exception?.reference ?? "none that covers this") : null}
          />
          <PolicyBanners policy={policy} />
        </Disclosure>
        <WhoToAsk actor={actor} body={policy.body} isMine={isMine} rule={rule} situation={asked} />
        {keepable && <KeepForm shown={shown} situation={asked} fingerprint={keepable.fingerprint} />}
        <WaysOn
          slug={slug}
          words={version.words}
          situation={writeQuery(slug, situation)}
          isForMe={isForMe}
          mayAsk={mayAsk && rule.verdict !== "exception-only"}
          offers={isForMe ? await offersFor(policy, chat, { answers: situation, rule }) : NO_OFFERS}
        />
        {signpost && pointing && (
          <SignpostSection slug={slug} offer={pointing} signpost={signpost} references={references} />
        )}
      </div>
      {isForMe && helpedForm.show(shown, { stored: { situation: asked, version: version.version, rule: rule.id } })}
    </Stack>
  );
}

/** @param situation as written in an address */
const AskForException = ({ situation }: { situation: string }) => (
  <LinkLine onPaper={false} href={`/exceptions/new?${situation}`} className="inline-flex min-h-8 items-center">
    Ask for an exception
  </LinkLine>
);

const NO_OFFERS: ResultOffers = { mayCapture: false, mayRegister: false };

/** What is offered for these answers, each once on the page: what is at an obligation is not among them. */
async function offersFor(
  policy: ReadablePolicy,
  chat: ChatReading,
  { answers, rule }: { answers: Answers; rule: Rule },
): Promise<ResultOffers> {
  const { table, sources } = policy.version;
  const { group } = await getKnownAnswers();
  const { mayCapture, mayRegister } = offersOf(table, { answers, rule, served: sources.served, group });
  return {
    mayCapture: mayCapture && !rule.obligations.some((id) => isRecord(policy, id)),
    mayRegister: mayRegister && !chat.group,
  };
}

/** A longer sentence has smaller type on a phone, so that what to do instead is on its first screen. */
const LONG_SENTENCE = 45;

/** What is to be on the first screen of a phone: the verdict, what to do instead, and the answers it rests on. */
function OneLook({ check, sentence, isLookedUp }: React.ComponentProps<typeof YourAnswers> & { sentence: string }) {
  const { policy, own, step } = check;
  const { rule } = step;
  const exception = own.exceptionFor(rule);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-4 lg:grid-cols-[minmax(0,1fr)_20rem] lg:gap-14 print:block print:space-y-6">
      <div className="min-w-0">
        <VerdictAnswer
          verdict={rule.verdict}
          words={policy.version.words}
          sentence={<Sentence sentence={sentence} exception={exception} />}
          size={sentence.length > LONG_SENTENCE ? "lead" : "title"}
        >
          <Instead rule={rule} />
        </VerdictAnswer>
      </div>
      <div className="min-w-0 space-y-2">
        <YourAnswers check={check} isLookedUp={isLookedUp} />
        <PolicyLine policy={policy} />
      </div>
    </div>
  );
}

/** The answers with which the published table gives the same: people are not asked about exceptions from their own. */
const asPublished = (situation: Answers, isMine: boolean): Answers =>
  isMine ? { [EXCEPTION_FACT]: "no", ...situation } : situation;

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

const clauseAddress = (slug: string, id: string): string => `/policies/${slug}#${clauseAnchor(id)}`;

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

const Conditions = ({ exception: { reference, conditions } }: { exception: GrantedException }) => (
  <PageSection title={`Conditions of ${reference}`}>
    {conditions.length > 0 ? (
      <ul>
        {conditions.map((condition, index) => (
          <li key={index}>
            <UserText>{condition}</UserText>
          </li>
        ))}
      </ul>
    ) : (
      <p>The exception sets no conditions. You still have to follow the points below.</p>
    )}
    <LinkLine href={`/exceptions/${reference}`}>Read {reference}</LinkLine>
  </PageSection>
);

/** Whether an obligation is to capture a record, which the reader can do here. */
const isRecord = ({ isMine, version }: ReadablePolicy, id: string): boolean =>
  isMine && version.table.obligations.get(id)?.feature === "records";

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
    <section className="space-y-2">
      <h2>{rule.verdict === "discouraged" ? "If you still need to" : "What you must do"}</h2>
      <ul className="list-disc space-y-1 ps-5 text-small">
        {obligations.map(({ id, text, clause }) => (
          <li key={id}>
            {text}{" "}
            <a href={clauseAddress(version.slug, clause)} className="whitespace-nowrap">
              <VisuallyHidden>Clause </VisuallyHidden>
              {clause}
            </a>
            {group && version.table.obligations.get(id)?.feature === "groups" && (
              <Link href={`/groups/${group}`} className="ms-3 whitespace-nowrap">
                See the group
              </Link>
            )}
            {isRecord(policy, id) && (
              <Link
                href={`/records/new?${writeQuery(version.slug, situation)}`}
                className="no-print ms-3 whitespace-nowrap"
              >
                Capture the record
              </Link>
            )}
          </li>
        ))}
      </ul>
      {isHeld && <p>What the policy says about deleting is left out here, because of the hold.</p>}
    </section>
  );
}

/** What can be used instead of the app, or in addition to it. */
function Instead({ rule: { verdict, instead } }: { rule: Rule }) {
  if (instead.length === 0) return null;
  const isInstead = !isPermission(verdict) && verdict !== "not-covered";
  return (
    <section className="space-y-1">
      <h2 className="text-body">
        {isInstead ? "What to use instead" : verdict === "not-covered" ? "What to do now" : "You could also"}
      </h2>
      <Lines className="list-disc space-y-1 ps-5" lines={instead} />
    </section>
  );
}

type WhyProps = { version: PolicyVersion; rule: Rule; unsaid: readonly string[]; situation: Answers };

function Why({ version, rule, unsaid, situation }: WhyProps) {
  const said = Object.entries(situation).map(([name, answer]) => answerWords(questionFor(version, name), answer).when);
  return (
    <>
      {said.length > 0 && <p>{`You said: ${inOneSentence(said)}.`}</p>}
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
      {rule.reading && <p>How we read the policy here: {rule.reading}</p>}
    </>
  );
}

type WhoToAskProps = { actor: Actor; body: Body; isMine: boolean; rule: Rule; situation: string };

/** The contacts named by the rule; if it names none, the body's first contact. */
async function WhoToAsk({ actor, body, isMine, rule, situation }: WhoToAskProps) {
  const named = body.contacts.filter(({ id }) => rule.contacts.includes(id));
  const contacts = named.length > 0 ? named : body.contacts.slice(0, 1);
  return (
    <Disclosure summary="Who to ask">
      <ContactList contacts={contacts} manager={isMine ? await getOwnLineManager(actor) : null} />
      <LinkLine onPaper={false} href={`/check/message?${situation}`}>
        Prepare a message about this
      </LinkLine>
    </Disclosure>
  );
}

type WaysOnProps = {
  slug: string;
  words: PolicyVersion["words"];
  /** The situation as written in an address. */
  situation: string;
  /** The policy holds for the reader. */
  isForMe: boolean;
  mayAsk: boolean;
  offers: ResultOffers;
};

function WaysOn({ slug, words, situation, isForMe, mayAsk, offers: { mayCapture, mayRegister } }: WaysOnProps) {
  const ways = [
    ...(mayAsk ? [{ href: `/exceptions/new?${situation}`, label: "Ask for an exception" }] : []),
    ...(mayCapture ? [{ href: `/records/new?${situation}`, label: "Capture a record" }] : []),
    ...(mayRegister ? [{ href: `/groups/new?${situation}`, label: "Register a chat group" }] : []),
    { href: `/policies/${slug}`, label: "Read the policy" },
  ];
  return (
    <Disclosure summary="More" onPaper={false}>
      <ButtonLink href={`/check?policy=${slug}`}>Check something else</ButtonLink>
      <LinkList links={ways} />
      {isForMe && (
        <p>
          {words.done} <Link href={`/incidents/new?${situation}`}>I shared something by mistake</Link>
        </p>
      )}
    </Disclosure>
  );
}

type KeepFormProps = {
  shown: ShownCheck;
  /** The address's query of the result. */
  situation: string;
  /** The hash of what is shown. */
  fingerprint: string;
};

/** Keeps the result with one press; the reader can add a note. Open if it could not be kept as it was sent. */
const KeepForm = ({ shown, situation, fingerprint }: KeepFormProps) => (
  <Disclosure id="keep" summary="Keep it" onPaper={false} open={shown.formState.isReturned}>
    <p>
      If somebody asks later why you did it, <Link href="/decisions">your kept results</Link> show the answer and its
      reasons as they are today. Only you see them, unless you share one.
    </p>
    {form.show(shown, { stored: { situation, fingerprint } })}
  </Disclosure>
);

type WayToHereProps = {
  /** With the table that decides for the reader. */
  version: PolicyVersion & { readonly table: DecisionTable };
  answers: Answers;
  path: readonly string[];
  rule: Rule;
  /** What the portal looked up, if that counted. */
  lookedUp: string | null;
};

/** How the reader got to this answer, question by question, and where the other answers would have led. */
function WayToHere({ version, answers, path, rule, lookedUp }: WayToHereProps) {
  const steps = answerPath(version.table, answers, path);
  if (steps.length === 0) return null;
  return (
    <section className="space-y-3">
      <h2 className="text-body">How you got this answer</h2>
      <ol className="list-none space-y-4 border-s-4 border-ink ps-4">
        {steps.map(({ fact, answer, others }) => {
          const question = questionFor(version, fact);
          const labels = (some: readonly string[]) =>
            some.length > MOST_NAMED
              ? `${some.length} other answers`
              : inOneSentence(
                  some.map((one) => answerWords(question, one).label),
                  "or",
                );
          return (
            <li key={fact}>
              {question.ask} <strong>{answerWords(question, answer).label}</strong>
              <ul className="text-small text-soft">
                {others.map(({ verdict, answers: some }) => (
                  <li key={verdict ?? "more"}>
                    {labels(some)}:{" "}
                    {verdict ? <VerdictWord verdict={verdict} words={version.words} /> : "more questions"}
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
        {lookedUp && <li>Approved exception, looked up by the portal: {lookedUp}</li>}
        <li>
          <VerdictWord verdict={rule.verdict} words={version.words} />
        </li>
      </ol>
      <LinkLine
        onPaper={false}
        href={mapAddress(version, Object.fromEntries(path.map((name) => [name, answers[name] ?? ""])))}
      >
        See these answers on the map of all questions
      </LinkLine>
    </section>
  );
}

/** If there are more answers than this, they are only counted. */
const MOST_NAMED = 3;

type SignpostSectionProps = {
  slug: string;
  offer: SignpostOffer;
  signpost: Signpost;
  /** Records that give some of the answers. */
  references: References;
};

/** Texts to copy that only point to something sent another way, and a warning about what they must not contain. */
function SignpostSection({ slug, offer, signpost, references }: SignpostSectionProps) {
  const texts = <Texts signpost={signpost} />;
  if (offer.kind === "this") return <Disclosure summary="A text you can use">{texts}</Disclosure>;
  const href = `/check?${writeQuery(slug, offer.answers, { references })}`;
  return (
    <Disclosure summary="Or tell them where it is">
      <p>
        Send it another way, and then a short message that only says so.{" "}
        {offer.isCertain ? "The policy lets you do that: " : "Whether you may depends on a little more: "}
        <Link href={href}>{offer.isCertain ? "see how" : "check it"}</Link>.
      </p>
      {texts}
    </Disclosure>
  );
}

const Texts = ({ signpost: { texts, warning } }: { signpost: Signpost }) => (
  <>
    <p>
      <strong>{warning}</strong>
    </p>
    {texts.map((text, at) => (
      <CopyText
        key={text}
        id={`signpost-${at + 1}`}
        label={texts.length === 1 ? "To copy" : `To copy, ${at + 1} of ${texts.length}`}
        text={text}
        lines={2}
      />
    ))}
  </>
);
