import { strFromU8, unzipSync } from "fflate";
import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { form } from "./form.tsx";
import { POST } from "./send/route.ts";

const FULL = { person: "emma", purpose: "Request 12" };

describeOnOneDatabase("the form that downloads what is held about somebody", (database) => {
  let officer: Actor;
  let employee: Actor;
  beforeEach(async () => {
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    employee = await addPerson(database(), "emma");
  });
  const send = (sent: Parameters<typeof post>[3], actor = officer) =>
    post(POST, actor, "/governance/person-search?person=emma", sent);
  const packs = () => database().prisma.evidence.findMany({ where: { event: "subject-pack.made" } });

  it("hands out the pack to read and as data, and what to look at first", async () => {
    const result = await form.receive(officer, {}, {}, FormValues.from(Object.entries(FULL)));
    if (result === null || !("file" in result)) throw new Error(`No file: ${JSON.stringify(result)}`);
    const files = unzipSync(new Uint8Array(await result.file.arrayBuffer()));
    expect(Object.keys(files).sort()).toEqual([
      "pack/check-first.html",
      "pack/to-hand-out.html",
      "pack/to-hand-out.json",
    ]);
    expect(strFromU8(files["pack/to-hand-out.json"] ?? new Uint8Array())).toContain(employee.email);
    expect(await packs()).toMatchObject([{ actor: "officer", subject: "emma" }]);
  });

  it("refuses one without a purpose, and keeps what was typed", async () => {
    await expectRefusals(send, FULL, [
      [{ purpose: " " }, "purpose", /^Say what it is for/],
      [{ purpose: "x".repeat(201) }, "purpose", /200/],
    ]);
    expect(await packs()).toEqual([]);
  });

  it("is not there for others, nor about somebody whom there is not", async () => {
    expect((await send(FULL, employee)).status).toBe(404);
    expect((await send({ ...FULL, person: "nobody" })).status).toBe(404);
  });
});
