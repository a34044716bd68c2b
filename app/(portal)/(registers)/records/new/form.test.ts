import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { getRecord } from "#server/registers/record/queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as correct } from "../[reference]/correct/send/route.ts";
import { POST as dispose } from "../[reference]/disposal/send/route.ts";
import { POST as deleteCopy } from "../[reference]/send/route.ts";
import { POST } from "./send/route.ts";

const DAYS = { "saidOn-day": "10", "saidOn-month": "1", "saidOn-year": "2015" };
const RECORD = {
  ...DAYS,
  about: "Closing the hall",
  chat: "Hall chat",
  participants: "Sam",
  content: "We agreed.",
  system: "Case system",
  systemReference: "C-1",
  retentionClass: "everyday",
};

describeOnOneDatabase("the forms of a record", (database) => {
  it("show it to be checked, save it, correct it, and take away the copy and itself", async () => {
    const employee = await addPerson(database(), "emma", { body: "example-borough" });
    const officer = await addPerson(database(), "olive", { body: "example-borough", roles: ["governance-officer"] });
    expect(await post(POST, employee, "/records/new", RECORD)).toMatchObject({
      to: "/records/new",
      problems: {},
      kept: RECORD,
    });
    const { to } = await post(POST, employee, "/records/new", { ...RECORD, do: "save" });
    const reference = /^\/records\/(REC-.{9})\?done=1$/.exec(to)?.[1] ?? "";
    const path = `/records/${reference}`;
    const revision = async () => String((await getRecord(officer, reference))?.revision);
    const corrected = { ...RECORD, about: "Closing it", reason: "Wrong", revision: await revision() };
    const again = () => post(correct, employee, `${path}/correct`, corrected, { reference });
    expect(await again()).toMatchObject({ to: path, problems: {} });
    const late = await again();
    expect(late).toMatchObject({ to: `${path}/correct`, kept: corrected });
    expect(Object.keys(late.problems)).toEqual([""]);
    const known = await post(deleteCopy, employee, path, { holdAnswer: "known" }, { reference });
    expect(known.problems["holdAnswer"]).toMatch(/^Do not delete it/);
    expect((await post(deleteCopy, officer, path, { holdAnswer: "none" }, { reference })).status).toBe(404);
    const decide = (sent: Record<string, string>, actor = officer) =>
      post(dispose, actor, `${path}/disposal`, sent, { reference });
    expect((await decide({}, employee)).status).toBe(404);
    expect(Object.keys((await decide({ do: "keep" })).problems)).toEqual(["until", "keepReason"]);
    expect(Object.keys((await decide({ do: "dispose" })).problems)).toEqual(["holdAnswer"]);
    expect(await decide({ holdAnswer: "none", revision: await revision() })).toMatchObject({ to: path, problems: {} });
    expect((await getRecord(officer, reference))?.disposedAt).not.toBeNull();
  });

  it("say what is missing", async () => {
    const employee = await addPerson(database(), "emma", { body: "example-borough" });
    const { problems, kept } = await post(POST, employee, "/records/new", { ...RECORD, about: "", do: "save" });
    expect([Object.keys(problems), kept["content"]]).toEqual([["about"], "We agreed."]);
  });
});
