import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { ExceptionState } from "#domain/policy/exception/state.ts";
import { HIGH_RISK, MEDIUM_RISK, completeDraft } from "#server/testing/exceptions.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import {
  passOnException,
  approveException,
  declineException,
  requestChanges,
  revokeException,
  submitException,
  withdrawException,
  type ExceptionCommandResult,
} from "./service.ts";
import { getException } from "./queries.ts";
import { findException } from "./repository.ts";

/** A request in some state; `high`: waiting for a decision, with a high remaining risk. */
const STATES = [
  "draft",
  "submitted",
  "high",
  "changes-requested",
  "approved",
  "declined",
  "withdrawn",
  "revoked",
  "expired",
] as const;
type State = (typeof STATES)[number];

/** Who may do what in which state, written by hand: requester, line manager, governance officer, senior owner. */
const EXPECTED: Readonly<Record<string, Readonly<Record<State, string>>>> = {
  // ok · n not found · y not yours · h needs somebody more senior · w wrong state. Sending twice leaves a request sent:
  // ok.
  submit: {
    draft: "ok n n n",
    submitted: "ok y y y",
    high: "ok y y y",
    "changes-requested": "ok y y y",
    approved: "w y y y",
    declined: "w y y y",
    withdrawn: "w y y y",
    revoked: "w y y y",
    expired: "w y y y",
  },
  approve: {
    draft: "y n n n",
    submitted: "y ok ok y",
    high: "y h ok ok",
    "changes-requested": "y w w y",
    approved: "y w w y",
    declined: "y w w y",
    withdrawn: "y w w y",
    revoked: "y w w y",
    expired: "y w w y",
  },
  decline: {
    draft: "y n n n",
    submitted: "y ok ok y",
    high: "y h ok ok",
    "changes-requested": "y w w y",
    approved: "y w w y",
    declined: "y w w y",
    withdrawn: "y w w y",
    revoked: "y w w y",
    expired: "y w w y",
  },
  "request-changes": {
    draft: "y n n n",
    submitted: "y ok ok y",
    high: "y h ok ok",
    "changes-requested": "y w w y",
    approved: "y w w y",
    declined: "y w w y",
    withdrawn: "y w w y",
    revoked: "y w w y",
    expired: "y w w y",
  },
  "pass-on": {
    draft: "y n n n",
    submitted: "y ok ok y",
    high: "y h ok ok",
    "changes-requested": "y w w y",
    approved: "y w w y",
    declined: "y w w y",
    withdrawn: "y w w y",
    revoked: "y w w y",
    expired: "y w w y",
  },
  withdraw: {
    draft: "w n n n",
    submitted: "ok y y y",
    high: "ok y y y",
    "changes-requested": "ok y y y",
    approved: "ok y y y",
    declined: "w y y y",
    withdrawn: "w y y y",
    revoked: "w y y y",
    expired: "w y y y",
  },
  revoke: {
    draft: "y n n n",
    submitted: "y y w y",
    high: "y y w y",
    "changes-requested": "y y w y",
    approved: "y y ok y",
    declined: "y y w y",
    withdrawn: "y y w y",
    revoked: "y y w y",
    expired: "y y w y",
  },
};

const COMMANDS: Readonly<
  Record<string, (by: Actor, reference: string, revision: number, until: string) => Promise<ExceptionCommandResult>>
> = {
  submit: (by, reference) => submitException(by, reference),
  approve: (by, reference, revision, until) =>
    approveException(by, reference, revision, { reason: "Yes.", conditions: [], until }),
  decline: (by, reference, revision) => declineException(by, reference, revision, "No."),
  "request-changes": (by, reference, revision) => requestChanges(by, reference, revision, "Change it.", {}),
  "pass-on": (by, reference, revision) =>
    passOnException(by, reference, revision, by.personId === "officer" ? "senior-owner" : "officer", "You know more."),
  withdraw: (by, reference) => withdrawException(by, reference, "No need."),
  revoke: (by, reference) => revokeException(by, reference, "Stop."),
};

const CODES = {
  "not-found": "n",
  "not-yours": "y",
  covered: "c",
  "has-approved": "a",
  "self-made": "s",
  "needs-higher": "h",
  "passed-on": "p",
  "wrong-state": "w",
  "moved-on": "m",
  refused: "r",
};

describeOnEachDatabase("who may do what with a request", (database) => {
  let asker: Actor;
  let knowing: Actor[];
  let strangers: Actor[];
  let count = 0;

  beforeEach(async () => {
    const person = (id: string, more: Parameters<typeof addPerson>[2]) => addPerson(database(), id, more);
    const manager = await person("manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await person("asker", { team });
    const officer = await person("officer", { roles: ["governance-officer"] });
    const seniorOwner = await person("senior-owner", { roles: ["senior-information-risk-owner"] });
    knowing = [asker, manager, officer, seniorOwner];
    const otherManager = await person("other-manager", { roles: ["line-manager"] });
    await addTeam(database(), "audit", { managerId: otherManager.personId });
    strangers = [
      otherManager,
      await person("colleague", { team }),
      await person("auditor", { roles: ["auditor"] }),
      await person("policy-owner", { roles: ["policy-owner"] }),
      await person("administrator", { roles: ["administrator"] }),
      await person("elsewhere", {
        body: "nottingham",
        roles: ["governance-officer", "line-manager", "senior-information-risk-owner"],
      }),
    ];
  });

  /** Puts a complete request into a state, as its row would be then. */
  async function requestIn(state: State): Promise<string> {
    const reference = await completeDraft(asker, `request ${++count}`, state === "high" ? HIGH_RISK : MEDIUM_RISK);
    if (state === "draft") return reference;
    await submitException(asker, reference);
    if (state === "submitted" || state === "high") return reference;
    const [, manager, officer] = knowing;
    if (!manager || !officer) throw new Error("Somebody is missing.");
    const { revision, wantedUntil } = await found(reference);
    const approval = { reason: "At first.", conditions: [], until: wantedUntil };
    if (state === "changes-requested") await requestChanges(manager, reference, revision, "At first.", {});
    else if (state === "declined") await declineException(manager, reference, revision, "At first.");
    else if (state === "withdrawn") await withdrawException(asker, reference, "At first.");
    else await approveException(manager, reference, revision, approval);
    if (state === "revoked") await revokeException(officer, reference, "At first.");
    if (state === "expired")
      await database().prisma.exception.update({ where: { reference }, data: { endsAt: new Date(Date.now() - 1) } });
    const expected: ExceptionState = state;
    expect((await getException(asker, reference))?.state).toBe(expected);
    return reference;
  }

  async function found(reference: string) {
    const request = await findException(database().prisma, "nao", reference);
    if (!request) throw new Error(`There is no ${reference}.`);
    return request;
  }

  /** Everything that a command could have changed. */
  async function glance(reference: string) {
    const select = {
      revision: true,
      state: true,
      wantedUntil: true,
      changedAt: true,
      _count: { select: { steps: true } },
    };
    const { _count, ...row } = await database().prisma.exception.findUniqueOrThrow({ where: { reference }, select });
    return { ...row, steps: _count.steps, evidence: await database().prisma.evidence.count() };
  }

  for (const state of STATES) {
    it(`${state}: as the table says, and what is refused changes nothing`, async () => {
      let reference = await requestIn(state);
      let before = await glance(reference);
      for (const [name, give] of Object.entries(COMMANDS)) {
        const expected = (EXPECTED[name]?.[state] ?? "").split(" ");
        for (const [index, by] of [...knowing, ...strangers].entries()) {
          const result = await give(by, reference, before.revision, before.wantedUntil ?? "");
          const what = `${name} by ${by.personId}`;
          expect([what, result.ok ? "ok" : CODES[result.code]]).toEqual([what, expected[index] ?? "n"]);
          const after = await glance(reference);
          if (after.revision === before.revision) expect([what, after]).toEqual([what, before]);
          else {
            expect([what, after.evidence, after.steps]).toEqual([what, before.evidence + 1, before.steps + 1]);
            reference = await requestIn(state);
            before = await glance(reference);
          }
        }
      }
    });
  }

  it("is seen only by the people involved; a draft only by its author", async () => {
    const seeing = async (reference: string) => {
      const views = await Promise.all([...knowing, ...strangers].map((one) => getException(one, reference)));
      return views.flatMap((view, index) => (view ? [[...knowing, ...strangers][index]?.personId] : []));
    };
    expect(await seeing(await requestIn("draft"))).toEqual(["asker"]);
    const readers = ["asker", "manager", "officer", "senior-owner", "auditor"];
    for (const state of STATES.slice(1)) expect(await seeing(await requestIn(state))).toEqual(readers);
  });
});
