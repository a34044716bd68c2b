import { expect, it } from "vitest";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval, HIGH_RISK, MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { addStoredExceptions } from "#server/testing/stored-exceptions.ts";
import { getException } from "./queries.ts";
import { approveException, requestChanges } from "./service.ts";
import { listAllExceptionTasks, listExceptionTasksOf } from "./task-queries.ts";

describeOnOneDatabase("the tasks about exceptions of many people", (database) => {
  it("are those of each", async () => {
    const person = (id: string, more: Parameters<typeof addPerson>[2] = {}) => addPerson(database(), id, more);
    const manager = await person("manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    const [asker, drafting, waiting, holding] = [
      await person("asker", { team }),
      await person("drafting", { team }),
      await person("waiting", { team }),
      await person("holding", { team }),
    ];
    const officer = await person("officer", { roles: ["governance-officer"] });
    const senior = await person("senior", { roles: ["senior-information-risk-owner"] });
    const owner = await person("owner", { roles: ["policy-owner"] });
    const administrator = await person("administrator", { roles: ["administrator"] });
    const sentBack = await exceptionAwaitingApproval(asker, "back");
    const revision = async (reference: string) => (await getException(officer, reference))?.exception.revision ?? 0;
    await requestChanges(officer, sentBack, await revision(sentBack), "Shorter.", {});
    await completeDraft(drafting, "draft");
    await exceptionAwaitingApproval(waiting, "medium");
    await exceptionAwaitingApproval(waiting, "high", HIGH_RISK);
    const mitigation = {
      text: "Train all.",
      owner: "policy-owner",
      dueOn: new Date().toISOString().slice(0, 10),
    } as const;
    const held = await exceptionAwaitingApproval(holding, "held", { ...MEDIUM_RISK, mitigations: [mitigation] });
    const until = (await getException(officer, held))?.exception.wantedUntil ?? null;
    await approveException(officer, held, await revision(held), { reason: "Yes.", conditions: [], until });
    const often = Array.from({ length: 5 }, (_, at) => ({ id: `often ${at}`, decidedAt: new Date() }));
    await addStoredExceptions(database(), drafting.personId, often);
    const everybody = [manager, asker, drafting, waiting, holding, officer, senior, owner, administrator];
    const together = await listExceptionTasksOf(everybody);
    const kinds: string[] = [];
    for (const one of everybody) {
      const own = await listAllExceptionTasks(one);
      expect(together.get(one.personId) ?? [], one.personId).toEqual(own);
      kinds.push(...own.map(({ kind }) => kind));
    }
    expect(new Set(kinds)).toEqual(
      new Set(["change-exception", "decide-exception", "complete-mitigation", "exception-ends", "policy-debt"]),
    );
    expect(await listExceptionTasksOf([])).toEqual(new Map());
  });
});
