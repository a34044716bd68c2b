import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { dayInputs, expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { getPaperRecording } from "#server/policy/acknowledgement/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as record } from "../send/route.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that withdraws an answer on paper", (database) => {
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    const [shown] = await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await addPerson(database(), "cleaner");
    const on = { version: shown?.version ?? "", hash: shown?.hash ?? "", on: shown?.version ?? "" };
    const said = { policy: "nao", answer: "accepted", reason: "", place: "Blue file 7", why: "No device." };
    const sent = { ...on, ...said, ...dayInputs("day", calendarDay(clock.now())) };
    const { to } = await post(record, officer, "/governance/people/cleaner/paper", sent, { person: "cleaner" });
    reference = /ACK-.{9}/.exec(to)?.[0] ?? "";
  });
  const find = async () => (await getPaperRecording(officer, "cleaner", reference))?.recording;
  const send = (sent: Parameters<typeof post>[3], actor = officer, person = "cleaner") =>
    post(POST, actor, `/governance/people/${person}/paper/${reference}`, sent, { person, reference });

  it("takes why once, or says that it is missing", async () => {
    await expectRefusals(send, {}, [
      [{ because: " " }, "because", /^Say what was wrong/],
      [{ because: "x".repeat(1001) }, "because", /1,000/],
    ]);
    expect((await find())?.withdrawn).toBeNull();
    const { to } = await send({ because: "Another’s." });
    expect(to).toBe(`/governance/people/cleaner/paper?policy=nao&done=${reference}`);
    expect(await find()).toMatchObject({ withdrawn: { because: "Another’s." } });
  });

  it("is not there for others, nor under somebody else’s name", async () => {
    const employee = await addPerson(database(), "emma");
    expect((await send({ because: "Mine." }, employee)).status).toBe(404);
    expect((await send({ because: "Theirs." }, officer, "emma")).status).toBe(404);
  });
});
