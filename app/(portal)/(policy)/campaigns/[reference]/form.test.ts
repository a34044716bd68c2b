import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getCampaign } from "#server/policy/campaign/view-queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as prepare } from "../new/send/route.ts";
import { POST } from "./send/route.ts";

const FIGURES = { workingDays: "10", remindBefore: "5", readingMinutes: "", targetPercent: "90" };
const STOP = { do: "stop", reason: "A new version is coming." };

describeOnOneDatabase("the forms of a campaign", (database) => {
  let officer: Actor;
  let reference: string;
  beforeEach(async () => {
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const sent = { ...FIGURES, policy: "nao", who: "everybody" };
    reference = /CAM-.{9}/.exec((await post(prepare, officer, "/campaigns/new", sent)).to)?.[0] ?? "";
  });
  const find = () => getCampaign(officer, reference, null);
  const send = async (sent: Parameters<typeof post>[3], actor = officer) => {
    const revision = String((await find())?.revision);
    return post(POST, actor, `/campaigns/${reference}`, { revision, ...sent }, { reference: reference.toLowerCase() });
  };

  it("start it and stop it, on what they showed", async () => {
    const done = { to: `/campaigns/${reference}`, problems: {} };
    await expectRefusals(send, { do: "start" }, [[{ revision: "9" }, "", /^Somebody has changed this campaign/]]);
    expect(await send({ do: "start" })).toMatchObject(done);
    expect((await find())?.state).toBe("running");
    await expectRefusals(send, STOP, [
      [{ reason: " " }, "reason", /^Say why you stop it/],
      [{ reason: "x".repeat(1001) }, "reason", /1,000/],
      [{ revision: "9" }, "", /^Somebody has changed this campaign/],
    ]);
    expect(await send(STOP)).toMatchObject(done);
    expect(await find()).toMatchObject({ state: "stopped", endReason: STOP.reason });
  });

  it("drop it before it is started, with the reason, and for good", async () => {
    await expectRefusals(send, STOP, [[{ reason: " " }, "reason", /^Say why you stop it/]]);
    expect(await send(STOP)).toMatchObject({ to: `/campaigns/${reference}`, problems: {} });
    expect(await find()).toMatchObject({ state: "stopped", startedAt: null, endReason: STOP.reason, acts: [] });
    await expectRefusals(send, { do: "start" }, [[{}, "", /^Somebody has changed this campaign/]]);
  });

  it("are not there for others", async () => {
    const employee = await addPerson(database(), "emma");
    for (const sent of [{ do: "start" }, STOP]) expect((await send(sent, employee)).status, sent.do).toBe(404);
    expect((await send({ do: "pause" })).status).toBe(404);
  });
});
