import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import { expectRefusals } from "#app/_portal/form/testing/refusals.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { resultToKeep } from "#server/answers/receipt/queries.ts";
import { keepReceipt } from "#server/answers/receipt/service.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the form that deletes a kept result", (database) => {
  let employee: Actor;
  let reference: string;
  beforeEach(async () => {
    await serveVersions("nao", []);
    employee = await addPerson(database(), "emma");
    const answers = { device: "work", purpose: "file" };
    const policy = await getPolicy(employee, "nao");
    const shown = policy && resultToKeep(policy, await getDecidingTable(employee, policy), answers);
    const sent = { slug: "nao", answers, fingerprint: shown?.fingerprint ?? "", startKey: "one", words: "" };
    const kept = await keepReceipt(employee, sent);
    reference = kept.code === "kept" ? kept.reference : "";
  });
  const send = (sent: Parameters<typeof post>[3], actor = employee) =>
    post(POST, actor, `/decisions/${reference}/delete`, sent, { reference });
  const count = () => database().prisma.receipt.count();

  it("deletes it where nobody has asked for it, and keeps it otherwise", async () => {
    await expectRefusals(send, {}, [
      [{ holdAnswer: "" }, "holdAnswer", /^Say whether anybody has asked/],
      [{ holdAnswer: "perhaps" }, "holdAnswer", /^Say whether anybody has asked/],
      [{ holdAnswer: "known" }, "", /^It was not deleted, and the governance officers were told/],
      [{ holdAnswer: "unsure" }, "", /^It was not deleted, and the governance officers were told/],
    ]);
    expect(await count()).toBe(1);
    expect((await send({ holdAnswer: "none" }, await addPerson(database(), "bea"))).status).toBe(404);
    expect((await send({ holdAnswer: "none" })).to).toBe("/decisions?deleted=1");
    expect(await count()).toBe(0);
  });

  it("keeps it under a hold", async () => {
    const officer = await addPerson(database(), "olive", { roles: ["governance-officer"] });
    const hold = { startKey: "one", reason: "inquiry", occurredOn: null, keep: "All of it.", note: "" } as const;
    await placeHold(officer, { ...hold, isOnSubject: false, groups: [], people: employee.email });
    await expectRefusals(send, {}, [[{ holdAnswer: "none" }, "", /^A hold concerns you/]]);
    expect(await count()).toBe(1);
  });
});
