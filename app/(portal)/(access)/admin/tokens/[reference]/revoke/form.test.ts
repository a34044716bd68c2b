import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as make } from "../../new/send/route.ts";
import { POST } from "./send/route.ts";

const TOKEN = { name: "Intranet", scopes: ["evaluate"], days: "90", startKey: "one" };

describeOnOneDatabase("the form that revokes a token", (database) => {
  it("takes it from administrators alone, also twice, with the moment of the first", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const { to } = await post(make, administrator, "/admin/tokens/new", TOKEN);
    const reference = /TOK-.{9}/.exec(to)?.[0] ?? "";
    const find = () => database().prisma.apiToken.findUniqueOrThrow({ where: { reference } });
    const send = (actor = administrator, of = reference) =>
      post(POST, actor, `/admin/tokens/${of}/revoke`, {}, { reference: of });
    expect((await send(await addPerson(database(), "emma"))).status).toBe(404);
    expect((await send(administrator, "TOK-2222-2222")).status).toBe(404);
    expect((await find()).revokedAt).toBeNull();
    expect(await send()).toMatchObject({ to: `/admin/tokens/${reference}`, problems: {} });
    const { revokedAt } = await find();
    expect(revokedAt).not.toBeNull();
    expect((await send()).to).toBe(`/admin/tokens/${reference}`);
    expect((await find()).revokedAt).toEqual(revokedAt);
  });
});
