import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { FormValues, type TypedDate } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import { askQuestion } from "#server/policy/question/service.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { decideApp } from "#server/registers/app/service.ts";
import { recordConsent } from "#server/registers/consent/service.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { reportIncident } from "#server/registers/incident/service.ts";
import { enterRequest } from "#server/registers/information-request/service.ts";
import { startPhoneReturn } from "#server/registers/phone-return/service.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { recordCheck } from "#server/registers/understanding-check/service.ts";
import { exceptionAwaitingApproval } from "./exceptions.ts";
import { addApprovedGroup } from "./groups.ts";
import { addPerson } from "./people.ts";

const day = (days: number): TypedDate => ({ kind: "day", day: addDays(calendarDay(clock.now()), days) });
const NONE: TypedDate = { kind: "empty" };

/** One entry in every register of the body `nao`, as the forms write them. @returns who made them */
export async function fillEveryRegister(database: Database): Promise<{ employee: Actor; officer: Actor }> {
  const employee = await addPerson(database, "emma");
  const officer = await addPerson(database, "olive", { roles: ["governance-officer", "policy-owner"] });
  const startKey = "one";
  const version = (await getPolicy(employee, "nao"))?.version;
  const on = { slug: "nao", version: version?.version ?? "", hash: version?.hash ?? "" };
  await exceptionAwaitingApproval(employee, startKey);
  await addApprovedGroup(database, { administrators: [employee, officer] });
  // No period of the group has ended yet, after which the form would take it.
  const { id: groupId } = await database.prisma.chatGroup.findFirstOrThrow();
  const cleared = { groupId, clearedFor: "group", confirmedById: employee.personId, recordsMovedTo: "The file" };
  const confirmedAt = clock.now();
  await database.prisma.clearDown.create({
    data: { ...cleared, id: "one", dueOn: calendarDay(confirmedAt), confirmedAt, ofEverybody: true },
  });
  const texts = { chat: "A chat", participants: "Two", content: "We agreed.", system: "Files", systemReference: "1" };
  const results = [
    await captureRecord(employee, {
      startKey,
      origin: null,
      draft: {
        principal: "",
        method: "",
        saidTime: "",
        about: "Hall",
        saidOn: day(-3),
        group: "",
        ...texts,
        retentionClass: "",
        className: "Everyday",
        eventOn: NONE,
        keepUntil: NONE,
      },
    }),
    await reportIncident(employee, {
      kind: "shared",
      startKey,
      from: null,
      form: new FormValues({ data: ["health"] }),
    }),
    await enterRequest(officer, {
      startKey,
      draft: { kind: "foi", requester: "A requester", asked: "All messages.", receivedOn: day(-1), dueOn: NONE },
    }),
    await placeHold(officer, {
      startKey,
      reason: "foi",
      occurredOn: addDays(calendarDay(clock.now()), -1),
      keep: "All of it.",
      note: "",
      isOnSubject: false,
      groups: [],
      people: employee.email,
    }),
    await startPhoneReturn(employee, { startKey, person: "", reason: "replacement", dueOn: day(5) }),
    await recordCheck(officer, {
      startKey,
      draft: {
        policy: "nao",
        kind: "survey",
        heldBy: "Us",
        heldOn: day(-2),
        takenBy: "Ten",
        result: "Good",
        actions: "",
      },
    }),
    await decideApp(officer, null, {
      name: "Signal",
      state: "approved",
      purpose: "Rotas.",
      whoMay: "All staff.",
      dpiaReference: "DPIA 7",
      dpiaOn: day(-3),
      riskOwner: officer.email,
      settings: ["Assistant off"],
      reviewOn: day(100),
      reason: "It was.",
    }),
    await recordConsent(employee, {
      startKey,
      draft: {
        name: "A. Person",
        age: "adult",
        guardian: "",
        givenOn: day(-1),
        until: day(90),
        purpose: "News",
        formReference: "Folder 7",
      },
    }),
    await askQuestion(employee, { ...on, clause: "4.3", startKey, question: "May I?" }),
  ];
  const refused = results.filter(({ code }) => code === "invalid" || code === "not-found");
  if (refused.length > 0) throw new Error(`Not entered: ${JSON.stringify(refused)}`);
  return { employee, officer };
}
