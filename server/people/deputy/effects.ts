import "server-only";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { deputyEnded } from "#domain/people/deputy/notice.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { PersonListener } from "#server/base/connections.ts";
import { clock } from "#server/base/clock.ts";
import { endDeputies, listDeputies } from "./repository.ts";

/** When one of the two leaves, it ends: the other is told. */
export const endDeputiesOfLeaver: Required<PersonListener>["onLeaving"] = async (
  tx,
  { body, personId },
  { by, at, reason },
) => {
  const found = reason === "left" ? await listDeputies(tx, body, calendarDay(at), personId) : [];
  await endDeputies(
    tx,
    found.map(({ id }) => id),
    at,
    null,
  );
  const ended = found.map(({ principal, deputy, role }) => ({
    body,
    principalId: principal.personId,
    deputyId: deputy.personId,
    role,
  }));
  const evidence = ended.map(({ principalId, deputyId, role }): EvidenceEvent => {
    return { body, event: "deputy.ended", at, actor: by, subject: principalId, data: { deputy: deputyId, role } };
  });
  const notices = ended.flatMap((one) => deputyEnded(one)).filter(({ to }) => to !== personId);
  return { evidence, notices, groups: 0 };
};

/** People who stand in for somebody or for whom somebody does: for imports that mark many people as having left. */
export const listPeopleWithDeputies: Required<PersonListener>["listConcerned"] = async (tx, body) => {
  const found = await listDeputies(tx, body, calendarDay(clock.now()));
  return new Set(found.flatMap(({ principal, deputy }) => [principal.personId, deputy.personId]));
};
