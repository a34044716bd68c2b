import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { isFirstWorkingDayOfMonth } from "#domain/gather/board/moments.ts";
import { bodySchema } from "#domain/policy/policy/body.ts";
import { daysOff } from "#server/base/calendar/days-off.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { serveBody } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { SEND_BOARD_REPORTS } from "./job.ts";

const noon = (day: string) => new Date(`${day}T12:00:00Z`);

it("is due on the first working day of the nation", () => {
  const days = (nation: "england" | "scotland", month: string) =>
    Array.from({ length: 9 }, (_, at) => `${month}-0${at + 1}`).filter((day) =>
      isFirstWorkingDayOfMonth(day, daysOff({ nation }, day, day)),
    );
  // 1 January is a bank holiday, 2 January in Scotland too.
  expect(days("england", "2026-01")).toEqual(["2026-01-02"]);
  expect(days("scotland", "2026-01")).toEqual(["2026-01-05"]);
  expect(days("england", "2027-05")).toEqual(["2027-05-04"]); // a weekend, then a bank holiday
  expect(days("england", "2027-03")).toEqual(["2027-03-01"]);
});

describeOnEachDatabase("the board's report by mail", (database) => {
  beforeEach(async () => {
    vi.spyOn(clock, "now").mockReturnValue(noon("2027-03-01"));
    await addPerson(database(), "senior", { roles: ["senior-information-risk-owner"] });
    await addPerson(database(), "chair");
    await addPerson(database(), "stranger", { body: "nottingham" });
    await addPerson(database(), "gone");
    await database().prisma.person.update({ where: { id: "gone" }, data: { status: "left" } });
  });
  afterEach(() => {
    vi.restoreAllMocks();
  });
  const to = [
    "senior-information-risk-owner",
    "chair@nao.invalid",
    "stranger@nottingham.invalid",
    "gone@nao.invalid",
    "nobody@nao.invalid",
  ] as const;
  const run = (day: string) => SEND_BOARD_REPORTS.run(noon(day));
  const notices = () => database().prisma.notice.findMany({ orderBy: { personId: "asc" } });

  it("goes to nobody unless the body names somebody", async () => {
    await serveBody("nao", {});
    expect(await run("2027-03-01")).toBe("Nothing to send");
  });

  it("goes once to those whom the body names, in words, and is recorded", async () => {
    await serveBody("nao", { boardReport: { to: [...to] } });
    expect(await run("2027-02-26")).toBe("Nothing to send");
    expect(await Promise.all([run("2027-03-01"), run("2027-03-01")])).toContain("Sent to nao: 2 people");
    expect(await run("2027-03-01")).toBe("Nothing to send");
    expect(await run("2027-03-02")).toBe("Nothing to send");
    const sent = await notices();
    expect(sent.map(({ personId }) => personId)).toEqual(["chair", "senior"]);
    const [chair, senior] = sent.map(({ paragraphs }) => paragraphs.join("\n"));
    expect(sent[1]).toMatchObject({ subject: "The board’s report of February 2027", href: "/board?on=2027-02-28" });
    expect(senior).toContain(
      "In February 2027: accidents 0, possible breaches of personal data 0, clear-downs missed 0.",
    );
    expect(senior).not.toContain("Person");
    expect(chair).toContain("opens for senior information risk owners");
    expect(await database().prisma.mail.count()).toBe(2);
    const [event] = await database().prisma.evidence.findMany({ where: { event: "board-report.sent" } });
    expect([event?.subject, event?.data]).toEqual(["2027-02", JSON.stringify({ people: 2, chain: 0 })]);
  });

  it("takes roles and addresses only, and says which field is wrong", async () => {
    const [body] = (await loadContent()).bodies;
    const { slug: _slug, ...file } = body ?? { slug: "" };
    const problem = bodySchema.safeParse({
      ...file,
      boardReport: { to: ["senior-information-risk-owner", "the chair"] },
    });
    expect(problem.error?.issues[0]?.path).toEqual(["boardReport", "to", 1]);
    expect(problem.error?.issues[0]?.message).toMatch(/^name a role/);
  });
});
