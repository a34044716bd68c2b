import { afterEach, beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getWebhook, listWebhooks } from "./queries.ts";
import { changeSecret, changeWebhook, deleteWebhook, makeWebhook, switchWebhook, testWebhook } from "./service.ts";

const asked = {
  name: "Desk",
  kind: "webhook" as const,
  address: "https://events.test/take",
  events: ["exception.approved"],
  hasNames: false,
};

describeOnEachDatabase("addresses for events", (database) => {
  let administrator: Actor;
  let elsewhere: Actor;
  beforeEach(async () => {
    Object.assign(getEnv(), { webhookHosts: ["events.test"] });
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    elsewhere = await addPerson(database(), "otto", { body: "nottingham", roles: ["administrator"] });
  });
  afterEach(() => Object.assign(getEnv(), { webhookHosts: [] }));

  const make = async (startKey = "one") => {
    const made = await makeWebhook(administrator, asked, startKey);
    return made !== "not-found" && made.code === "made" ? made : { reference: "", secret: null };
  };

  it("are made once by a form sent twice, even at the same moment, and show their secret once", async () => {
    const [first, second] = await Promise.all([make(), make()]);
    expect(first.reference).toBe(second.reference);
    expect([first.secret, second.secret].filter((secret) => secret !== null)).toHaveLength(1);
    expect((await listWebhooks(administrator))?.webhooks).toHaveLength(1);
    expect(JSON.stringify(await getWebhook(administrator, first.reference))).not.toMatch(/whsec_|sealed|\/take/);
  });

  it("are refused where they may not be sent to, with all that is missing at once", async () => {
    const problemsOf = async (more: Partial<Parameters<typeof makeWebhook>[1]>) => {
      const result = await makeWebhook(administrator, { ...asked, ...more }, "two");
      return result !== "not-found" && result.code === "invalid" ? result.problems : [];
    };
    expect(await problemsOf({ address: "https://evil.test/", name: "" })).toMatchObject([
      { field: "name" },
      { field: "address", message: expect.stringContaining("WEBHOOK_HOSTS") as string },
    ]);
    expect(await problemsOf({ address: "http://events.test/" })).toMatchObject([{ field: "address" }]);
    expect((await listWebhooks(administrator))?.webhooks).toEqual([]);
  });

  it("are another body's business, and no employee's", async () => {
    const { reference } = await make();
    for (const actor of [elsewhere, { ...administrator, roles: ["employee" as const] }]) {
      expect(await getWebhook(actor, reference)).toBeNull();
      expect(await changeWebhook(actor, reference, asked)).toBe("not-found");
      expect(await changeSecret(actor, reference)).toBe("not-found");
      expect(await switchWebhook(actor, reference, false)).toBe("not-found");
      expect(await testWebhook(actor, reference)).toBe("not-found");
      expect(await deleteWebhook(actor, reference)).toBe("not-found");
    }
    expect(await listWebhooks({ ...administrator, roles: ["employee"] })).toBeNull();
    expect((await listWebhooks(elsewhere))?.webhooks).toEqual([]);
    expect(await getWebhook(administrator, reference)).toMatchObject({ isOn: true });
  });

  it("say in the evidence what was done, once each, and are gone with what waits", async () => {
    const { reference } = await make();
    for (const _ of [1, 2]) await switchWebhook(administrator, reference, false);
    await switchWebhook(administrator, reference, true);
    await testWebhook(administrator, reference);
    expect(await database().prisma.webhookMessage.count()).toBe(1);
    await changeSecret(administrator, reference);
    await changeWebhook(administrator, reference, { ...asked, address: "" });
    expect(await deleteWebhook(administrator, reference)).toBe("done");
    expect(await deleteWebhook(administrator, reference)).toBe("not-found");
    expect(await database().prisma.webhookMessage.count()).toBe(0);
    const rows = await database().prisma.evidence.findMany({
      where: { subject: reference },
      orderBy: { position: "asc" },
    });
    const did = ["made", "switched-off", "switched-on", "tested", "secret-changed", "changed", "deleted"];
    expect(rows.map(({ event }) => event)).toEqual(did.map((one) => `webhook.${one}`));
  });
});
