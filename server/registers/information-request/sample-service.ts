import { addDays, addWorkingDays } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findActor, listPeopleWithRole } from "#server/access/identity/queries.ts";
import { listOpenRequests } from "./repository.ts";
import { askToSearch } from "./search-service.ts";
import { enterRequest } from "./service.ts";

/** The invented body whose register has a request from the start, to show what one looks like. */
const BODY = "example-borough";
const startKey = "sample";

/**
 * Lets the invented officer enter a request and ask somebody to search for it, while none is open. For evaluation mode.
 * At the next start it is not entered again.
 */
export async function seedSampleRequest(bodies: readonly { slug: string }[]): Promise<void> {
  const tx = getDatabase();
  if (!bodies.some(({ slug }) => slug === BODY) || (await listOpenRequests(tx, BODY)).length > 0) return;
  const [officer] = await listPeopleWithRole(tx, BODY, "governance-officer");
  const [searcher] = await listPeopleWithRole(tx, BODY, "policy-owner");
  const [actor, asked] = await Promise.all([findActor(officer?.id ?? ""), findActor(searcher?.id ?? "")]);
  if (!actor || !asked) return;
  const today = clock.today();
  const on = (day: string) => ({ kind: "day", day }) as const;
  const entered = await enterRequest(actor, {
    startKey,
    draft: {
      kind: "foi",
      requester: "A resident, file 26/0417 (invented)",
      asked: "All messages of this autumn about closing the car park at the Old Mill, also those in chats on phones.",
      receivedOn: on(addDays(today, -3)),
      dueOn: { kind: "empty" },
    },
  });
  if (entered.code !== "entered") return;
  await askToSearch(actor, entered.reference, {
    startKey,
    draft: {
      people: [asked.email],
      lookFor: "Old Mill, car park, closing",
      chats: "Chats with the parking team and with the contractor",
      apps: "WhatsApp",
      devices: "Your work phone",
      firstDay: on(addDays(today, -90)),
      lastDay: on(today),
      answerBy: on(addWorkingDays(today, 5, new Set())),
    },
  });
}
