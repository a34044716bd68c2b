import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getActivity } from "#server/registers/continuity/queries.ts";
import { declareActivity } from "#server/registers/continuity/service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const CORRECT = { do: "correct", seen: "0", title: "E-mail  is\n slow", reason: "A cable was cut.", why: "A slip." };

describeOnOneDatabase("the forms of a business continuity activity", (database) => {
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    officer = await addPerson(database(), "olive", { roles: ["governance-officer"] });
    const declared = await declareActivity(officer, { startKey: "one", title: "E-mail is down", reason: "A fire." });
    reference = declared.code === "declared" ? declared.reference : "";
  });
  const find = () => getActivity(officer, reference);
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, `/continuity/${reference}`, sent, { reference });

  it("correct it, with the title in one line, and end it", async () => {
    expect(await send(CORRECT)).toMatchObject({ to: `/continuity/${reference}`, problems: {} });
    expect(await find()).toMatchObject({ title: "E-mail is slow", record: { reason: CORRECT.reason } });
    expect(await send({ do: "end", endReason: "It works." })).toMatchObject({ problems: {} });
    expect((await find())?.record?.endReason).toBe("It works.");
  });

  it("say which field is wrong, and keep what was typed", async () => {
    await expectRefusals(send, CORRECT, [
      [{ title: "" }, "title", /^Say in a few words/],
      [{ title: "x".repeat(81) }, "title", /80/],
      [{ reason: "" }, "reason", /^Say why it is declared/],
      [{ why: "" }, "why", /^Say why you are correcting it/],
      [{ seen: "2" }, "", /^Somebody else corrected it/],
    ]);
    await expectRefusals(send, { do: "end" }, [
      [{ endReason: "" }, "endReason", /^Say why it ends/],
      [{ endReason: "x".repeat(2001) }, "endReason", /2,000/],
    ]);
    expect(await find()).toMatchObject({ title: "E-mail is down", endedAt: null });
  });

  it("are not there for others", async () => {
    const employee = await addPerson(database(), "emma");
    for (const sent of [CORRECT, { do: "end", endReason: "Over." }])
      expect((await send(sent, employee)).status, sent.do).toBe(404);
  });
});
