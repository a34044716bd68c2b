import { expect, it } from "vitest";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { getAuth } from "#server/access/identity/auth.ts";
import { makeCommandToken } from "#server/base/secret/command-token.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { seedSamplePeople } from "#server/access/identity/seed.ts";
import { makeSampleDirectory } from "../../../prisma/seed/sample-people.ts";
import { findVisitor, type LargeBodySender } from "./visitor.ts";

const bodies = [{ slug: "nao", employers: ["National Audit Office"] }];
const { people } = makeSampleDirectory(bodies);
const PAGE: LargeBodySender = { action: "person.manage" };
const COMMAND: LargeBodySender = { command: "people-import" };
const NOBODY = { personId: null, maySendLarge: false };

describeOnOneDatabase("who sends a request", (database) => {
  const signIn = async (role: string) => {
    const person = people.find(({ roles, status }) => status === "active" && roles.some((one) => one === role));
    const answer = await getAuth().api.signInAsSamplePerson({
      body: { personId: person?.id ?? "" },
      headers: new Headers(),
      returnHeaders: true,
    });
    const cookie = answer.headers.getSetCookie().find((one) => one.includes("session_token=")) ?? "";
    return { personId: person?.id, cookie: cookie.split(";")[0] ?? "" };
  };
  const find = (cookie: string | null, from: LargeBodySender | null = PAGE, authorization: string | null = null) =>
    findVisitor({ cookie, authorization, from });

  it("is recognised by a valid session, and may send large requests with the right permission", async () => {
    await seedSamplePeople(database().prisma, bodies);
    const administrator = await signIn("administrator");
    const employee = await signIn("employee");
    const theirs = `theme=dark; ${administrator.cookie}`;
    expect(await find(theirs)).toEqual({ personId: administrator.personId, maySendLarge: true });
    expect(await find(theirs, null)).toEqual({ personId: administrator.personId, maySendLarge: false });
    expect(await find(theirs, COMMAND), "a session opens nothing of a command's").toEqual(NOBODY);
    expect(await find(employee.cookie)).toEqual({ personId: employee.personId, maySendLarge: false });
    const [name = "", value = ""] = administrator.cookie.split("=");
    const [token = ""] = value.split(".");
    for (const cookie of [null, "", `${name}=invented.signature`, `${name}=${token}`, `${name}=${token}.x`, `${name}=`])
      expect(await find(cookie), String(cookie)).toEqual(NOBODY);
    await database().prisma.session.updateMany({ data: { seenAt: new Date(0), createdAt: new Date(0) } });
    expect(await find(theirs), "nobody used it for too long").toEqual(NOBODY);
    const leaver = await signIn("administrator");
    await database().prisma.person.updateMany({ data: { status: "left" } });
    expect(await find(leaver.cookie)).toEqual(NOBODY);
  });

  it("is a command if it has a token made for its purpose just now", async () => {
    const secret = readAuthSecret(getEnv());
    const token = (...[purpose, at]: [Parameters<typeof makeCommandToken>[0], Date]) =>
      `Bearer ${makeCommandToken(purpose, secret, at)}`;
    const may = async (authorization: string) => (await find(null, COMMAND, authorization)).maySendLarge;
    expect(await may(token("people-import", new Date()))).toBe(true);
    expect(await may(token("backup", new Date()))).toBe(false);
    expect(await may(token("people-import", new Date(Date.now() - 120_000)))).toBe(false);
    expect(await may("Bearer wc_invented")).toBe(false);
  });
});
