import { afterEach, beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { changePerson } from "#server/people/directory/person-change.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { deliveryReport } from "#server/testing/delivery-report.ts";
import { addPerson } from "#server/testing/people.ts";
import { NoReport, readDeliveryReport } from "./bounce-reader.ts";
import { getMailList, listMailTasks, listNamesNotReached } from "./queries.ts";
import { recordBounce, resendMails, settleMail } from "./service.ts";
import { setSenderSignal } from "./sender-signal.ts";

describeOnEachDatabase("mail that did not arrive", (database) => {
  let administrator: Actor;
  let stranger: Actor;
  beforeEach(async () => {
    await addPerson(database(), "ann");
    administrator = await addPerson(database(), "admin", { roles: ["employee", "administrator"] });
    stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
  });
  afterEach(() => setSenderSignal(undefined));

  const tell = async (personId = "ann", more: Partial<Prisma.MailUncheckedCreateInput> = {}) => {
    const words = { subject: "Do not delete", paragraphs: ["A hold was placed."], href: "/holds/HLD-2222-2222" };
    const notice = { body: "nao", to: personId, kind: "hold-placed" as const, ...words };
    await transact(async () => Promise.resolve({ result: null, evidence: [], notices: [notice] }));
    const mail = await database().prisma.mail.findFirstOrThrow({ where: { personId }, orderBy: { createdAt: "desc" } });
    const data = { state: "sent", sentAt: new Date(), sentTo: `${personId}@nao.invalid`, ...more } as const;
    return database().prisma.mail.update({ where: { id: mail.id }, data });
  };
  const give = async (report: Parameters<typeof deliveryReport>[0]) =>
    recordBounce(await readDeliveryReport(Buffer.from(deliveryReport(report))));
  const stored = (id: string) => database().prisma.mail.findUniqueOrThrow({ where: { id } });
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(
      ({ event, actor, subject }) => `${event} ${actor} ${subject}`,
    );

  it("is marked by its report, once, and is a task of the body's administrators with the name", async () => {
    const { id, messageId } = await tell();
    const report = { messageId, recipient: "Ann@NAO.invalid" };
    expect(await give(report)).toMatchObject({ code: "bounced", name: "Person ann", status: "5.1.1" });
    const marked = await stored(id);
    expect(marked).toMatchObject({ state: "dead", bounceStatus: "5.1.1" });
    expect(marked.reason).toContain("rejected: User unknown");
    for (const _ of [1, 2]) expect(await give(report)).toMatchObject({ code: "known" });
    expect(await stored(id)).toEqual(marked);
    expect(await events()).toEqual([`mail.bounced portal ${id}`]);
    expect(await listMailTasks(administrator)).toMatchObject([
      {
        title: "Follow up mail that did not reach Person ann",
        titleOutside: expect.not.stringContaining("ann") as string,
      },
    ]);
    expect(await listMailTasks(stranger)).toEqual([]);
    expect(await listMailTasks({ ...administrator, roles: ["employee"] })).toEqual([]);
    expect(await listNamesNotReached(administrator, "/holds/HLD-2222-2222")).toEqual(["Person ann"]);
    expect(await listNamesNotReached(administrator, "/holds/HLD-3333-3333")).toEqual([]);
    expect(await listNamesNotReached(stranger, "/holds/HLD-2222-2222")).toEqual([]);
  });

  it("is found where the report has only its headers, and at the address that it went to", async () => {
    const { messageId } = await tell();
    await database().prisma.person.update({ where: { id: "ann" }, data: { email: "corrected@nao.invalid" } });
    expect(await give({ messageId, recipient: "corrected@nao.invalid", isHeadersOnly: true })).toEqual({
      code: "unknown",
    });
    expect(await give({ messageId, recipient: "ann@nao.invalid", isHeadersOnly: true })).toMatchObject({
      code: "bounced",
    });
  });

  it("is not concluded from a report on another mail, one to somebody else, or one that says it is only late", async () => {
    const { id, messageId } = await tell();
    expect(await give({ messageId: "<other@host>", recipient: "ann@nao.invalid" })).toEqual({ code: "unknown" });
    expect(await give({ messageId, recipient: "bo@nao.invalid" })).toEqual({ code: "unknown" });
    for (const action of ["delayed", "delivered", "relayed", "expanded"])
      expect(await give({ messageId, recipient: "ann@nao.invalid", action })).toEqual({ code: "not-failed" });
    expect(await stored(id)).toMatchObject({ state: "sent", bouncedAt: null });
    expect(await events()).toEqual([]);
    for (const source of [
      "",
      "Subject: Hello\n\nHello.",
      deliveryReport({ messageId: "none", recipient: "a@b.invalid" }),
    ])
      await expect(readDeliveryReport(Buffer.from(source))).rejects.toThrow(NoReport);
  });

  it("is sent again in bulk with evidence of each, under another Message-ID, and the old report says nothing of it", async () => {
    const [first, second] = [await tell(), await tell("admin")];
    for (const mail of [first, second]) await give({ messageId: mail.messageId, recipient: mail.sentTo ?? "" });
    expect(await listMailTasks(administrator)).toHaveLength(2);
    const ids = [first.id, second.id, first.id, "no such mail"];
    expect(await resendMails(stranger, ids)).toEqual({ found: 0, queued: 0 });
    expect(await resendMails({ ...administrator, roles: ["employee"] }, ids)).toBe("not-found");
    expect(await resendMails(administrator, ids)).toEqual({ found: 2, queued: 2 });
    expect(await resendMails(administrator, ids)).toEqual({ found: 2, queued: 0 });
    expect((await events()).filter((one) => one.startsWith("mail.sent-again"))).toEqual([
      `mail.sent-again admin ${first.id}`,
      `mail.sent-again admin ${second.id}`,
    ]);
    expect(await listMailTasks(administrator)).toEqual([]);
    const again = await stored(first.id);
    expect(again).toMatchObject({ state: "waiting", bouncedAt: null, sentTo: null });
    expect(again.messageId).not.toBe(first.messageId);
    expect(await give({ messageId: first.messageId, recipient: "ann@nao.invalid" })).toEqual({ code: "unknown" });
  });

  it("is no task where it is settled, or where the person has left; one task stands for many people", async () => {
    const { id, messageId } = await tell();
    await give({ messageId, recipient: "ann@nao.invalid" });
    expect(await settleMail(stranger, id)).toBe("not-found");
    for (const _ of [1, 2]) expect(await settleMail(administrator, id)).toBe("settled");
    expect((await events()).filter((one) => one.startsWith("mail.settled"))).toHaveLength(1);
    expect(await listMailTasks(administrator)).toEqual([]);
    expect((await getMailList(administrator, "dead"))?.page.rows).toMatchObject([{ personId: "ann" }]);
    for (let number = 0; number < 11; number++) {
      await addPerson(database(), `p${number}`);
      await tell(`p${number}`, { state: "dead", sentAt: null });
    }
    expect(await listMailTasks(administrator)).toMatchObject([
      { title: "Follow up mail that did not reach 11 people" },
    ]);
    const left = { by: "admin", authority: null, at: new Date() };
    await transact(async (tx) => {
      const done = await changePerson(tx, { body: "nao", personId: "p0" }, { status: "left" }, left);
      if (done === null || done === "last-administrator") throw new Error("Not changed.");
      return { result: null, evidence: done.evidence, notices: done.notices };
    });
    expect(await listMailTasks(administrator)).toHaveLength(10);
  });
});
