import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Actor, ROLES } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getToken, listTokens } from "./queries.ts";
import { identifyProgram, makeToken, revokeToken, takeSecret } from "./service.ts";

const ASKED = { name: "Intranet bot", scopes: ["policies:read", "evaluate"], days: "90" };
const DAY_MS = 24 * 60 * 60 * 1000;

describeOnEachDatabase("tokens for programs", (database) => {
  let administrator: Actor;
  let second: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    second = await addPerson(database(), "second", { roles: ["administrator"] });
  });
  afterEach(() => vi.restoreAllMocks());

  const at = (time: Date) => vi.spyOn(clock, "now").mockReturnValue(time);
  const make = async (actor = administrator, startKey = "key-1") => {
    const result = await makeToken(actor, ASKED, startKey);
    if (result.code !== "made") throw new Error(`Not made: ${result.code}.`);
    return result;
  };
  const makeSecret = async (startKey = "key-1") => {
    const { reference, showKey } = await make(administrator, startKey);
    return { reference, secret: (await takeSecret(administrator, reference, showKey)) ?? "" };
  };
  const identify = (secret: string) => identifyProgram(`Bearer ${secret}`);
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });

  it("is made once, however often its form is sent at once, with one row of evidence and no name in it", async () => {
    const made = await Promise.all(Array.from({ length: 6 }, () => make()));
    expect(new Set(made.map(({ reference, showKey }) => reference + showKey)).size).toBe(1);
    expect(await database().prisma.apiToken.count()).toBe(1);
    const rows = await evidence();
    expect(rows).toMatchObject([{ event: "api-token.made", subject: made[0]?.reference, actor: "administrator" }]);
    expect(JSON.parse(rows[0]?.data ?? "")).toMatchObject({ scopes: "policies:read evaluate" });
    expect(JSON.stringify(rows)).not.toContain(ASKED.name);
  });

  it("is shown once, only to its maker and with the key of its form, and stored nowhere", async () => {
    const { reference, showKey } = await make();
    expect(await takeSecret(second, reference, showKey)).toBeNull();
    for (const wrong of ["", "x", showKey.slice(1), `${showKey.slice(0, -2)}AA`, "é".repeat(43)])
      expect(await takeSecret(administrator, reference, wrong), wrong).toBeNull();
    const shown = await Promise.all([1, 2, 3].map(() => takeSecret(administrator, reference, showKey)));
    const secret = shown.find((one) => one !== null) ?? "";
    expect(secret).toMatch(/^wc_[\w-]{43}$/);
    expect(shown.filter((one) => one !== null)).toHaveLength(1);
    const everything = JSON.stringify([
      await database().prisma.apiToken.findMany(),
      await evidence(),
      await database().prisma.evidenceDetail.findMany(),
    ]);
    expect(everything).not.toContain(secret);
    expect(everything).not.toContain(secret.slice(3));
    expect(await identify(secret)).not.toBeNull();
  });

  it("is no longer shown after ten minutes, and its sealed secret is deleted when the next token is made", async () => {
    const { reference, showKey } = await make();
    at(new Date(Date.now() + 11 * 60_000));
    expect(await takeSecret(administrator, reference, showKey)).toBeNull();
    await make(administrator, "key-2");
    expect((await database().prisma.apiToken.findUnique({ where: { reference } }))?.sealed).toBeNull();
  });

  it("lets a program in as an employee of its body, with its scopes", async () => {
    const { reference, secret } = await makeSecret();
    expect(await identify(secret)).toMatchObject({
      actor: { personId: reference, roles: ["employee"], body: "nao" },
      scopes: ["policies:read", "evaluate"],
    });
    expect(await identifyProgram(`bearer  ${secret}`)).not.toBeNull();
  });

  it("lets nobody in without it", async () => {
    const { secret } = await makeSecret();
    for (const header of [
      null,
      "",
      "Bearer",
      "Bearer ",
      secret,
      `Basic ${secret}`,
      `Bearer ${secret}x`,
      `Bearer ${secret} x`,
      `Bearer ${secret.toUpperCase()}`,
      `Bearer wc_${"A".repeat(43)}`,
    ])
      expect(await identifyProgram(header), String(header)).toBeNull();
  });

  it("ends with its last day", async () => {
    const { reference, secret } = await makeSecret();
    const { expiresAt } = (await getToken(administrator, reference)) ?? {};
    at(new Date((expiresAt?.getTime() ?? 0) - 1));
    expect(await identify(secret)).not.toBeNull();
    at(expiresAt ?? new Date());
    expect(await identify(secret)).toBeNull();
    expect((await getToken(administrator, reference))?.state).toBe("expired");
  });

  it("is not valid if its body is no longer served", async () => {
    const { reference, secret } = await makeSecret();
    await database().prisma.apiToken.update({ where: { reference }, data: { body: "gone" } });
    expect(await identify(secret)).toBeNull();
  });

  it("records the day of its last use, and writes it once a day", async () => {
    const { reference, secret } = await makeSecret();
    const lastUsed = async () => (await getToken(administrator, reference))?.lastUsedOn;
    expect(await lastUsed()).toBeNull();
    at(new Date("2026-11-24T12:00:00Z"));
    await Promise.all([identify(secret), identify(secret), identify(secret)]);
    expect(await lastUsed()).toBe("2026-11-24");
    at(new Date(Date.parse("2026-11-24T12:00:00Z") + DAY_MS));
    await identify(secret);
    expect(await lastUsed()).toBe("2026-11-25");
    expect(await evidence()).toHaveLength(1);
  });

  it("is revoked at once, by two administrators together with one row of evidence", async () => {
    const { reference, secret } = await makeSecret();
    const results = await Promise.all([revokeToken(administrator, reference), revokeToken(second, reference)]);
    expect(results).toEqual(["revoked", "revoked"]);
    expect(await identify(secret)).toBeNull();
    expect((await evidence()).map(({ event }) => event)).toEqual(["api-token.made", "api-token.revoked"]);
    expect(await revokeToken(second, reference)).toBe("revoked");
    expect(await evidence()).toHaveLength(2);
    expect(await getToken(administrator, reference)).toMatchObject({ state: "revoked", revoked: { at: {} } });
  });

  it("is no longer shown once it is revoked", async () => {
    const { reference, showKey } = await make();
    await revokeToken(second, reference);
    expect(await takeSecret(administrator, reference, showKey)).toBeNull();
  });

  it("is made, seen and revoked only by administrators of its body", async () => {
    const { reference, showKey } = await make();
    const others = [
      await addPerson(database(), "stranger", { body: "nottingham", roles: ["administrator"] }),
      await addPerson(database(), "everything-else", { roles: ROLES.filter((role) => role !== "administrator") }),
    ];
    for (const other of others) {
      expect(await getToken(other, reference)).toBeNull();
      expect(await revokeToken(other, reference)).toBe("not-found");
      expect(await takeSecret(other, reference, showKey)).toBeNull();
    }
    const [stranger, everythingElse] = others as [Actor, Actor];
    expect(await listTokens(stranger)).toEqual([]);
    expect(await listTokens(everythingElse)).toBeNull();
    expect((await makeToken(everythingElse, ASKED, "key-9")).code).toBe("not-found");
    expect(await listTokens(second)).toMatchObject([{ reference, state: "active", madeBy: { isActor: false } }]);
  });

  it("is not made from an invalid form", async () => {
    expect(await makeToken(administrator, { name: "", scopes: [], days: "" }, "key-1")).toMatchObject({
      code: "invalid",
      problems: [{ field: "name" }, { field: "scopes" }, { field: "days" }],
    });
    expect(await evidence()).toEqual([]);
  });
});
