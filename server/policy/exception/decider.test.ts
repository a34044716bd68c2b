import { beforeEach, expect, it } from "vitest";
import type { Actor, Role } from "#domain/access/permission/permission.ts";
import type { Risk } from "#domain/policy/exception/request.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import { changeTeam } from "#server/people/directory/detail-service.ts";
import { changePerson } from "#server/people/directory/person-change.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { HIGH_RISK, MEDIUM_RISK, completeDraft } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { saveWho } from "./draft-service.ts";
import { getException, listExceptionTasks, getQueue } from "./queries.ts";
import { findException } from "./repository.ts";
import {
  approveException,
  declineException,
  requestChanges,
  revokeException,
  submitException,
  type ExceptionCommandResult,
} from "./service.ts";

const OK = { ok: true };

describeOnEachDatabase("who decides on a request", (database) => {
  let team: string;
  let asker: Actor;
  const person = async (id: string, role: Role, of: string | null = null) =>
    addPerson(database(), id, { roles: ["employee", role], team: of });

  beforeEach(async () => {
    team = await addTeam(database(), "fraud");
    await addTeam(database(), "audit");
    asker = await addPerson(database(), "asker", { team });
  });

  /** Sends a request for the whole team. */
  const sendForTeam = async (risk: Risk = MEDIUM_RISK, key = "first") => {
    const reference = await completeDraft(asker, key, risk);
    const { wantedUntil } = await stored(reference);
    const part = { scope: "team", teamId: team, groupId: null, wantedFrom: null, wantedUntil } as const;
    expect(await saveWho(asker, reference, part)).toEqual(OK);
    expect(await submitException(asker, reference)).toEqual(OK);
    return reference;
  };
  const stored = async (reference: string) => {
    const found = await findException(database().prisma, "nao", reference);
    if (!found) throw new Error(`There is no ${reference}.`);
    return found;
  };
  const manage = (managerId: string) => database().prisma.team.update({ where: { id: team }, data: { managerId } });
  const move = (id: string, teamId: string | null) =>
    database().prisma.person.update({ where: { id }, data: { teamId } });
  const again = async (id: string) => {
    const actor = await findActor(id);
    if (!actor) throw new Error(`${id} is not there.`);
    return actor;
  };
  const approve = async (by: Actor, reference: string) => {
    const { revision, wantedUntil } = await stored(reference);
    return approveException(by, reference, revision, { reason: "Yes.", conditions: [], until: wantedUntil });
  };
  /** The result of each way to decide. */
  const decisions = async (by: Actor, reference: string): Promise<ExceptionCommandResult[]> => {
    const { revision } = await stored(reference);
    const results = [await approve(by, reference), await declineException(by, reference, revision, "No.")];
    return [...results, await requestChanges(by, reference, revision, "Change it.", {})];
  };
  const COVERED = [1, 2, 3].map(() => ({ ok: false, code: "covered" }));
  const queueOf = async (actor: Actor) =>
    (await getQueue(actor))?.rows.map(({ exception }) => exception.reference) ?? null;
  const tasksOf = async (actor: Actor) => (await listExceptionTasks(actor)).map(({ kind, key }) => `${kind} ${key}`);
  /** Whose turn it is, according to both queues and tasks. */
  const turn = async (reference: string, people: readonly Actor[]) => {
    const turns: string[] = [];
    for (const { personId } of people) {
      const actor = await again(personId);
      const isQueued = (await queueOf(actor))?.includes(reference) ?? false;
      expect((await tasksOf(actor)).includes(`decide-exception ${reference}`), personId).toBe(isQueued);
      expect((await getException(actor, reference))?.commands.includes("approve") ?? false, personId).toBe(isQueued);
      if (isQueued) turns.push(personId);
    }
    return turns;
  };

  it("is not the line manager of the requester's own team, whom it covers: it goes to an officer", async () => {
    const manager = await person("manager", "line-manager", team);
    const officer = await person("officer", "governance-officer");
    await manage("manager");
    const reference = await sendForTeam();
    expect(await decisions(manager, reference)).toEqual(COVERED);
    expect(await turn(reference, [manager, officer])).toEqual(["officer"]);
    expect(await getException(manager, reference)).toMatchObject({ bar: "covered", deciders: ["governance-officer"] });
    expect(await approve(officer, reference)).toEqual(OK);
  });

  it("is the line manager if they are in another team, and manage another one", async () => {
    const manager = await person("manager", "line-manager", "audit");
    await database().prisma.person.update({ where: { id: "asker" }, data: { managerId: "manager" } });
    expect(await approve(manager, await sendForTeam())).toEqual(OK);
  });

  it("is not the manager of the team that it is for, although the directory has them in another", async () => {
    const manager = await person("manager", "line-manager", "audit");
    await person("officer", "governance-officer");
    await manage("manager");
    expect(await decisions(manager, await sendForTeam())).toEqual(COVERED);
  });

  it("is not an officer of the team at high risk: another officer or the senior owner is", async () => {
    const inside = await person("inside", "governance-officer", team);
    const outside = await person("outside", "governance-officer");
    const senior = await person("senior", "senior-information-risk-owner", team);
    const reference = await sendForTeam(HIGH_RISK);
    expect(await decisions(inside, reference)).toEqual(COVERED);
    expect(await decisions(senior, reference)).toEqual(COVERED);
    expect(await turn(reference, [inside, outside, senior])).toEqual(["outside"]);
    expect(await approve(outside, reference)).toEqual(OK);
  });

  it("is the senior owner if the line manager and every officer are covered, who can then see the request", async () => {
    const manager = await person("manager", "line-manager", team);
    const officer = await person("officer", "governance-officer", team);
    const senior = await person("senior", "senior-information-risk-owner");
    await manage("manager");
    const reference = await sendForTeam();
    expect(await turn(reference, [manager, officer, senior])).toEqual(["senior"]);
    expect(await approve(senior, reference)).toEqual(OK);
    // So does revoking.
    expect(await revokeException(officer, reference, "Stop.")).toEqual({ ok: false, code: "covered" });
    expect(await getException(officer, reference)).toMatchObject({ deciders: ["senior-information-risk-owner"] });
    expect(await revokeException(senior, reference, "Stop.")).toEqual(OK);
  });

  it("is nobody who was in the team when it was sent, wherever they are now, and whatever their role", async () => {
    const officer = await person("officer", "governance-officer", team);
    await addPerson(database(), "colleague", { team });
    const outside = await person("outside", "governance-officer");
    const reference = await sendForTeam();
    await move("officer", "audit");
    await database().prisma.person.update({
      where: { id: "colleague" },
      data: { teamId: null, roles: ["governance-officer"] },
    });
    for (const id of ["officer", "colleague"]) expect(await decisions(await again(id), reference), id).toEqual(COVERED);
    expect(await turn(reference, [officer, outside])).toEqual(["outside"]);
    // Nor has anybody who joined it since.
    await move("outside", team);
    expect(await decisions(await again("outside"), reference)).toEqual(COVERED);
  });

  it("can be somebody from the original team after it was changed and sent again for somebody else", async () => {
    const officer = await person("officer", "governance-officer", team);
    const outside = await person("outside", "governance-officer");
    const reference = await sendForTeam();
    const { revision, wantedUntil } = await stored(reference);
    await requestChanges(outside, reference, revision, "For one alone.", {});
    await saveWho(asker, reference, { scope: "person", teamId: null, groupId: null, wantedFrom: null, wantedUntil });
    expect(await submitException(asker, reference)).toEqual(OK);
    expect(await turn(reference, [officer, outside])).toEqual(["officer", "outside"]);
  });

  it("is nobody if nobody is left: administrators have a task until there is somebody", async () => {
    const officer = await person("officer", "governance-officer", team);
    const administrator = await person("administrator", "administrator");
    const reference = await sendForTeam();
    expect(await turn(reference, [officer])).toEqual([]);
    expect(await getException(asker, reference)).toMatchObject({ deciders: [] });
    expect(await tasksOf(administrator)).toEqual([`name-decider ${reference}`]);
    await person("senior", "senior-information-risk-owner");
    expect(await tasksOf(administrator)).toEqual([]);
    expect(await turn(reference, [await again("senior")])).toEqual(["senior"]);
  });

  it("does not include people who have left or not started yet", async () => {
    const senior = await person("senior", "senior-information-risk-owner");
    await person("gone", "governance-officer");
    await person("coming", "governance-officer");
    await database().prisma.person.update({ where: { id: "gone" }, data: { status: "left" } });
    await database().prisma.person.update({ where: { id: "coming" }, data: { startsOn: "2999-01-01" } });
    const reference = await sendForTeam();
    expect(await turn(reference, [senior])).toEqual(["senior"]);
  });

  it("is another officer for an officer's own request or, if there is none, the senior owner", async () => {
    const officer = await person("officer", "governance-officer");
    const senior = await person("senior", "senior-information-risk-owner");
    const draft = await completeDraft(officer, "own");
    expect(await submitException(officer, draft)).toEqual(OK);
    expect(await turn(draft, [officer, senior])).toEqual(["senior"]);
    const second = await person("second", "governance-officer");
    expect(await turn(draft, [officer, senior, second])).toEqual(["second"]);
  });

  const byHand = async (by: string, who: string, fields: Parameters<typeof changePerson>[2]) =>
    transact(async (tx) => {
      const done = await changePerson(tx, { body: "nao", personId: who }, fields, {
        by,
        authority: null,
        at: new Date(),
      });
      if (done === null || done === "last-administrator") throw new Error("Not changed.");
      return { result: null, evidence: done.evidence };
    });
  const sendForOneself = async () => {
    const reference = await completeDraft(asker, "own");
    expect(await submitException(asker, reference)).toEqual(OK);
    return reference;
  };
  const SELF_MADE = [1, 2, 3].map(() => ({ ok: false, code: "self-made" }));

  it("is not somebody who made themselves line manager after it was sent, by changing the person, the team or the previous manager, or with a token", async () => {
    await person("before", "line-manager");
    await person("climber", "line-manager", "audit");
    await manage("before");
    await database().prisma.person.update({
      where: { id: "climber" },
      data: { roles: ["employee", "line-manager", "administrator"] },
    });
    await person("officer", "governance-officer");
    await person("administrator", "administrator");
    const reference = await sendForOneself();
    const expectRefused = async () => {
      expect(await decisions(await again("climber"), reference)).toEqual(SELF_MADE);
      expect(await turn(reference, [await again("climber"), await again("officer")])).toEqual(["officer"]);
    };
    await byHand("climber", "asker", { managerId: "climber" });
    await expectRefused();
    await byHand("administrator", "asker", { managerId: null });
    const made = await makeToken(await again("climber"), { name: "Directory", scopes: ["directory"], days: "30" }, "k");
    if (made.code !== "made") throw new Error("No token.");
    await byHand(made.reference, "asker", { managerId: "climber" });
    await expectRefused();
    expect(await getException(await again("climber"), reference)).toMatchObject({ bar: "self-made" });
  });

  it("is not somebody who made themselves manager of the team, or moved the requester into one of their teams", async () => {
    const climber = await addPerson(database(), "climber", { roles: ["employee", "line-manager", "administrator"] });
    await person("officer", "governance-officer");
    const reference = await sendForOneself();
    const changed = await changeTeam(climber, team, { name: "Team fraud", manager: climber.email });
    // Either the change is refused or, if it got through, deciding is.
    if (changed.code === "done") expect(await decisions(await again("climber"), reference)).toEqual(SELF_MADE);
    await database().prisma.team.update({ where: { id: team }, data: { managerId: null } });
    await database().prisma.team.update({ where: { id: "audit" }, data: { managerId: "climber" } });
    await byHand("climber", "asker", { teamId: "audit" });
    expect(await decisions(await again("climber"), reference)).toEqual(SELF_MADE);
  });

  it("is a line manager appointed by somebody else since, or who already was one", async () => {
    await person("before", "line-manager");
    await person("after", "line-manager");
    await person("administrator", "administrator");
    await manage("before");
    const reference = await sendForOneself();
    // A change of their own to something else does not count.
    await byHand("after", "asker", { name: "Asker Anew" });
    await byHand("administrator", "asker", { managerId: "after" });
    expect(await approve(await again("after"), reference)).toEqual(OK);
  });

  it("excludes people who made themselves line manager, even after it was sent back and sent again", async () => {
    await person("climber", "line-manager");
    const officer = await person("officer", "governance-officer");
    const reference = await sendForOneself();
    await byHand("climber", "asker", { managerId: "climber" });
    await requestChanges(officer, reference, (await stored(reference)).revision, "Again.", {});
    expect(await submitException(asker, reference)).toEqual(OK);
    expect(await decisions(await again("climber"), reference)).toEqual(SELF_MADE);
  });
});
