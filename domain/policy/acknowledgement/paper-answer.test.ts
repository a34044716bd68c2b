import { describe, expect, it } from "vitest";
import { calendarDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { AcknowledgementAnswer, GivenAnswer } from "./acknowledgement.ts";
import { acknowledgementStateOf } from "./acknowledgement.ts";
import { paperFrom, paperOutcome, paperProblems, type SentPaper } from "./paper-answer.ts";

const key = (version: string) => ({ version, hash: `hash of ${version}` });
const COUNTING = [key("1.1"), key("1.0")];

function given(
  version: string,
  answer: AcknowledgementAnswer,
  at: string,
  more: Partial<GivenAnswer> = {},
): GivenAnswer {
  const givenAt = new Date(at);
  const moments = { givenAt, repliedAt: null, recordedAt: null };
  return { reference: `${version} ${at}`, policy: "p", ...key(version), attempt: 1, answer, ...moments, ...more };
}

describe("an answer from paper", () => {
  const accepted = (day: string) => ({ answer: "accepted" as const, day });
  const declined = (day: string) => ({ answer: "declined" as const, day });

  it("counts from the first moment of its day, on any version that still counts", () => {
    for (const version of ["1.1", "1.0"])
      expect(paperOutcome([], COUNTING, key(version), accepted("2026-11-05"))).toEqual({
        kind: "record",
        attempt: 1,
        givenAt: startOfDay("2026-11-05"),
      });
    expect(paperOutcome([], COUNTING, key("0.9"), accepted("2026-11-05"))).toEqual({ kind: "superseded" });
  });

  it("never takes the place of what they answered after its day", () => {
    const decline = given("1.1", "declined", "2026-11-10T09:00:00Z");
    for (const version of ["1.1", "1.0"])
      expect(paperOutcome([decline], COUNTING, key(version), accepted("2026-11-09"))).toEqual({
        kind: "later",
        given: decline,
      });
    expect(paperOutcome([decline], COUNTING, key("1.1"), accepted("2026-11-11"))).toMatchObject({ kind: "record" });
  });

  it("comes after what they answered in the portal on its day, and counts then", () => {
    const decline = given("1.1", "declined", "2026-11-10T09:00:00Z");
    const outcome = paperOutcome([decline], COUNTING, key("1.1"), accepted("2026-11-10"));
    if (outcome.kind !== "record") throw new Error(outcome.kind);
    expect(outcome.attempt).toBe(2);
    expect(outcome.givenAt.getTime()).toBeGreaterThan(decline.givenAt.getTime());
    expect(calendarDay(outcome.givenAt)).toBe("2026-11-10");
    const paper = { ...decline, ...outcome, answer: "accepted" as const };
    expect(acknowledgementStateOf([decline, paper], COUNTING)).toEqual({ kind: "accepted", given: paper });
  });

  it("takes no acceptance away, whichever day it has", () => {
    const acceptance = given("1.0", "accepted", "2026-11-10T09:00:00Z");
    for (const day of ["2026-11-01", "2026-11-10", "2026-11-20"])
      for (const on of COUNTING)
        expect(paperOutcome([acceptance], COUNTING, on, declined(day))).toEqual({ kind: "already", given: acceptance });
  });

  it("declines again only after the reply", () => {
    const repliedAt = new Date("2026-11-12T09:00:00Z");
    const decline = given("1.1", "declined", "2026-11-10T09:00:00Z", { repliedAt });
    const on = key("1.1");
    expect(paperOutcome([decline], COUNTING, on, declined("2026-11-11"))).toEqual({ kind: "later", given: decline });
    expect(paperOutcome([decline], COUNTING, on, declined("2026-11-12"))).toMatchObject({ kind: "record", attempt: 2 });
    expect(paperOutcome([decline], COUNTING, on, accepted("2026-11-11"))).toMatchObject({ kind: "record", attempt: 2 });
    const waiting = { ...decline, repliedAt: null };
    expect(paperOutcome([waiting], COUNTING, on, declined("2026-11-20"))).toEqual({ kind: "already", given: waiting });
  });
});

describe("what has to be corrected", () => {
  const days = { from: "2026-11-02", today: "2026-11-30" };
  const whole: SentPaper = { answer: "accepted", reason: "", day: "2026-11-05", place: "File 7", why: "No device." };
  const wrong = (part: Partial<SentPaper>) => paperProblems({ ...whole, ...part }, days).map(({ field }) => field);

  it.each([
    [{}, []],
    [{ answer: "" }, ["answer"]],
    [{ answer: "declined", reason: "x" }, ["answer"]],
    [{ answer: "cannot_agree", reason: "It is wrong." }, []],
    [{ answer: "not_understood" }, ["reason"]],
    [{ reason: "x" }, ["reason"]],
    [{ day: "" }, ["day"]],
    [{ day: "2026-11-02" }, []],
    [{ day: "2026-11-01" }, ["day"]],
    [{ day: "2026-11-30" }, []],
    [{ day: "2026-12-01" }, ["day"]],
    [{ place: "" }, ["place"]],
    [{ place: "x".repeat(301) }, ["place"]],
    [{ why: "" }, ["why"]],
    [{ answer: "", day: "", place: "", why: "" }, ["answer", "day", "place", "why"]],
  ] as const)("%j: %j", (part, fields) => expect(wrong(part)).toEqual(fields));

  it("counts from when the version applied or came here, and the person had begun and come back", () => {
    const version = { startDay: "2026-10-01", servedDay: "2026-11-01" };
    expect(paperFrom(version, [null, null])).toBe("2026-10-01");
    expect(paperFrom({ ...version, startDay: "" }, [null])).toBe("2026-11-01");
    expect(paperFrom({ ...version, startDay: "2027-01-01" }, [null])).toBe("2026-11-01");
    expect(paperFrom(version, ["2026-10-15", "2026-10-20"])).toBe("2026-10-20");
    expect(paperFrom(version, ["2025-01-01", null])).toBe("2026-10-01");
  });
});
