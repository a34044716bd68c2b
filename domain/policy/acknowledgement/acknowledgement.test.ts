import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FrontMatter } from "#domain/policy/policy/front-matter.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { startOfDay } from "#domain/base/calendar/calendar.ts";
import {
  ACKNOWLEDGEMENT_ANSWERS,
  answerOutcome,
  declineAnswerer,
  mayAnswerDecline,
  acknowledgementStateOf,
  versionsThatCount,
  type AcknowledgementAnswer,
  type GivenAnswer,
} from "./acknowledgement.ts";

/** The parts of a version that acknowledgements use. */
function version(number: string, front: Partial<FrontMatter> = {}): PolicyVersion {
  const frontMatter = { status: "in force", material: false, effective: null, acknowledgeWithinDays: 14, ...front };
  return { version: number, hash: `hash of ${number}`, frontMatter } as unknown as PolicyVersion;
}

function given(number: string, answer: AcknowledgementAnswer, attempt = 1, repliedAt: Date | null = null): GivenAnswer {
  const givenAt = startOfDay("2026-03-01");
  return {
    reference: `${number}/${attempt}`,
    policy: "p",
    version: number,
    hash: `hash of ${number}`,
    attempt,
    answer,
    givenAt,
    repliedAt,
    recordedAt: null,
  };
}

const REPLIED = startOfDay("2026-05-01");
const numbers = (versions: readonly PolicyVersion[]) => versions.map(({ version: number }) => number);

describe("versionsThatCount", () => {
  const [one, minor, two, later] = [
    version("1.0", { material: true }),
    version("1.10"),
    version("2.0", { material: true }),
    version("2.1"),
  ];
  const all = [two, one, later, minor];

  it.each([
    [one, ["1.0"]],
    [minor, ["1.10", "1.0"]],
    [two, ["2.0"]],
    [later, ["2.1", "2.0"]],
  ])("goes back to the last material change", (current, expected) => {
    expect(numbers(versionsThatCount(all, current))).toEqual(expected);
  });

  it("keeps drafts and versions in force apart", () => {
    const draft = version("0.2", { status: "draft" });
    const next = version("0.3", { status: "draft" });
    const inForce = version("1.0");
    expect(numbers(versionsThatCount([draft, next, inForce], inForce))).toEqual(["1.0"]);
    expect(numbers(versionsThatCount([draft, next, inForce], next))).toEqual(["0.3", "0.2"]);
  });
});

describe("a withdrawn version", () => {
  it("is ignored, both as the current one and between others", () => {
    const first = version("1.0", { material: true });
    const withdrawn = version("1.1", { status: "withdrawn" });
    const next = version("1.2");
    expect(numbers(versionsThatCount([first, withdrawn, next], next))).toEqual(["1.2", "1.0"]);
    expect(numbers(versionsThatCount([first, withdrawn], withdrawn))).not.toContain("1.1");
  });
});

describe("standingOf", () => {
  const counting = [version("1.1"), version("1.0")];

  it.each([
    ["nothing given", [], { kind: "outstanding", earlier: null }],
    ["accepted", [given("1.1", "accepted")], { kind: "accepted" }],
    ["an acceptance that still holds", [given("1.0", "accepted")], { kind: "accepted" }],
    ["one that holds no more", [given("0.9", "accepted")], { kind: "outstanding", earlier: null }],
    ["declined", [given("1.1", "declined")], { kind: "declined" }],
    [
      "a decline before a change that was not material",
      [given("1.0", "declined")],
      { kind: "declined", given: { version: "1.0" } },
    ],
    ["a decline before one that was", [given("0.9", "declined")], { kind: "outstanding", earlier: null }],
    [
      "a decline before it that was answered",
      [given("1.0", "declined", 1, REPLIED)],
      { kind: "outstanding", earlier: { version: "1.0" } },
    ],
    ["declined and answered", [given("1.1", "declined", 1, REPLIED)], { kind: "outstanding", earlier: { attempt: 1 } }],
    [
      "declined twice",
      [given("1.1", "declined", 1, REPLIED), given("1.1", "declined", 2)],
      { kind: "declined", given: { attempt: 2 } },
    ],
    ["declined, then accepted", [given("1.1", "accepted", 2), given("1.1", "declined")], { kind: "accepted" }],
  ])("%s", (_, answers, expected) => {
    expect(acknowledgementStateOf(answers, counting)).toMatchObject(expected);
  });

  it("ignores an answer on other content, whatever its number", () => {
    const other = { ...given("1.1", "accepted"), hash: "another" };
    expect(acknowledgementStateOf([other], counting)).toEqual({ kind: "outstanding", earlier: null });
  });
});

describe("answerOutcome", () => {
  const counting = [version("1.1"), version("1.0")];
  const [current] = counting;
  const shown = current ?? version("");

  it.each<[string, GivenAnswer[], AcknowledgementAnswer, object]>([
    ["a first acceptance", [], "accepted", { kind: "record", attempt: 1 }],
    ["a first decline", [], "declined", { kind: "record", attempt: 1 }],
    ["the same again", [given("1.1", "accepted")], "accepted", { kind: "already" }],
    ["a decline again", [given("1.1", "declined")], "declined", { kind: "already" }],
    ["a decline after an acceptance", [given("1.1", "accepted")], "declined", { kind: "already" }],
    ["a decline while an earlier acceptance holds", [given("1.0", "accepted")], "declined", { kind: "already" }],
    ["a decline again after a minor version", [given("1.0", "declined")], "declined", { kind: "already" }],
    ["an acceptance after a minor version", [given("1.0", "declined")], "accepted", { kind: "record", attempt: 1 }],
    ["an acceptance after a decline", [given("1.1", "declined")], "accepted", { kind: "record", attempt: 2 }],
    ["a decline after a reply", [given("1.1", "declined", 1, REPLIED)], "declined", { kind: "record", attempt: 2 }],
  ])("%s", (_, answers, answer, expected) => {
    expect(answerOutcome(answers, counting, shown, answer)).toMatchObject(expected);
  });

  it("refuses any version but the current one, unless the answer on it is already recorded", () => {
    for (const stale of [version("1.0"), version("1.2"), { ...shown, hash: "another" }])
      expect(answerOutcome([], counting, stale, "accepted")).toEqual({ kind: "superseded" });
    const before = [given("1.0", "declined")];
    expect(answerOutcome(before, counting, version("1.0"), "declined")).toMatchObject({ kind: "already" });
    expect(answerOutcome([], [], shown, "accepted")).toEqual({ kind: "superseded" });
  });

  it("ends with the final answer whatever is sent, numbers attempts consecutively and never repeats an answer", () => {
    const steps = fc.array(fc.oneof(fc.constantFrom(...ACKNOWLEDGEMENT_ANSWERS), fc.constant("reply" as const)), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(steps, (sent) => {
        const recorded: GivenAnswer[] = [];
        for (const step of sent) {
          const last = recorded.at(-1);
          if (step === "reply") {
            if (last?.answer === "declined") last.repliedAt = REPLIED;
            continue;
          }
          const outcome = answerOutcome(recorded, counting, shown, step);
          if (outcome.kind === "record") recorded.push(given("1.1", step, outcome.attempt));
        }
        expect(recorded.map(({ attempt }) => attempt)).toEqual(recorded.map((_, at) => at + 1));
        const accepted = recorded.findIndex(({ answer }) => answer === "accepted");
        if (accepted >= 0) expect(accepted).toBe(recorded.length - 1);
        expect(recorded.some(({ answer }) => answer === "accepted")).toBe(sent.includes("accepted"));
      }),
    );
  });
});

describe("who answers a decline", () => {
  const decline = { answer: "declined" as const, body: "nao", personId: "you" };
  const holder = (personId: string, ...roles: Role[]) => ({ personId, roles });
  const all = [
    holder("owner", "policy-owner"),
    holder("officer", "governance-officer"),
    holder("senior", "senior-information-risk-owner"),
  ];

  it.each(ROLES)("a policy owner of the body, never one's own: %s", (role) => {
    const actor = { personId: "me", roles: [role], body: "nao" };
    const holders = [...all, actor];
    expect(mayAnswerDecline(actor, decline, holders)).toBe(role === "policy-owner");
    expect(mayAnswerDecline(actor, { ...decline, body: "other" }, holders)).toBe(false);
    expect(mayAnswerDecline(actor, { ...decline, personId: "me" }, holders)).toBe(false);
    expect(mayAnswerDecline(actor, { ...decline, answer: "accepted" }, holders)).toBe(false);
  });

  it("the officer an owner's own, the senior owner an officer's own, and any other before nobody", () => {
    const [owner, officer, senior] = all;
    if (!owner || !officer || !senior) throw new Error("They are all there.");
    expect(declineAnswerer("owner", all)).toBe("governance-officer");
    expect(declineAnswerer("officer", all)).toBe("senior-information-risk-owner");
    expect(declineAnswerer("officer", [owner, officer])).toBe("policy-owner");
    expect(declineAnswerer("owner", [owner, senior])).toBe("senior-information-risk-owner");
    expect(declineAnswerer("senior", all)).toBe("policy-owner");
    expect(declineAnswerer("somebody", all)).toBe("policy-owner");
    expect(declineAnswerer("officer", [officer, senior])).toBe("senior-information-risk-owner");
    expect(declineAnswerer("owner", [...all, holder("second", "policy-owner")])).toBe("governance-officer");
    expect(declineAnswerer("owner", [owner, holder("second", "policy-owner")])).toBe("policy-owner");
    expect(declineAnswerer("senior", [senior])).toBeNull();
  });
});
