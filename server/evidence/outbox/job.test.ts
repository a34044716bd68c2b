import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { getEnv } from "#server/base/environment/env.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { smtpAnswer, startSmtp, type TestSmtp } from "#server/testing/smtp.ts";
import { SEND_MAIL } from "./job.ts";

describeOnEachDatabase("sending waiting mail", (database) => {
  let smtp: TestSmtp;
  beforeAll(async () => {
    smtp = await startSmtp();
  });
  afterAll(() => smtp.stop());
  beforeEach(async () => {
    Object.assign(getEnv(), { smtpUrl: smtp.url });
    smtp.mails.length = 0;
    await addPerson(database(), "ann");
    await addPerson(database(), "bob");
  });
  afterEach(() => {
    Object.assign(getEnv(), { smtpUrl: null });
    delete smtp.steps.onRecipient;
  });

  const tell = (...people: string[]) =>
    transact(async () => {
      const words = { subject: "Do not delete", paragraphs: ["A hold was placed."], href: "/holds" };
      const notices = people.map((to) => ({ body: "nao", to, kind: "hold-placed" as const, ...words }));
      return Promise.resolve({ result: null, evidence: [], notices });
    });

  it("reports how many went out, and sends nothing twice, even if two servers send at once", async () => {
    await tell("ann", "bob");
    const said = await Promise.all([SEND_MAIL.run(new Date()), SEND_MAIL.run(new Date())]);
    const sent = said.map((line) => Number(/^Sent (\d)\.$/.exec(line ?? "")?.[1]));
    expect((sent[0] ?? 0) + (sent[1] ?? 0), said.join(" ")).toBe(2);
    const addresses = smtp.mails.flatMap(({ to }) => [to ?? []].flat().map(({ text }) => text)).sort();
    expect(addresses).toEqual([expect.stringContaining("ann@nao.invalid"), expect.stringContaining("bob@nao.invalid")]);
    expect(await SEND_MAIL.run(new Date())).toBe("Sent 0.");
  });

  it("reports what is to be tried again, and what is given up", async () => {
    await tell("ann", "bob");
    smtp.steps.onRecipient = (address) => {
      throw address.startsWith("ann") ? smtpAnswer(451, "Later") : smtpAnswer(550, "Nobody of that name");
    };
    expect(await SEND_MAIL.run(new Date())).toBe("Sent 0. 1 to be tried again. 1 given up.");
  });

  it("does nothing without a mail server", async () => {
    Object.assign(getEnv(), { smtpUrl: null });
    await tell("ann");
    expect(await SEND_MAIL.run(new Date())).toBe("Nothing: no mail server is set.");
    expect(await database().prisma.mail.count({ where: { state: "waiting" } })).toBe(1);
  });
});
