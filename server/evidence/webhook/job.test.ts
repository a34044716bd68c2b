import dns from "node:dns/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { postOutside } from "#server/base/outbound/post.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { startReceiver, type TestReceiver } from "#server/testing/receiver.ts";
import { deliverEvents, SEND_EVENTS } from "./job.ts";
import { getWebhook, listWebhooks, listWebhookTasks } from "./queries.ts";
import { changeSecret, changeWebhook, makeWebhook, settleMessages, switchWebhook, testWebhook } from "./service.ts";

let NOW: Date;
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describeOnEachDatabase("events on their way out", (database) => {
  let receiver: TestReceiver;
  let administrator: Actor;
  let count = 0;
  beforeAll(async () => {
    receiver = await startReceiver();
  });
  afterAll(() => receiver.stop());
  beforeEach(async () => {
    NOW = new Date();
    vi.spyOn(clock, "now").mockImplementation(() => NOW);
    vi.spyOn(console, "warn").mockImplementation(() => {});
    vi.spyOn(dns, "lookup").mockImplementation((async () =>
      Promise.resolve([{ address: "127.0.0.1", family: 4 }])) as never);
    Object.assign(getEnv(), { webhookHosts: [`events.test:${receiver.port}`], webhookPrivate: true });
    receiver.received.length = 0;
    receiver.answer = () => 204;
    administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(getEnv(), { webhookHosts: [], webhookPrivate: false });
  });

  const asked = {
    name: "Desk",
    kind: "webhook" as const,
    address: "",
    events: ["exception.approved", "incident.reported", "campaign.started"],
    hasNames: false,
  };
  const name = async (more: Partial<Parameters<typeof makeWebhook>[1]> = {}, path = "/take?code=s3cret") => {
    const address = `https://events.test:${receiver.port}${path}`;
    const made = await makeWebhook(administrator, { ...asked, address, ...more }, `key ${++count}`);
    if (made === "not-found" || made.code !== "made") throw new Error(JSON.stringify(made));
    return { reference: made.reference, secret: made.secret ?? "" };
  };
  const happen = (subject: string, event: EvidenceEventName = "exception.approved", by = "ada") =>
    transact(async () =>
      Promise.resolve({
        result: null,
        evidence: [{ body: "nao", event, at: NOW, actor: by, subject, detail: { reason: "Quill words" } }],
      }),
    );
  const deliver = (at = NOW) =>
    deliverEvents(at, (address, request) => postOutside(address, request, receiver.certificate));
  const subjects = () =>
    receiver.received.map(({ body }) => (JSON.parse(body) as { data: { reference: string } }).data.reference);
  const states = async () =>
    (await database().prisma.webhookMessage.findMany({ orderBy: { position: "asc" } })).map(({ state }) => state);

  it("are signed so that the library of Standard Webhooks takes them, and no older or changed one", async () => {
    const { secret } = await name();
    await happen("EX-2222-2222");
    expect(await deliver()).toEqual({ sent: 1, postponed: 0, dead: 0 });
    const [one] = receiver.received;
    const headers = one?.headers as Record<string, string>;
    expect(secret).toMatch(/^whsec_/);
    const verified = new Webhook(secret).verify(one?.body ?? "", headers);
    expect(verified).toEqual({
      type: "exception.approved",
      timestamp: NOW.toISOString(),
      data: { body: "nao", reference: "EX-2222-2222", url: `${getEnv().appUrl}/exceptions/EX-2222-2222` },
    });
    expect(() => new Webhook(secret).verify(`${one?.body} `, headers)).toThrow("No matching signature");
    const old = { ...headers, "webhook-timestamp": String(Math.floor(NOW.getTime() / 1000) - 600) };
    expect(() => new Webhook(secret).verify(one?.body ?? "", old)).toThrow("too old");
    expect(() =>
      new Webhook(`whsec_${Buffer.alloc(32).toString("base64")}`).verify(one?.body ?? "", headers),
    ).toThrow();
  });

  it("say who and what they wrote only where that was chosen, and never of accidents", async () => {
    await name({ hasNames: true });
    await happen("EX-2222-2222");
    await happen("INC-2222-2222", "incident.reported");
    await happen("EX-3333-3333", "exception.approved", "portal");
    await deliver();
    const data = receiver.received.map(({ body }) => (JSON.parse(body) as { data: object }).data);
    expect(data[0]).toMatchObject({ by: "Person ada", text: { reason: "Quill words" } });
    expect(data[1]).toEqual({
      body: "nao",
      reference: "INC-2222-2222",
      url: `${getEnv().appUrl}/incidents/INC-2222-2222`,
    });
    expect(data[2]).toMatchObject({ by: "The portal" });
  });

  it("are cards for a channel, without a signature", async () => {
    await name({ kind: "teams" }, "/teams");
    await name({ kind: "slack" }, "/slack");
    await happen("CAM-2222-2222", "campaign.started");
    expect(await deliver()).toMatchObject({ sent: 2 });
    const of = (path: string) => receiver.received.find((one) => one.path === path);
    expect(JSON.parse(of("/teams")?.body ?? "")).toMatchObject({ type: "message" });
    expect(JSON.parse(of("/slack")?.body ?? "")).toMatchObject({ text: "A policy needs your answer" });
    expect(of("/slack")?.headers["webhook-signature"]).toBeUndefined();
  });

  it("go only where their kind was chosen, and only from the address's body", async () => {
    await name({ events: ["campaign.started"] });
    const elsewhere = await addPerson(database(), "otto", { body: "nottingham", roles: ["administrator"] });
    await makeWebhook(elsewhere, { ...asked, address: `https://events.test:${receiver.port}/other` }, "elsewhere");
    await happen("EX-2222-2222");
    expect(await deliver()).toMatchObject({ sent: 0 });
    expect(await database().prisma.webhookMessage.count()).toBe(0);
  });

  it("are written with their cause or not at all", async () => {
    await name();
    const failing = transact(async (tx) => {
      await tx.team.create({ data: { id: "t", body: "nao", name: "T" } });
      const event = {
        body: "nao",
        event: "exception.approved" as const,
        at: NOW,
        actor: "ada",
        subject: "EX-2222-2222",
      };
      return Promise.resolve({ result: null, evidence: [event, { ...event, at: new Date(Number.NaN) }] });
    });
    await expect(failing).rejects.toThrow();
    expect(await database().prisma.webhookMessage.count()).toBe(0);
  });

  it("stay in order behind one that is not taken, keep its id, and wait longer after each try", async () => {
    const { secret } = await name();
    for (const digit of ["2", "3", "4"]) await happen(`EX-${digit.repeat(4)}-2222`);
    receiver.answer = () => 500;
    expect(await deliver()).toEqual({ sent: 0, postponed: 1, dead: 0 });
    expect(await deliver(later(0.5))).toEqual({ sent: 0, postponed: 0, dead: 0 });
    expect(await deliver(later(1))).toMatchObject({ postponed: 1 });
    expect(await deliver(later(2))).toMatchObject({ postponed: 0 });
    expect(await deliver(later(3))).toMatchObject({ postponed: 1 });
    receiver.answer = () => 200;
    expect(await deliver(later(7))).toEqual({ sent: 3, postponed: 0, dead: 0 });
    expect(subjects()).toEqual([...Array<string>(4).fill("EX-2222-2222"), "EX-3333-2222", "EX-4444-2222"]);
    const ids = receiver.received.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids.slice(0, 4)).size).toBe(1);
    expect(new Set(ids).size).toBe(3);
    const last = receiver.received[3];
    vi.useFakeTimers({ now: later(7), toFake: ["Date"] });
    expect(new Webhook(secret).verify(last?.body ?? "", last?.headers as Record<string, string>)).toBeTruthy();
    vi.useRealTimers();
  });

  it("have the same id at each address", async () => {
    await name();
    await name();
    await happen("EX-2222-2222");
    await deliver();
    expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(receiver.received).toHaveLength(2);
  });

  it("are given up after a day, are a task, and can be sent again in their order or given up for good", async () => {
    const { reference } = await name();
    for (const digit of ["2", "3", "4"]) await happen(`EX-${digit.repeat(4)}-2222`);
    receiver.answer = () => 503;
    for (let hour = 0; hour <= 31; hour++) await deliver(later(hour * 60));
    expect(await states()).toEqual(["dead", "dead", "dead"]);
    expect(await listWebhookTasks(administrator)).toMatchObject([
      { title: "Follow up events that did not reach Desk", href: `/admin/webhooks/${reference}` },
    ]);
    expect(await listWebhookTasks({ ...administrator, roles: ["employee"] })).toEqual([]);
    expect((await listWebhooks(administrator))?.webhooks).toMatchObject([{ dead: 3, waiting: 0 }]);
    const messages = (await getWebhook(administrator, reference))?.messages ?? [];
    expect(messages[0]?.reason).toBe("It answered 503.");
    const idOf = (subject: string) => messages.find((one) => one.subject === subject)?.id ?? "";
    const again = [idOf("EX-4444-2222"), idOf("EX-2222-2222"), "no such event"];
    expect(await settleMessages(administrator, reference, { ids: again, isAgain: true })).toEqual({ count: 2 });
    expect(await settleMessages(administrator, reference, { ids: again, isAgain: true })).toEqual({ count: 0 });
    const rest = { ids: [idOf("EX-3333-2222")], isAgain: false };
    expect(await settleMessages(administrator, reference, rest)).toEqual({ count: 1 });
    expect(await listWebhookTasks(administrator)).toEqual([]);
    receiver.answer = () => 200;
    receiver.received.length = 0;
    expect(await deliver()).toMatchObject({ sent: 2 });
    expect(subjects()).toEqual(["EX-2222-2222", "EX-4444-2222"]);
    const events = (
      await database().prisma.evidence.findMany({ where: { subject: reference }, orderBy: { position: "asc" } })
    ).map(({ event }) => event);
    expect(events).toEqual(["webhook.made", "webhook.sent-again", "webhook.given-up"]);
  });

  it("stop where somebody answers that nobody is there any more, once, and go on when it is switched on", async () => {
    const { reference } = await name();
    for (const digit of ["2", "3"]) await happen(`EX-${digit.repeat(4)}-2222`);
    receiver.answer = () => 410;
    expect(await deliver()).toEqual({ sent: 0, postponed: 0, dead: 1 });
    expect(await getWebhook(administrator, reference)).toMatchObject({
      isOn: false,
      offReason: expect.stringContaining("410") as string,
    });
    await happen("EX-4444-2222");
    expect(await deliver(later(60))).toEqual({ sent: 0, postponed: 0, dead: 0 });
    expect(await states()).toEqual(["dead", "waiting"]);
    const off = await database().prisma.evidence.findMany({ where: { event: "webhook.switched-off" } });
    expect(off).toMatchObject([{ actor: "portal", subject: reference }]);
    expect(await testWebhook(administrator, reference)).toBe("is-off");
    receiver.answer = () => 200;
    await switchWebhook(administrator, reference, true);
    expect(await deliver(later(61))).toMatchObject({ sent: 1 });
  });

  it("follow no redirect, wait for no silence, and say so", async () => {
    const { reference } = await name();
    await happen("EX-2222-2222");
    receiver.answer = () => 301;
    await deliver();
    const reasonNow = async () => (await getWebhook(administrator, reference))?.messages[0]?.reason;
    expect(await reasonNow()).toBe("It answered 301. Redirects are not followed: change the address.");
    Object.assign(getEnv(), { webhookHosts: ["elsewhere.test"] });
    await deliver(later(1));
    expect(await reasonNow()).toContain(`The portal may not send to events.test:${receiver.port}.`);
    expect(receiver.received).toHaveLength(1);
  });

  it("are signed with both secrets for a day after a new one was made", async () => {
    const { reference, secret } = await name();
    const changed = await changeSecret(administrator, reference);
    const next = typeof changed === "string" ? "" : changed.secret;
    expect(next).not.toBe(secret);
    await happen("EX-2222-2222");
    await deliver();
    const headersOf = (at: number) => receiver.received[at]?.headers as Record<string, string>;
    const body = receiver.received[0]?.body ?? "";
    for (const one of [secret, next]) expect(new Webhook(one).verify(body, headersOf(0))).toBeTruthy();
    NOW = later(25 * 60);
    await happen("EX-3333-2222");
    await deliver();
    expect(headersOf(1)["webhook-signature"]?.split(" ")).toHaveLength(1);
    expect(headersOf(0)["webhook-signature"]?.split(" ")).toHaveLength(2);
  });

  it("go to the new address after a change, and to the old one if it was left empty", async () => {
    const { reference } = await name();
    expect(await changeWebhook(administrator, reference, { ...asked, name: "Desk two" })).toBe("done");
    await happen("EX-2222-2222");
    await deliver();
    const address = `https://events.test:${receiver.port}/new`;
    expect(await changeWebhook(administrator, reference, { ...asked, address, events: ["incident.reported"] })).toBe(
      "done",
    );
    await happen("EX-3333-2222");
    await happen("INC-2222-2222", "incident.reported");
    await deliver();
    expect(receiver.received.map(({ path }) => path)).toEqual(["/take?code=s3cret", "/new"]);
    expect(await changeWebhook(administrator, reference, { ...asked, address: "https://evil.test/" })).toMatchObject({
      code: "invalid",
      problems: [{ field: "address" }],
    });
  });

  it("are tested at one address, which gets nothing else", async () => {
    const { reference } = await name({ events: ["campaign.started"] }, "/one");
    await name({}, "/two");
    expect(await testWebhook(administrator, reference)).toBe("done");
    expect(await deliver()).toMatchObject({ sent: 1 });
    expect(receiver.received).toMatchObject([{ path: "/one" }]);
    expect(receiver.received[0]?.body).toContain('"type":"webhook.tested"');
  });

  it("are sent once each and in order, even if two servers send at once", async () => {
    await name({}, "/one");
    await name({}, "/two");
    const references = ["2", "3", "4", "5", "6", "7", "8", "9"].map((digit) => `EX-${digit.repeat(4)}-2222`);
    for (const reference of references) await happen(reference);
    const sent = await Promise.all([deliver(), deliver(), deliver()]);
    expect(sent.reduce((sum, one) => sum + one.sent, 0)).toBe(16);
    for (const path of ["/one", "/two"]) {
      const there = receiver.received.filter((one) => one.path === path).map(({ body }) => body);
      expect(there.map((body) => (JSON.parse(body) as { data: { reference: string } }).data.reference)).toEqual(
        references,
      );
    }
  });

  it("leave no secret in the log, in the evidence or in a plain column", async () => {
    const { reference, secret } = await name();
    await happen("EX-2222-2222");
    receiver.answer = () => 500;
    await deliver();
    const logged = JSON.stringify(vi.mocked(console.warn).mock.calls);
    expect(logged).toContain(reference);
    const { prisma } = database();
    const stored = [
      await prisma.webhook.findMany(),
      await prisma.evidence.findMany(),
      await prisma.evidenceDetail.findMany(),
    ];
    for (const text of [logged, JSON.stringify(stored)])
      for (const one of ["s3cret", secret.replace("whsec_", ""), "/take"]) expect(text).not.toContain(one);
  });

  it("are not queued, and nothing is sent, where no host is allowed", async () => {
    await name();
    Object.assign(getEnv(), { webhookHosts: [] });
    await happen("EX-2222-2222");
    expect(await database().prisma.webhookMessage.count()).toBe(0);
    expect(await SEND_EVENTS.run(NOW)).toBe("Nothing: WEBHOOK_HOSTS allows no host.");
    Object.assign(getEnv(), { webhookHosts: ["events.test"] });
    expect(await SEND_EVENTS.run(NOW)).toBe("Sent 0. 0 to be tried again. 0 given up.");
  });
});
