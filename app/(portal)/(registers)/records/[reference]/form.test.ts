import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { getRecord } from "#server/registers/record/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as capture } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

const TEXTS = { about: "The hall", chat: "Hall chat", participants: "Sam", content: "We agreed.", system: "Files" };
const RECORD = { ...TEXTS, systemReference: "C-1", retentionClass: "everyday", ...dayInputs("saidOn", "2026-01-10") };
const on = { body: "example-borough" };

describeOnOneDatabase("the form that says that the copy in the chat was deleted", (database) => {
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    employee = await addPerson(database(), "emma", on);
    const { to } = await post(capture, employee, "/records/new", { ...RECORD, do: "save" });
    reference = /REC-.{9}/.exec(to)?.[0] ?? "";
  });
  const deletedAt = async () => (await getRecord(employee, reference))?.chatDeletedAt;
  const send = (sent: Parameters<typeof post>[3], actor = employee) =>
    post(POST, actor, `/records/${reference}`, sent, { reference });

  it("records it, also twice, where nobody has asked for the messages", async () => {
    await expectRefusals(send, {}, [
      [{ holdAnswer: "" }, "holdAnswer", /^Say whether anybody has asked/],
      [{ holdAnswer: "perhaps" }, "holdAnswer", /^Say whether anybody has asked/],
      [{ holdAnswer: "known" }, "holdAnswer", /^Do not delete it/],
      [{ holdAnswer: "unsure" }, "holdAnswer", /^Do not delete it/],
    ]);
    expect(await deletedAt()).toBeNull();
    for (const _ of [1, 2])
      expect(await send({ holdAnswer: "none" })).toMatchObject({ to: `/records/${reference}`, problems: {} });
    expect(await deletedAt()).not.toBeNull();
  });

  it("refuses it under a hold", async () => {
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    const hold = { startKey: "one", reason: "inquiry", occurredOn: null, keep: "All of it.", note: "" } as const;
    await placeHold(officer, { ...hold, isOnSubject: false, groups: [], people: employee.email });
    expect((await send({ holdAnswer: "none" })).problems["holdAnswer"]).toMatch(/^Do not delete it/);
    expect(await deletedAt()).toBeNull();
  });

  it("is there for whoever captured it alone", async () => {
    const officer = await addPerson(database(), "olive", { ...on, roles: ["governance-officer"] });
    expect((await send({ holdAnswer: "none" }, officer)).status).toBe(404);
  });
});
