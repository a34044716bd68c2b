import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { clock } from "#server/base/clock.ts";
import { describeFailure } from "#server/base/log/failure.mjs";
import { transact } from "#server/evidence/journal/transact.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { smtpAnswer, startSmtp, type TestSmtp } from "#server/testing/smtp.ts";
import { deliverMail, openSmtp } from "./deliver.ts";
import { getMail, getMailList, getOwnMail } from "./queries.ts";
import { resendMail, sendTestMail } from "./service.ts";
import { setSenderSignal } from "./sender-signal.ts";

const NOW = new Date("2026-11-24T21:00:00Z");
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);

describeOnEachDatabase("mail", (database) => {
  let smtp: TestSmtp;
  let person: Actor;
  let administrator: Actor;
  beforeAll(async () => {
    smtp = await startSmtp();
  });
  afterAll(() => smtp.stop());
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockImplementation(() => NOW);
    smtp.mails.length = 0;
    for (const step of ["onConnect", "onRecipient", "onText", "onTaken"] as const) delete smtp.steps[step];
    person = await addPerson(database(), "person");
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    setSenderSignal(undefined);
  });

  const notice = (part: Partial<Notice> = {}): Notice => ({
    body: "nao",
    to: person.personId,
    kind: "hold-placed",
    subject: "Do not delete <anything> & keep it",
    paragraphs: ["A hold was placed.", "Confirm that you have read it."],
    href: "/holds?a=1&b=2",
    ...part,
  });
  const tell = (...notices: Notice[]) => transact(async () => Promise.resolve({ result: null, evidence: [], notices }));
  const deliver = (at = NOW) => deliverMail(at, openSmtp(smtp.url, "Care at work <care@nao.invalid>"));
  it("comes from the portal's name where the setting gives an address alone", async () => {
    await tell(notice());
    await deliverMail(NOW, openSmtp(smtp.url, "care@nao.invalid"));
    expect(smtp.mails[0]?.from?.value).toEqual([{ address: "care@nao.invalid", name: "With Care" }]);
  });
  const rows = () => database().prisma.mail.findMany({ orderBy: { createdAt: "asc" } });

  it("says what to do and where, in plain text and HTML, at any hour, once", async () => {
    await tell(notice());
    expect(await deliver()).toMatchObject({ sent: 1, postponed: 0, given: 0 });
    expect(await deliver()).toMatchObject({ sent: 0 });
    expect(smtp.mails).toHaveLength(1);
    const [mail] = smtp.mails;
    const [row] = await rows();
    expect(mail?.subject).toBe("Do not delete <anything> & keep it");
    expect(mail?.messageId).toBe(row?.messageId);
    expect(mail?.from?.value).toEqual([{ address: "care@nao.invalid", name: "Care at work" }]);
    expect(mail?.to).toMatchObject({ value: [{ address: person.email, name: person.name }] });
    expect(mail?.headers.get("auto-submitted")).toBe("auto-generated");
    // Without NDR, and not All: reports that it did not arrive still come.
    expect(mail?.headers.get("x-auto-response-suppress")).toBe("DR, RN, NRN, OOF, AutoReply");
    expect(mail?.text).toContain(
      "Confirm that you have read it.\n\nOpen it in the portal:\nhttp://127.0.0.1:3000/holds?a=1&b=2",
    );
    expect(mail?.html).toContain('<a href="http://127.0.0.1:3000/holds?a=1&amp;b=2">');
    expect(mail?.html).toContain("Do not delete &lt;anything&gt; &amp; keep it</h1>");
    expect(mail?.html).not.toMatch(/<img|src=|url\(|@import/);
    expect(row).toMatchObject({ state: "sent", sentAt: NOW, claimedUntil: null, tries: 1 });
  });

  it("is in the outbox with its cause or not at all, and wakes the sender only after the commit", async () => {
    const seen: number[] = [];
    let woken = 0;
    setSenderSignal(() => void woken++);
    await expect(
      transact(async (tx) => {
        seen.push(await tx.mail.count());
        throw new Error("Undone.");
      }),
    ).rejects.toThrow("Undone.");
    expect(await rows()).toEqual([]);
    expect(woken).toBe(0);
    await tell(notice());
    expect(woken).toBe(1);
    await tell(notice({ kind: "hold-ended" }));
    expect(woken).toBe(1);
    expect(await rows()).toHaveLength(1);
  });

  it("is sent by one of two servers", async () => {
    await tell(...Array.from({ length: 12 }, (_, number) => notice({ subject: `Notice ${number}` })));
    await Promise.all([deliver(), deliver(), deliver()]);
    expect(smtp.mails.map(({ subject }) => subject).sort()).toEqual(
      Array.from({ length: 12 }, (_, number) => `Notice ${number}`).sort(),
    );
  });

  it("waits longer after each failure, and is finally given up", async () => {
    await tell(notice());
    smtp.steps.onRecipient = () => {
      throw smtpAnswer(451, "Mailbox busy");
    };
    expect(await deliver()).toMatchObject({ sent: 0, postponed: 1 });
    expect((await rows())[0]).toMatchObject({ state: "waiting", nextTryAt: later(1) });
    expect((await rows())[0]?.reason).toContain("busy");
    expect(await deliver(later(0.5))).toMatchObject({ postponed: 0 });
    let at = later(1);
    for (let tries = 2; tries <= 12; tries++) {
      await deliver(at);
      at = (await rows())[0]?.nextTryAt ?? at;
    }
    expect((await rows())[0]).toMatchObject({ state: "dead", tries: 12 });
    expect(at.getTime()).toBeGreaterThan(later(12 * 60).getTime());
    delete smtp.steps.onRecipient;
    await deliver(later(9999));
    expect(smtp.mails).toEqual([]);

    const [id] = (await rows()).map((row) => row.id);
    expect(await resendMail(person, id ?? "")).toBe("not-found");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
    expect(await resendMail(stranger, id ?? "")).toBe("not-found");
    await Promise.all([resendMail(administrator, id ?? ""), resendMail(administrator, id ?? "")]);
    const evidence = await database().prisma.evidence.findMany({ where: { event: "mail.sent-again" } });
    expect(evidence).toMatchObject([{ subject: id, actor: "administrator" }]);
    await deliver();
    expect(smtp.mails).toHaveLength(1);
  });

  it("is given up at once if the server rejects it for good, and the others go on", async () => {
    const other = await addPerson(database(), "other");
    await tell(notice(), notice({ to: other.personId, subject: "For another" }));
    smtp.steps.onRecipient = (address) => {
      if (address === person.email) throw smtpAnswer(550, `No such mailbox: ${address}`);
    };
    const logged = vi.spyOn(console, "warn").mockImplementation(() => {});
    expect(await deliver()).toMatchObject({ sent: 1, given: 1 });
    const [words, failure] = (logged.mock.lastCall ?? []) as unknown[];
    expect(words).toMatch(/^Mail [\da-f-]{36} was not sent at try 1:$/);
    expect(describeFailure(failure)).toMatchObject({ class: "MailFailure", cause: { code: "EENVELOPE" } });
    expect(describeFailure(failure).message).toContain("550 No such mailbox: [address]");
    expect(JSON.stringify(describeFailure(failure))).not.toContain(person.email);
    expect(smtp.mails.map(({ subject }) => subject)).toEqual(["For another"]);
  });

  it("all waits while the server is unreachable", async () => {
    await tell(notice(), notice(), notice());
    const nowhere = openSmtp("smtp://127.0.0.1:1", "care@nao.invalid");
    expect(await deliverMail(NOW, nowhere)).toMatchObject({ sent: 0, postponed: 1 });
    expect((await rows()).map(({ tries }) => tries).sort()).toEqual([0, 0, 1]);
    await deliver(later(5));
    expect(smtp.mails).toHaveLength(3);
  });

  it("goes out again with the same Message-ID when the claim of a crashed server has ended", async () => {
    await tell(notice());
    await database().prisma.mail.updateMany({ data: { claimedUntil: later(2), tries: 1 } });
    expect(await deliver(later(1))).toMatchObject({ sent: 0 });
    expect(await deliver(later(2))).toMatchObject({ sent: 1 });
    expect(smtp.mails[0]?.messageId).toBe((await rows())[0]?.messageId);
  });

  it("can be tested by administrators, with a mail to themselves", async () => {
    expect(await sendTestMail(person)).toBe("not-found");
    expect(await sendTestMail(administrator)).toBe("told");
    await deliver();
    expect(smtp.mails).toMatchObject([{ to: { value: [{ address: administrator.email }] } }]);
    expect(await database().prisma.evidence.findMany()).toMatchObject([
      { event: "mail.tested", actor: "administrator" },
    ]);
  });

  it("is not sent to those who left", async () => {
    await tell(notice());
    await database().prisma.person.update({ where: { id: person.personId }, data: { status: "left" } });
    await deliver();
    expect(smtp.mails).toEqual([]);
    expect((await rows())[0]).toMatchObject({ state: "unsent", reason: "The person has left." });
  });

  it("waits a day for a server to be configured, and can be read meanwhile", async () => {
    await tell(notice());
    expect(await deliverMail(later(60), null)).toMatchObject({ isOff: true, given: 0 });
    expect((await rows())[0]?.state).toBe("waiting");
    expect(await deliverMail(later(25 * 60), null)).toMatchObject({ given: 1 });
    expect((await rows())[0]?.state).toBe("unsent");
    const list = await getMailList(administrator, "unsent");
    expect(list).toMatchObject({ hasServer: false, counts: { unsent: 1, dead: 0, sent: 0 } });
    expect(list?.page.rows).toMatchObject([{ kind: "A hold was placed", to: person.name, state: "unsent" }]);
    const view = await getMail(administrator, list?.page.rows[0]?.id ?? "");
    expect(view?.text).toContain("http://127.0.0.1:3000/holds");
    expect((await getOwnMail(person)).lines).toMatchObject([{ to: "You", subject: notice().subject }]);
  });

  it("about an incident can be read only by its recipient, and all mail only within the body", async () => {
    await tell(notice({ href: "/incidents/INC-2222-2222", subject: "Secret thing" }));
    const [row] = await rows();
    const id = row?.id ?? "";
    const view = await getMail(administrator, id);
    expect(view).toMatchObject({ subject: null, text: null, to: person.name });
    expect(JSON.stringify([view, await getMailList(administrator, "unsent")])).not.toContain("Secret");
    expect(await getMail(person, id)).toMatchObject({ subject: "Secret thing" });
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] });
    expect(await getMail(stranger, id)).toBeNull();
    expect(await getMail(await addPerson(database(), "colleague"), id)).toBeNull();
    expect((await getMailList(stranger, "unsent"))?.page.rows).toEqual([]);
    expect(await getMailList(person, "unsent")).toBeNull();
  });
});
