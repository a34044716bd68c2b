import { Steps, type StepItem } from "#app/_ui/steps.tsx";
import { Section } from "#app/_ui/section.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { momentInWords } from "#domain/base/calendar/calendar.ts";
import { SECTION_WORDS, REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import type { ExceptionRecord, ExceptionView, StepRecord } from "#server/policy/exception/queries.ts";
import { roleInWords, EXCEPTION_STEP_TITLES } from "./step-words.ts";

/** Every step of a request, oldest first, with reasons and comments, including its expiry. */
export function ExceptionHistory({ view: { exception, state } }: { view: ExceptionView }) {
  const items = exception.steps.map((step, index): StepItem => {
    return {
      title: stepTitle(exception, index),
      when: <Moment at={step.at} />,
      who: `${step.by.name}, ${roleInWords(step, exception)}`,
      children: <Said step={step} />,
    };
  });
  if (state === "expired" && exception.endsAt) items.push({ title: "Expired", when: <Moment at={exception.endsAt} /> });
  if (items.length === 0) return null;
  return (
    <Section title="What happened">
      <Steps items={items} />
    </Section>
  );
}

/** What a step is called: an approval that another has to follow, or a request that was sent before, is called so. */
function stepTitle({ steps, state, decidedAt }: ExceptionRecord, index: number): string {
  const command = steps[index]?.command ?? "edit";
  if (command === "submit" && index > 0) return "Sent again";
  const later = steps.slice(index + 1);
  const isFollowed = later.some((one) => one.command === "approve") || (state === "submitted" && decidedAt === null);
  return command === "approve" && isFollowed ? "Approved by one of several" : EXCEPTION_STEP_TITLES[command];
}

function Said({ step }: { step: StepRecord }) {
  const sections = REQUEST_SECTIONS.filter((section) => step.comments[section]);
  if (!step.reason && sections.length === 0) return null;
  return (
    <>
      {step.reason && <UserText>{step.reason}</UserText>}
      {sections.map((section) => (
        <div key={section}>
          <p className="text-small font-bold">{SECTION_WORDS[section]}</p>
          <UserText>{step.comments[section] ?? ""}</UserText>
        </div>
      ))}
    </>
  );
}

function Moment({ at }: { at: Date }) {
  return <time dateTime={at.toISOString()}>{momentInWords(at)}</time>;
}
