import { expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as revoke } from "../[reference]/revoke/send/route.ts";
import { POST } from "./send/route.ts";

const PATH = "/admin/tokens/new";
const TOKEN = { name: "Intranet", scopes: ["evaluate"], days: "90", startKey: "one" };

describeOnOneDatabase("the forms of tokens", (database) => {
  const addAdministrator = () => addPerson(database(), "ada", { roles: ["employee", "administrator"] });

  it("make a token once, the next one in its place, and revoke it", async () => {
    const administrator = await addAdministrator();
    const { to } = await post(POST, administrator, PATH, TOKEN);
    expect(to).toMatch(/^\/admin\/tokens\/TOK-.{9}\?show=/);
    expect((await post(POST, administrator, PATH, TOKEN)).to).toBe(to);
    const reference = /TOK-.{9}/.exec(to)?.[0] ?? "";
    const next = await post(POST, administrator, `${PATH}?follows=${reference}`, { ...TOKEN, startKey: "two" });
    const made = await database().prisma.apiToken.findMany({ orderBy: { madeAt: "asc" } });
    expect(made.find((one) => next.to.includes(one.reference))?.followsId).toBe(
      made.find((one) => one.reference === reference)?.id,
    );
    const page = `/admin/tokens/${reference}/revoke`;
    const typed = { reference: reference.toLowerCase() };
    expect((await post(revoke, await addPerson(database(), "emma"), page, {}, typed)).status).toBe(404);
    expect((await post(revoke, administrator, page, {}, typed)).to).toBe(`/admin/tokens/${reference}`);
    const revoked = await database().prisma.apiToken.findUniqueOrThrow({ where: { reference } });
    expect(revoked.revokedAt).not.toBeNull();
  });

  it("say what is missing, in place of the same token, and keep what was typed", async () => {
    const { to, problems, kept } = await post(POST, await addAdministrator(), `${PATH}?follows=TOK-aaaa-aaaa`, {
      name: "Entra",
      startKey: "one",
    });
    expect(to).toBe(`${PATH}?follows=TOK-AAAA-AAAA`);
    expect(Object.keys(problems)).toEqual(["scopes", "days"]);
    expect(kept).toEqual({ name: "Entra", startKey: "one" });
  });

  it("are not there for others", async () => {
    expect((await post(POST, await addPerson(database(), "emma"), PATH, TOKEN)).status).toBe(404);
  });
});
