import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getCampaign } from "#server/policy/campaign/view-queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST as prepare } from "../../new/send/route.ts";
import { POST } from "./send/route.ts";

const FIGURES = { workingDays: "10", remindBefore: "5, 1", readingMinutes: "3", targetPercent: "95 %" };
const PARTS = { who: "parts", teams: "Team housing", roles: ["auditor"], kinds: ["contractor"] };
const FULL = { ...PARTS, ...FIGURES, people: "emma@nao.invalid\n", understanding: "yes" };

describeOnOneDatabase("the form that changes a campaign", (database) => {
  let officer: Actor;
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "emma");
    await addTeam(database(), "housing");
    const sent = { ...FIGURES, policy: "nao", who: "everybody" };
    reference = /CAM-.{9}/.exec((await post(prepare, officer, "/campaigns/new", sent)).to)?.[0] ?? "";
  });
  const find = () => getCampaign(officer, reference, null);
  const send = async (sent: Parameters<typeof post>[3], actor = officer) => {
    const revision = String((await find())?.revision);
    return post(POST, actor, `/campaigns/${reference}/change`, { revision, ...sent }, { reference });
  };

  it("takes whom it asks and all of its figures", async () => {
    expect(await send(FULL)).toMatchObject({ to: `/campaigns/${reference}`, problems: {} });
    const figures = { workingDays: 10, remindBefore: [5, 1], readingMinutes: 3, targetPercent: 95 };
    expect(await find()).toMatchObject({ ...figures, checksUnderstanding: true });
    const parts = (await find())?.audience.map(({ kind, value }) => `${kind} ${value}`).sort();
    expect(parts).toEqual(["kind contractor", "person emma", "role auditor", "team housing"]);
  });

  it("says which field is wrong, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ who: "" }, "who", /^Choose who to ask/],
      [{ teams: "", roles: "", kinds: "", people: "" }, "who", /at least one part/],
      [{ teams: "Team hosing" }, "teams", /“Team hosing”/],
      [{ people: "emma@nao.invalid\nnobody@nao.invalid" }, "people", /“nobody@nao.invalid”/],
      [{ workingDays: "0" }, "workingDays", /from 1 to 250/],
      [{ remindBefore: "often" }, "remindBefore", /at most 5 whole numbers/],
      [{ remindBefore: "10" }, "remindBefore", /less than 10 working days/],
      [{ readingMinutes: "61" }, "readingMinutes", /from 0 to 60/],
      [{ targetPercent: "101" }, "targetPercent", /from 1 to 100/],
      [{ revision: "9" }, "", /^Somebody has changed this campaign/],
    ]);
    expect((await find())?.audience).toEqual([{ kind: "body", value: "" }]);
  });

  it("is not there for others", async () => {
    expect((await send(FULL, employee)).status).toBe(404);
  });
});
