import { expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { post } from "#app/_portal/form/testing/post.ts";
import { savePendingImport } from "#server/people/directory/import-service.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form of a list that was checked", (database) => {
  const check = async (administrator: Actor, people: readonly string[]) => {
    const text = ["email,name", ...people.map((name) => `${name}@nao.invalid,${name}`)].join("\n");
    const kept = await savePendingImport(administrator, { name: "people.csv", bytes: Buffer.from(`${text}\n`) });
    return kept && "id" in kept ? kept.id : "";
  };
  const send = (actor: Actor, id: string, sent: Record<string, string> = {}) =>
    post(POST, actor, `/admin/people/import/${id}`, sent, { import: id });

  it("carries it out, unless many would have left and nobody said so", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    for (let at = 0; at < 30; at++) await addPerson(database(), `p${at}`);
    const id = await check(administrator, ["ada", "new"]);
    const refused = await send(administrator, id);
    expect(refused.to).toBe(`/admin/people/import/${id}`);
    expect(Object.keys(refused.problems)).toEqual(["many"]);
    expect((await send(administrator, id, { many: "yes" })).to).toBe(`/admin/people/import/${id}?done=1`);
    expect(await database().prisma.person.count({ where: { status: "left" } })).toBe(30);
  });

  it("asks again where the directory has changed, and is not there for others", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const id = await check(administrator, ["ada", "new"]);
    const other = await addPerson(database(), "bea", { roles: ["employee", "administrator"] });
    expect((await send(other, id)).status).toBe(404);
    expect((await send(administrator, id)).to).toBe(`/admin/people/import/${id}?changed=1`);
  });
});
