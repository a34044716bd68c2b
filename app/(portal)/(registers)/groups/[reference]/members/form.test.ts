import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addApprovedGroup } from "#server/testing/groups.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

const INVITE = { do: "invite", startKey: "one", name: "Pat Invented", organisation: "Riverside", role: "member" };

describeOnOneDatabase("the forms that add people to a group", (database) => {
  let first: Actor;
  let reference: string;
  const start = async (kind: "team" | "partner") => {
    const administrators = [first, await addPerson(database(), "second")];
    ({ reference } = await addApprovedGroup(database(), { administrators, kind }));
  };
  beforeEach(async () => {
    first = await addPerson(database(), "first");
    await addPerson(database(), "other");
  });
  const send = (sent: Parameters<typeof post>[3], actor = first) =>
    post(POST, actor, `/groups/${reference}/members`, sent, { reference });
  const members = async () => (await getChatGroup(first, reference))?.members ?? [];

  it("take somebody of the directory, once", async () => {
    await start("team");
    expect(await send({ do: "add", person: "other" })).toMatchObject({ to: `/groups/${reference}`, problems: {} });
    expect((await members()).find(({ personId }) => personId === "other")).toMatchObject({ role: "member" });
    await expectRefusals(send, { do: "add", q: "oth" }, [
      [{ person: "other" }, "person", /is on the list already/],
      [{ person: "nobody" }, "person", /^Choose somebody in the directory/],
      [{ person: "" }, "person", /^Choose somebody in the directory/],
    ]);
    expect((await send(INVITE)).problems[""]).toMatch(/^A team group has no people from outside/);
  });

  it("take somebody from outside once, and make a link", async () => {
    await start("partner");
    await expectRefusals(send, INVITE, [
      [{ name: " " }, "name", /^Give their name/],
      [{ name: "Pat, 07700 900123" }, "name", /^Take out the phone number/],
      [{ organisation: "" }, "organisation", /^Name their organisation/],
      [{ organisation: "x".repeat(101) }, "organisation", /100/],
    ]);
    expect(await members()).toHaveLength(2);
    for (const _ of [1, 2]) expect((await send(INVITE)).to).toMatch(/\/members\?member=\w+&link=.+/);
    expect((await members()).filter(({ name }) => name === INVITE.name)).toMatchObject([{ role: "member" }]);
  });

  it("are not there for others", async () => {
    await start("partner");
    const other = await addPerson(database(), "colleague");
    for (const sent of [INVITE, { do: "add", person: "other" }]) expect((await send(sent, other)).status).toBe(404);
  });
});
