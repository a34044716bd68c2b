import { PolicyLine } from "#app/_portal/policy-line.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { BackLink, Button, Lines, Link, LinkLine, PageSection, Stack } from "#app/_ui/layout.tsx";
import { CheckboxQuestion, RadioQuestion } from "#app/_ui/fields.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { decide } from "#domain/policy/decision/decide.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";
import { questionsAfter, questionsAfterInWords, writeQuery, type References } from "#domain/policy/decision/wizard.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { groupReference, type ChatReading, type ChatRegister } from "#domain/registers/group/chat-answer.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { questionFor, answerWords, type Question } from "#domain/policy/policy/wording.ts";
import { PHOTO_PARAMETER, referencesOf } from "#domain/registers/consent/photo-answer.ts";
import { channelsInWords } from "#domain/policy/policy/body.ts";
import { getKnownAnswers, type DecidingTable } from "#server/answers/known-answer/queries.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import type { CheckPlace } from "./form.tsx";
import { ChatLeftOut, ConsentLeftOut, NotKept, Withheld } from "./result-notices.tsx";

type Props = {
  check: CheckPlace<"question">;
  /** A result that could not be kept, because more questions have to be answered now. */
  formState: FormState;
  inputId: string | undefined;
};

/** One question of the wizard: a plain form that sends its answer, and all earlier ones, in the address. */
export async function QuestionPage({ check, formState, inputId }: Props) {
  const { policy, own, query, step, isUnanswered, isWithheld, chat } = check;
  const { photo } = own;
  const chats = own.chats?.isInUse ? own.chats : null;
  const { version } = policy;
  const { slug } = version;
  const question = questionFor(version, step.fact);
  const chosen = query.answers[step.fact];
  const others = Object.entries(query.answers).filter(([name]) => name !== step.fact);
  const isChat = chats?.fact === step.fact;
  const references = { ...referencesOf(photo), ...groupReference(chat.group) };
  const isAboutPeople = photo?.known.fact === step.fact;
  // What is asked now is to be answered again.
  const earlier = { ...(isAboutPeople ? {} : referencesOf(photo)), ...(isChat ? {} : groupReference(chat.group)) };
  const { channel } = await getKnownAnswers();
  const channels = channel?.fact === step.fact ? channelsInWords(policy.body, getToday()) : null;
  const offered = question.answers
    .filter(({ answer }) => !isChat || answer !== chats.answer)
    .map((one) => (channels && one.answer === channel?.answer ? { ...one, hint: channels } : one));
  const canAnswer = question.answers
    .map(({ answer }) => answer)
    .filter((answer) => !isChat || answer !== chats.answer || chats.groups.length > 0);
  const back = step.isChange
    ? `/check?${writeQuery(slug, query.answers, { references })}`
    : step.previous
      ? `/check?${writeQuery(slug, query.answers, { ask: step.previous, references })}`
      : "/";
  const error = "Choose the answer that fits best.";
  const soFar = step.path.map((name) =>
    chat.group && name === chats?.fact
      ? chat.group.name
      : answerWords(questionFor(version, name), query.answers[name] ?? "").label,
  );

  return (
    <Stack gap="loose">
      <BackLink href={back}>
        {step.isChange && decide(version.table, query.answers).settled ? "Back to the result" : "Back"}
      </BackLink>
      {formState.isReturned && <NotKept formState={formState} />}
      {isWithheld && <Withheld isMine={policy.isMine} />}
      {chat.leftOut && (chat.leftOut === "not-yours" || isChat) && <ChatLeftOut leftOut={chat.leftOut} />}
      {photo?.hasDropped && <ConsentLeftOut />}
      {isUnanswered && <ErrorSummary errors={[{ field: step.fact, message: error }]} />}
      <div className="space-y-1.5">
        <PolicyLine policy={policy} />
        {soFar.length > 0 && <p className="text-small text-soft">So far: {soFar.join(" · ")}</p>}
        <p className="text-small text-soft">
          {questionsAfterInWords(questionsAfter(version.table, query.answers, step.fact, canAnswer))}
        </p>
      </div>
      <form action="/check" method="get" noValidate className="space-y-7">
        <input type="hidden" name="policy" value={slug} />
        <EarlierAnswers answers={others} references={earlier} />
        <input type="hidden" name="asked" value={step.fact} />
        {inputId && <input type="hidden" name="kept" value={inputId} />}
        <RadioQuestion
          name={step.fact}
          question={question.ask}
          help={
            isChat ? (
              <GroupHelp chats={chats} kinds={query.answers} slug={slug} />
            ) : (
              question.help && <p>{question.help}</p>
            )
          }
          error={isUnanswered ? error : undefined}
          options={[...(isChat ? groupOptions(chats, chat) : []), ...answerOptions(offered, chosen)]}
        />
        {isAboutPeople && <ConsentChoice photo={photo} />}
        <Button>Continue</Button>
      </form>
      {step.previous === null && !step.isChange && <OtherStarts version={version} chats={chats} />}
    </Stack>
  );
}

const EarlierAnswers = (props: { answers: readonly [string, string][]; references: References }) => (
  <>
    {props.answers.map(([name, answer]) => (
      <input key={name} type="hidden" name={name} value={answer} />
    ))}
    {Object.entries(props.references).flatMap(([name, all]) =>
      all.map((reference) => <input key={reference} type="hidden" name={name} value={reference} />),
    )}
  </>
);

const groupOptions = ({ groups }: ChatRegister, { group }: ChatReading) =>
  groups.map(({ reference, name }) => ({
    value: reference,
    label: name,
    hint: `Approved group, ${reference}`,
    checked: reference === group?.reference,
  }));

const answerOptions = (answers: Question["answers"], chosen: string | undefined) =>
  answers.map(({ answer, label, hint, examples }) => ({
    value: answer,
    label,
    hint: examples.length > 0 ? <Examples examples={examples} /> : hint,
    checked: answer === chosen,
  }));

const OtherStarts = ({ version, chats }: { version: PolicyVersion; chats: ChatRegister | null }) => (
  <>
    <LinkLine href={`/check?${new URLSearchParams({ policy: version.slug, say: "" }).toString()}`}>
      Say in your own words what it is about
    </LinkLine>
    <PageSection title="Or start from an example">
      <ul className="list-none divide-y divide-line border-y border-line">
        {examplesOf(version, chats).map(({ name, answers, verdict }) => (
          <li key={name} className="flex flex-wrap items-center justify-between gap-x-6 py-1">
            <Link
              href={`/check?${writeQuery(version.slug, answers)}`}
              className="inline-flex min-h-target items-center"
            >
              {name}
            </Link>
            {verdict && <VerdictWord verdict={verdict} words={version.words} />}
          </li>
        ))}
      </ul>
    </PageSection>
  </>
);

/**
 * The examples as the current table decides them. If the portal knows about exceptions itself, examples that assume one
 * are left out, as are those with an answer not offered now; if a real exception leads to more questions, no verdict is
 * promised.
 */
function examplesOf(
  { table, examples }: PolicyVersion,
  chats: ChatRegister | null,
): { name: string; answers: Answers; verdict: Verdict | null }[] {
  const isAsked = table.facts.some(({ name }) => name === EXCEPTION_FACT);
  const isOffered = ([fact, answer]: [string, string]) =>
    table.facts.every(({ name, answers }) => name !== fact || answers.includes(answer));
  return examples
    .filter(({ facts }) => isAsked || facts[EXCEPTION_FACT] !== "yes")
    .filter(({ facts }) => Object.entries(facts).every(isOffered))
    .map(({ name, facts }) => {
      // Only the reader knows which approved group it is.
      const isAskedFor = ([fact, answer]: [string, string]) => chats?.fact === fact && chats.answer === answer;
      const isKnown = (given: [string, string]) =>
        table.facts.some((one) => one.name === given[0]) && !isAskedFor(given);
      const answers: Answers = Object.fromEntries(Object.entries(facts).filter(isKnown));
      const decision = decide(table, answers);
      return { name, answers, verdict: decision.settled ? decision.rule.verdict : null };
    });
}

/** Where the names come from, and what to do if there are none. */
const GroupHelp = ({ chats, kinds, slug }: { chats: ChatRegister; kinds: Answers; slug: string }) => (
  <p>
    {chats.groups.length > 0
      ? "The portal names the approved groups that you are in. "
      : "You are in no approved group on the register. "}
    <Link href={`/groups/new?${writeQuery(slug, kinds)}`}>Register a group</Link>
  </p>
);

/** The policy's own examples of an answer: they explain it better than the general hint. */
const Examples = ({ examples }: { examples: readonly string[] }) => (
  <>
    In this policy, for example:
    <Lines className="list-disc ps-5" lines={examples} />
  </>
);

/** The photo consents that the reader recorded and that are valid today: those chosen have agreed. */
function ConsentChoice({ photo: { offered, chosen } }: { photo: NonNullable<DecidingTable["photo"]> }) {
  if (offered.length === 0)
    return (
      <p className="max-w-form text-small text-soft">
        You have no current photo consent here. If you have the form, <Link href="/photos/new">record the consent</Link>
        , so that you can show it later.
      </p>
    );
  return (
    <CheckboxQuestion
      name={PHOTO_PARAMETER}
      heading={false}
      question="Whose consent do you have?"
      help={
        <p>
          From <Link href="/photos">the photo consents that you recorded</Link>. Choose everybody in the photo; the
          answer above is then “everyone has agreed”. Check that the photo is for the use that they agreed to.
        </p>
      }
      options={offered.map(({ reference, name, purpose, until }) => ({
        value: reference,
        label: `${name}, ${reference}`,
        hint: `For: ${purpose}. Until ${dateInWords(until)}.`,
        checked: chosen.some((one) => one.reference === reference),
      }))}
    />
  );
}
