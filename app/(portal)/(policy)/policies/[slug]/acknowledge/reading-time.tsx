import { Banner } from "#app/_ui/banner.tsx";
import { timeOfDay } from "#domain/base/calendar/calendar.ts";
import { acceptableFrom, type OpenReading } from "#domain/policy/understanding/reading.ts";

/** How long reading has to take and from when one can accept; how many situations there are. Said before anything else. */
export function ReadingTime({ reading: { demand, openedAt, asking, passedAt } }: { reading: OpenReading }) {
  const from = acceptableFrom(openedAt, demand);
  if (!from && !asking && !passedAt) return null;
  return (
    <Banner title="Before you can accept">
      {from && (
        <p>
          Reading takes at least {counted(demand.readingMinutes, "minute")}. You can accept from{" "}
          <time dateTime={from.toISOString()}>{timeOfDay(from)}</time>.
        </p>
      )}
      {asking && (
        <p>
          You are asked about {counted(asking.needed, "situation")} from the policy, below. Take your time: only that
          you passed is kept.
        </p>
      )}
      {passedAt && <p>You have answered the situations correctly.</p>}
    </Banner>
  );
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
