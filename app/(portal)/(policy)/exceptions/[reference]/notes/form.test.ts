import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { getExceptionNotes } from "#server/policy/exception/queries.ts";
import { POST as takeOver } from "../take-over/send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of notes", (database) => {
  let asker: Actor;
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    asker = await addPerson(database(), "asker");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    reference = await exceptionAwaitingApproval(asker, "one");
  });
  const send = (actor: Actor, sent: Record<string, string>, to = POST) =>
    post(to, actor, `/exceptions/${reference}`, sent, { reference });

  it("keeps a note, also sent twice", async () => {
    for (const _ of [1, 2])
      expect((await send(officer, { note: "Ask again in May." })).to).toBe(`/exceptions/${reference}?done=noted#notes`);
    expect((await getExceptionNotes(officer, reference))?.notes.map(({ text }) => text)).toEqual(["Ask again in May."]);
  });

  it("says what is missing", async () => {
    expect((await send(officer, { note: "" })).problems).toEqual({ note: "Write the note." });
  });

  it("is not there for the requester, and nor is taking over what somebody holds", async () => {
    expect((await send(asker, { note: "Mine." })).status).toBe(404);
    expect((await send(officer, {}, takeOver)).status).toBe(404);
  });
});
