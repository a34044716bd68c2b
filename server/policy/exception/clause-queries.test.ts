import { expect, it } from "vitest";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, exceptionAwaitingApproval } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { countByClause } from "./figures-queries.ts";
import { findException } from "./repository.ts";
import { declineException } from "./service.ts";

describeOnEachDatabase("how often people ask to depart from a clause", (database) => {
  it("counts requests sent on this exact version in this body, and how many of them were declined", async () => {
    const asker = await addPerson(database(), "asker");
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const { version, hash } = (await getPolicy(asker, "nao"))?.version ?? { version: "", hash: "" };
    const on = { body: "nao", policy: "nao", version, hash };
    const nothing = { asked: new Map(), refused: new Map() };
    await completeDraft(asker, "draft");
    expect(await countByClause(on), "a draft is nobody's but its writer's").toEqual(nothing);
    await exceptionAwaitingApproval(asker, "waiting");
    const reference = await exceptionAwaitingApproval(asker, "declined");
    const sent = await findException(database().prisma, "nao", reference);
    expect(await declineException(officer, reference, sent?.revision ?? 0, "There is another way.")).toEqual({
      ok: true,
    });
    expect(await countByClause(on)).toEqual({ asked: new Map([["4.3", 2]]), refused: new Map([["4.3", 1]]) });
    for (const other of [{ body: "nottingham" }, { policy: "model" }, { version: "2" }, { hash: "0".repeat(64) }])
      expect(await countByClause({ ...on, ...other }), JSON.stringify(other)).toEqual(nothing);
  });
});
