import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that decides on a group", (database) => {
  let officer: Actor;
  let first: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    first = await addPerson(database(), "first");
    const group = { administrators: [first, await addPerson(database(), "second")] };
    ({ reference } = await addApprovedGroup(database(), group));
    const undecided = { state: "requested", decidedAt: null, settingsConfirmedAt: clock.now() } as const;
    await database().prisma.chatGroup.update({ where: { reference }, data: undecided });
  });
  const find = () => getChatGroup(officer, reference);
  const send = async (sent: Parameters<typeof post>[3], actor = officer) =>
    post(
      POST,
      actor,
      `/groups/${reference}/decide`,
      { revision: String((await find())?.revision), ...sent },
      { reference },
    );

  it.each([
    ["approve", "", "approved"],
    ["send-back", "Say more.", "sent-back"],
    ["decline", "There is one already.", "declined"],
  ])("takes %s", async (decision, reason, state) => {
    expect(await send({ decision, reason })).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    expect((await find())?.state).toBe(state);
    expect(Object.keys((await send({ decision, reason })).problems)).toEqual([""]);
  });

  it("says what is missing or in the way, and keeps what was typed", async () => {
    await expectRefusals(send, { decision: "decline", reason: "There is one already." }, [
      [{ decision: "later" }, "decision", /^Choose what you decide/],
      [{ reason: " " }, "reason", /^Say why/],
      [{ decision: "send-back", reason: "" }, "reason", /^Say why/],
      [{ reason: "Ring 07700 900123." }, "reason", /^Take out the phone number/],
      [{ revision: "9" }, "", /^The group was changed since/],
    ]);
    await database().prisma.groupMember.updateMany({ data: { consentedAt: null } });
    expect((await send({ decision: "approve" })).problems[""]).toMatch(/^It can't be approved yet/);
    expect((await find())?.state).toBe("requested");
  });

  it("is not there for others", async () => {
    expect((await send({ decision: "approve" }, first)).status).toBe(404);
  });
});
