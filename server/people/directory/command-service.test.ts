import { beforeEach, expect, it } from "vitest";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { makeCommandToken } from "#server/base/secret/command-token.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { importByCommand, mayImportByCommand, type ImportCommandOptions } from "./command-service.ts";

const LIST = "email,name\nadmin@nao.invalid,Person admin\nann@nao.invalid,Ann Lee\n";

describeOnEachDatabase("a list of people imported by command", (database) => {
  beforeEach(() => addPerson(database(), "admin"));

  const bring = (list: string, options: Partial<ImportCommandOptions> = {}, progress: string[] = []) =>
    importByCommand(
      new TextEncoder().encode(list),
      { isCheck: false, manyMayLeave: false, body: "nao", ...options },
      (doing, done, of) => void progress.push(`${doing} ${done}/${of}`),
    );
  const people = () => database().prisma.person.count();

  it("is checked without writing, then carried out in the name of the portal, reporting its progress", async () => {
    expect(await bring(LIST, { isCheck: true })).toMatchObject({ code: "checked", report: { faultCount: 0 } });
    expect(await people()).toBe(1);
    const progress: string[] = [];
    expect(await bring(LIST, {}, progress)).toMatchObject({
      code: "done",
      report: { bodies: [{ slug: "nao", counts: { added: 1, unchanged: 1 } }] },
    });
    expect(await people()).toBe(2);
    expect(progress.length).toBeGreaterThan(0);
    const rows = await database().prisma.evidence.findMany({ where: { body: "nao" } });
    expect(rows.map(({ event, actor }) => [event, actor])).toEqual(
      expect.arrayContaining([
        ["people.imported", "portal"],
        ["person.added", "portal"],
      ]),
    );
  });

  it("is not carried out with a fault in it, or for a body that the portal does not serve", async () => {
    expect(await bring(`${LIST}nobody,X\n`)).toMatchObject({ code: "faulty", report: { faultCount: 1 } });
    expect(await bring(LIST, { body: "no-such-body" })).toBeNull();
    expect(await people()).toBe(1);
    expect(await database().prisma.evidence.count()).toBe(0);
  });
});

it("accepts a command with a token just made for it", () => {
  const token = (purpose: "people-import" | "backup", at = new Date()) =>
    makeCommandToken(purpose, readAuthSecret(getEnv()), at);
  expect(mayImportByCommand(token("people-import"))).toBe(true);
  for (const wrong of ["", token("backup"), token("people-import", new Date(Date.now() - 120_000))])
    expect(mayImportByCommand(wrong), wrong).toBe(false);
});
