import { Tag } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { isAwayOn, isStarting } from "#domain/access/identity/person.ts";
import type { PersonRow } from "#server/people/directory/queries.ts";

/**
 * What is special about somebody: they have left, are not here yet, are away, or are invented. @param today YYYY-MM-DD
 */
export function PersonTags({ person, today }: { person: PersonRow; today: string }) {
  const { status, awayUntil, startsOn, isSample, rolesUnconfirmedSince } = person;
  return (
    <>
      {status === "left" && <Tag tone="warning">Has left</Tag>}
      {status === "active" && startsOn && isStarting(person, today) && <Tag>Starts {dateInWords(startsOn)}</Tag>}
      {status === "active" && awayUntil && isAwayOn(person, today) && <Tag>Away until {dateInWords(awayUntil)}</Tag>}
      {status === "active" && rolesUnconfirmedSince && <Tag tone="warning">Roles not confirmed</Tag>}
      {isSample && <Tag>Invented</Tag>}
    </>
  );
}
