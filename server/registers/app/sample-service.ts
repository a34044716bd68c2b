import { addDays, addMonths } from "#domain/base/calendar/calendar.ts";
import type { AppDraft } from "#domain/registers/app/app.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findActor, listPeopleWithRole } from "#server/access/identity/queries.ts";
import { listAppRecords } from "./repository.ts";
import { decideApp } from "./service.ts";

/** The invented body whose register has apps from the start, to show what a decision looks like. */
const BODY = "example-borough";

/** Lets the invented officer decide on two apps, while the register is empty. For evaluation mode. */
export async function seedSampleApps(bodies: readonly { slug: string }[]): Promise<void> {
  const tx = getDatabase();
  if (!bodies.some(({ slug }) => slug === BODY) || (await listAppRecords(tx, BODY)).length > 0) return;
  const [officer] = await listPeopleWithRole(tx, BODY, "governance-officer");
  const [owner] = await listPeopleWithRole(tx, BODY, "senior-information-risk-owner");
  const [actor, ownerOfRisk] = await Promise.all([findActor(officer?.id ?? ""), findActor(owner?.id ?? "")]);
  if (!actor || !ownerOfRisk) return;
  const today = clock.today();
  const shared = { riskOwner: ownerOfRisk.email, reviewOn: { kind: "day", day: addMonths(today, 12) } } as const;
  const drafts: AppDraft[] = [
    {
      ...shared,
      name: "WhatsApp",
      state: "approved",
      purpose: "Everyday arrangements among colleagues and with official partners, as the policy says.",
      whoMay: "All staff who have accepted the policy.",
      dpiaReference: "DPIA 41 (invented)",
      dpiaOn: { kind: "day", day: addDays(today, -90) },
      settings: ["Assistant off in every work chat", "Only administrators change the timer of disappearing messages"],
      reason:
        "It fills the gaps that Microsoft Teams leaves on the road. The assessment found the risks acceptable with these settings.",
    },
    {
      ...shared,
      name: "Telegram",
      state: "refused",
      purpose: "Asked for by one team, for a group with volunteers.",
      whoMay: "Nobody.",
      dpiaReference: "",
      dpiaOn: { kind: "empty" },
      settings: [],
      reason: "Nobody has assessed it, and WhatsApp serves the same purpose.",
    },
  ];
  for (const draft of drafts) await decideApp(actor, null, draft);
}
