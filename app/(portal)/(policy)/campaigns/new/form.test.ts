import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getCampaign, getNewCampaign } from "#server/policy/campaign/view-queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that prepares a campaign", (database) => {
  let officer: Actor;
  beforeEach(async () => {
    await serveVersions("nao", []);
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    for (const id of ["housing", "parks", "waste"]) await addTeam(database(), id);
  });
  const send = (teams: string | string[]) =>
    post(POST, officer, "/campaigns/new", {
      startKey: "k",
      policy: "nao",
      who: "parts",
      teams,
      people: "",
      workingDays: "10",
      remindBefore: "5",
      readingMinutes: "",
      targetPercent: "90",
    });

  it.each([
    ["ticked", ["Team housing", "Team waste"]],
    ["typed on lines", "Team housing\r\n\r\n Team waste "],
  ])("takes teams that were %s", async (_, teams) => {
    const reference = /CAM-\w{4}-\w{4}/.exec((await send(teams)).to)?.[0] ?? "";
    const view = await getCampaign(officer, reference, null);
    expect([...(view?.teams ?? [])].sort()).toEqual(["Team housing", "Team waste"]);
  });

  it("offers boxes for up to twenty teams of the body, and says which name there is none of", async () => {
    await addTeam(database(), "elsewhere", { body: "nottingham" });
    const offered = async () => (await getNewCampaign(officer, "nao"))?.choices.teams;
    expect(await offered()).toEqual(["Team housing", "Team parks", "Team waste"]);
    for (let number = 4; number <= 20; number++) await addTeam(database(), `t${number}`);
    expect(await offered()).toHaveLength(20);
    await addTeam(database(), "t21");
    expect(await offered()).toEqual([]);
    const { problems, kept } = await send("Team hosing");
    expect(problems["teams"]).toContain("“Team hosing”");
    expect(kept["teams"]).toBe("Team hosing");
  });
});
