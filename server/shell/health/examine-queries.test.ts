import { expect, it } from "vitest";
import { clock } from "#server/base/clock.ts";
import { makeCommandToken } from "#server/base/secret/command-token.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { examineForCommand, listHealthLines } from "./examine-queries.ts";

describeOnOneDatabase("the lines of health", (database) => {
  it("are for administrators, and the long ones only when asked", async () => {
    const administrator = await addPerson(database(), "ada", { roles: ["employee", "administrator"] });
    const short = await listHealthLines(administrator, false);
    expect(short?.lines.find(({ name }) => name === "migrations")).toMatchObject({ state: "ok" });
    expect(short?.lines.map(({ name }) => name)).not.toContain("content");
    expect(await listHealthLines(await addPerson(database(), "emma"), false)).toBeNull();
  });

  it("are for a command with its token, whole, and for no other", async () => {
    const secret = process.env["AUTH_SECRET"] ?? "";
    expect(await examineForCommand("")).toBe("refused");
    expect(await examineForCommand(makeCommandToken("backup", secret, clock.now()))).toBe("refused");
    const answer = await examineForCommand(makeCommandToken("doctor", secret, clock.now()));
    expect(answer === "refused" ? [] : answer.lines.map(({ name }) => name)).toContain("evidence");
  });
});
