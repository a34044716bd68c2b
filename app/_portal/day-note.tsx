import { Banner } from "../_ui/content.tsx";
import { LinkLine } from "../_ui/layout.tsx";
import { addDays, dateInWords } from "#domain/base/calendar/calendar.ts";
import { lastDayOf } from "#domain/policy/policy/on-day.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";

type Props = {
  policy: Pick<ReadablePolicy, "version" | "day" | "isOtherDay">;
  /** The address of the same page for today. */
  today: string;
};

/** Says of which day the answers are, and until when: nothing where it is today and no rule of the version ends. */
export function DayNote({ policy: { version, day, isOtherDay }, today }: Props) {
  const until = lastDayOf(version);
  if (!isOtherDay && until === null) return null;
  const title = isOtherDay ? `These are the answers for ${dateInWords(day)}` : `Until ${dateInWords(until ?? "")}`;
  return (
    <Banner title={title}>
      {until !== null && <p>{`Some answers change on ${dateInWords(addDays(until, 1))}.`}</p>}
      {isOtherDay && <LinkLine href={today}>See those for today</LinkLine>}
    </Banner>
  );
}
