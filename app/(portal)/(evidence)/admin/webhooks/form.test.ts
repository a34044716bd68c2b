import { afterEach, beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { POST as change } from "./[reference]/change/send/route.ts";
import { POST as remove } from "./[reference]/delete/send/route.ts";
import { POST as act } from "./[reference]/send/route.ts";
import { POST as make } from "./new/send/route.ts";

const FIELDS = {
  startKey: "one",
  name: "Service desk",
  kind: "webhook",
  address: "https://events.test/take",
  campaigns: ["campaign.started"],
  holds: ["hold.placed"],
};

describeOnOneDatabase("the forms of webhooks", (database) => {
  let administrator: Actor;
  let employee: Actor;
  beforeEach(async () => {
    Object.assign(getEnv(), { webhookHosts: ["events.test"] });
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    employee = await addPerson(database(), "emma");
  });
  afterEach(() => Object.assign(getEnv(), { webhookHosts: [] }));

  const stored = () => database().prisma.webhook.findFirstOrThrow();
  const made = async () =>
    /HOK-.{9}/.exec((await post(make, administrator, "/admin/webhooks/new", FIELDS)).to)?.[0] ?? "";

  it("make an address with the chosen events, and lead to the secret", async () => {
    const { to } = await post(make, administrator, "/admin/webhooks/new", FIELDS);
    expect(to).toMatch(/^\/admin\/webhooks\/HOK-\w{4}-\w{4}\?show=[\w-]{43}$/);
    expect(await stored()).toMatchObject({ events: ["campaign.started", "hold.placed"], hasNames: false });
    expect((await post(make, employee, "/admin/webhooks/new", FIELDS)).status).toBe(404);
  });

  it("keep what was typed and say what to put right", async () => {
    const sent = { ...FIELDS, address: "https://evil.test", campaigns: [], holds: [] };
    const { problems } = await post(make, administrator, "/admin/webhooks/new", sent);
    expect(Object.keys(problems).sort()).toEqual(["address", "policies"]);
  });

  it("change it, switch it off and on, make a new secret, test and delete it", async () => {
    const reference = await made();
    const path = `/admin/webhooks/${reference}`;
    const params = { reference };
    const changed = { name: "Desk", address: "", accidents: ["incident.reported"], hasNames: "yes" };
    expect((await post(change, administrator, `${path}/change`, changed, params)).to).toBe(`${path}?done=changed`);
    expect(await stored()).toMatchObject({ name: "Desk", events: ["incident.reported"], hasNames: true });
    const send = (fields: Record<string, string>, actor = administrator) => post(act, actor, path, fields, params);
    expect((await send({ do: "switch", isOn: "no" }, employee)).status).toBe(404);
    expect((await send({ do: "switch", isOn: "no" })).to).toBe(path);
    expect((await stored()).isOn).toBe(false);
    expect(Object.values((await send({ do: "test" })).problems)).toEqual([
      "Switch the address on before you send a test event.",
    ]);
    await send({ do: "switch", isOn: "yes" });
    expect((await send({ do: "test" })).to).toBe(`${path}?done=tested`);
    expect((await send({ do: "secret" })).to).toMatch(/\?show=[\w-]{43}$/);
    expect((await post(remove, administrator, `${path}/delete`, {}, params)).to).toBe("/admin/webhooks?done=deleted");
    expect(await database().prisma.webhook.count()).toBe(0);
  });

  it("send ticked events again, or give them up", async () => {
    const reference = await made();
    const path = `/admin/webhooks/${reference}`;
    const send = (fields: Record<string, string>) => post(act, administrator, path, fields, { reference });
    await send({ do: "test" });
    await database().prisma.webhookMessage.updateMany({ data: { state: "dead", reason: "It answered 500." } });
    const { id } = await database().prisma.webhookMessage.findFirstOrThrow();
    expect(Object.values((await send({ do: "settle" })).problems)).toEqual(["Tick the events first."]);
    expect((await send({ do: "settle", message: id })).to).toBe(`${path}?done=again`);
    await database().prisma.webhookMessage.updateMany({ data: { state: "dead" } });
    expect((await send({ do: "settle", message: id, what: "give-up" })).to).toBe(`${path}?done=given-up`);
    expect(await database().prisma.webhookMessage.count()).toBe(0);
  });
});
