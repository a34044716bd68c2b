import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const FULL = { disappear: "90", timerBy: "administrators", canExport: "no", assistant: "none" };

describeOnOneDatabase("the form that confirms the settings of a chat", (database) => {
  let first: Actor;
  let reference: string;
  beforeEach(async () => {
    const on = { body: "example-borough" };
    first = await addPerson(database(), "first", on);
    const group = { administrators: [first, await addPerson(database(), "second", on)] };
    ({ reference } = await addApprovedGroup(database(), group));
    // Under a policy that gives people time to copy what has value.
    await database().prisma.chatGroup.update({ where: { reference }, data: { policy: "model", version: "2.0" } });
  });
  const find = () => getChatGroup(first, reference);
  const send = (sent: Parameters<typeof post>[3], actor = first) =>
    post(POST, actor, `/groups/${reference}/settings`, sent, { reference });

  it("takes how they are now", async () => {
    expect(await send(FULL)).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    const said = { timerBy: "administrators", canExport: false, assistant: "none" };
    expect(await find()).toMatchObject({ disappearDays: 90, ...said });
    await send({ ...FULL, disappear: "0" });
    expect((await find())?.disappearDays).toBeNull();
  });

  it("says which is missing or not allowed, and keeps what was chosen", async () => {
    await expectRefusals(send, FULL, [
      [{ disappear: "" }, "disappear", /^Say whether messages disappear/],
      [{ disappear: "30" }, "disappear", /^Say whether messages disappear/],
      [{ disappear: "1" }, "disappear", /must not disappear sooner/],
      [{ timerBy: "nobody" }, "timerBy", /^Say who can change that/],
      [{ canExport: "" }, "canExport", /^Say whether messages can be exported/],
      [{ assistant: "perhaps" }, "assistant", /^Say whether the assistant is off/],
      [{ assistant: "on" }, "assistant", /^Switch it off first/],
    ]);
    expect((await find())?.timerBy).toBeNull();
  });

  it("is not there for others", async () => {
    expect((await send(FULL, await addPerson(database(), "other", { body: "example-borough" }))).status).toBe(404);
  });
});
