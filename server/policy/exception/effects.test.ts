import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { serveExceptionRules } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft, HIGH_RISK, lasting } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { saveWho } from "./draft-service.ts";
import { getException, getQueue, listExceptionTasks } from "./queries.ts";
import {
  approveException,
  declineException,
  requestChanges,
  revokeException,
  submitException,
  withdrawException,
} from "./service.ts";

describeOnOneDatabase("what the people concerned are told", (database) => {
  let asker: Actor;
  let manager: Actor;
  let officer: Actor;
  let senior: Actor;
  let until: string;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    await addPerson(database(), "colleague", { team });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    senior = await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    until = addDays(calendarDay(clock.now()), 10);
  });
  afterEach(() => vi.restoreAllMocks());

  let read = 0;
  /** Who was told since the last look: "person kind, mailed" in order. */
  const told = async () => {
    const all = await database().prisma.notice.findMany({ include: { mails: true }, orderBy: { createdAt: "asc" } });
    const found = all
      .slice(read)
      .map(({ personId, kind, mails }) => `${personId} ${kind}${mails.length > 0 ? ", mailed" : ""}`);
    read = all.length;
    return found.sort();
  };
  const revision = async (reference: string) => (await getException(asker, reference))?.exception.revision ?? 0;
  const approve = async (by: Actor, reference: string) =>
    approveException(by, reference, await revision(reference), {
      reason: "Yes.",
      conditions: [lasting("Carefully.")],
      until,
    });

  beforeEach(() => (read = 0));

  it("goes to whoever decides when it is sent, and to the requester when it is decided", async () => {
    const reference = await completeDraft(asker, "one");
    expect(await told()).toEqual([]);
    await submitException(asker, reference);
    expect(await told()).toEqual(["manager exception-sent, mailed", "officer exception-sent, mailed"]);
    await requestChanges(manager, reference, await revision(reference), "Shorter.", {});
    expect(await told()).toEqual(["asker exception-changes-asked, mailed"]);
    await submitException(asker, reference);
    expect(await told()).toHaveLength(2);
    await approve(officer, reference);
    expect(await told()).toEqual(["asker exception-decided, mailed"]);
    await revokeException(officer, reference, "Stop.");
    expect(await told()).toEqual(["asker exception-ended, mailed"]);
    expect((await getException(asker, reference))?.exception.endsAt?.getTime()).toBeLessThanOrEqual(Date.now());
  });

  it("goes to the requester when it is declined, and to those who would have decided when it is withdrawn", async () => {
    const first = await completeDraft(asker, "one");
    await submitException(asker, first);
    await told();
    await declineException(officer, first, await revision(first), "No.");
    expect(await told()).toEqual(["asker exception-decided, mailed"]);
    const second = await completeDraft(asker, "two", HIGH_RISK);
    await submitException(asker, second);
    expect(await told()).toEqual(["officer exception-sent, mailed", "senior exception-sent, mailed"]);
    await withdrawException(asker, second, "No need.");
    expect(await told()).toEqual(["officer exception-ended, mailed", "senior exception-ended, mailed"]);
  });

  it("goes to everybody in the team that it covers, and never to whoever did it", async () => {
    const reference = await completeDraft(asker, "team");
    await saveWho(asker, reference, {
      scope: "team",
      teamId: "fraud",
      groupId: null,
      wantedFrom: null,
      wantedUntil: until,
    });
    await submitException(asker, reference);
    expect(await told()).toEqual(["officer exception-sent, mailed"]); // it covers the manager of the team
    await approve(officer, reference);
    expect(await told()).toEqual(["asker exception-decided, mailed", "colleague exception-covers-you"]);
    await withdrawException(asker, reference, "No need.");
    expect(await told()).toEqual(["colleague exception-ended, mailed", "officer exception-ended, mailed"]);
  });

  it("goes to the next who decides where the policy wants two, and only the last approval permits anything", async () => {
    const two = [["governance-officer"], ["senior-information-risk-owner"]] as const;
    await serveExceptionRules("nao", { decide: { low: two, medium: two, high: two, because: [] } });
    const reference = await completeDraft(asker, "two");
    await submitException(asker, reference);
    expect(await told()).toEqual(["officer exception-sent, mailed"]);
    expect(await approve(senior, reference)).toEqual({ ok: false, code: "not-yours" });
    expect(await approve(officer, reference)).toEqual({ ok: true });
    expect(await told()).toEqual(["senior exception-sent, mailed"]);
    expect(await getException(asker, reference)).toMatchObject({
      state: "submitted",
      deciders: ["senior-information-risk-owner"],
    });
    expect(await approve(officer, reference)).toEqual({ ok: true }); // the same form again is the same approval
    expect(await declineException(officer, reference, await revision(reference), "No.")).toEqual({
      ok: false,
      code: "has-approved",
    });
    expect(await approve(senior, reference)).toEqual({ ok: true });
    expect(await told()).toEqual(["asker exception-decided, mailed"]);
    expect((await getException(asker, reference))?.state).toBe("approved");
    const events = await database().prisma.evidence.findMany({
      where: { event: { startsWith: "exception.approved" } },
      orderBy: { position: "asc" },
    });
    expect(events.map(({ event }) => event)).toEqual(["exception.approved-in-part", "exception.approved"]);
    await serveExceptionRules("nao", {});
  });

  it("names the same day to whoever approves second in the mail, in the queue and in the task", async () => {
    const two = [["governance-officer"], ["senior-information-risk-owner"]] as const;
    await serveExceptionRules("nao", { decide: { low: two, medium: two, high: two, because: [] } });
    const reference = await completeDraft(asker, "two");
    await submitException(asker, reference);
    vi.spyOn(clock, "now").mockReturnValue(new Date(Date.now() + 7 * 864e5));
    expect(await approve(officer, reference)).toEqual({ ok: true });
    const [task] = await listExceptionTasks(senior);
    const { paragraphs } = await database().prisma.notice.findFirstOrThrow({ where: { personId: "senior" } });
    expect(paragraphs.join(" ")).toContain(`Decide by ${dateInWords(task?.due ?? "")}.`);
    expect((await getQueue(senior))?.rows.map(({ due }) => due)).toEqual([task?.due]);
    await serveExceptionRules("nao", {});
  });
});
