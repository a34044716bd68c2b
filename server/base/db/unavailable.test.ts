import { AsyncLocalStorage } from "node:async_hooks";
import { expect, it } from "vitest";
import { transact } from "#server/evidence/journal/transact.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { shared } from "#server/base/process-shared.mjs";
import type { RequestContext } from "#server/base/request/context.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";

const requests = new AsyncLocalStorage<RequestContext>();

// A full disk and the like: the database raises these errors itself, with its real codes.
describeOnEachDatabase("a change that the database cannot keep", (database) => {
  it.each([
    ["53100", true], // disk full
    ["58030", true], // cannot read or write its files
    ["25006", true], // read-only, as a standby is
    ["55P03", true], // a lock was not available in time
    ["23514", false], // a check refuses a wrong value
  ])("with code %s is undone as a whole, with its evidence, and the next one is kept", async (code, isUnavailable) => {
    shared.requests = requests;
    const { prisma } = database();
    const request: RequestContext = {
      id: "x",
      address: "/",
      calls: new Set(),
      hasDatabaseFailed: false,
      isCommitting: false,
    };
    const add = (id: string, sql?: string) =>
      requests.run(request, () =>
        transact(async (tx) => {
          await tx.team.create({ data: { id, body: "nao", name: id } });
          if (sql) await tx.$executeRawUnsafe(sql);
          const event = { body: "nao", event: "policy.declined" as const, at: new Date(), actor: "a", subject: id };
          return { result: id, evidence: [event] };
        }),
      );
    await expect(add("first", `DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '${code}'; END $$`)).rejects.toThrow();
    expect(request).toMatchObject({ hasDatabaseFailed: isUnavailable, isCommitting: false });
    await add("second");
    expect((await prisma.team.findMany()).map(({ id }) => id)).toEqual(["second"]);
    expect((await verifyChains(prisma)).map(({ head, fault }) => [head.position, fault])).toEqual([[1, null]]);
  });
});
