import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { spokenThumbprint } from "#domain/evidence/journal/signing-key.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { makeCommandToken } from "#server/base/secret/command-token.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { carryOutAskedKeyCommand, carryOutKeyCommand } from "./command-service.ts";
import { getJwks, getSpokenThumbprint, listSigningKeys } from "./queries.ts";
import { revokeSigningKey, rotateSigningKey } from "./service.ts";
import { takeSigner } from "./signer.ts";

describeOnEachDatabase("the keys that sign exports", (database) => {
  let administrator: Actor;
  let elsewhere: Actor;
  let officer: Actor;
  beforeEach(async () => {
    administrator = await addPerson(database(), "administrator", { roles: ["administrator"] });
    elsewhere = await addPerson(database(), "elsewhere", { roles: ["administrator"], body: "nottingham" });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer", "auditor"] });
  });

  const events = async () => {
    const rows = await database().prisma.evidence.findMany({ orderBy: [{ body: "asc" }, { position: "asc" }] });
    return rows.map(({ body, event, actor, subject }) => [body, event, actor, subject]);
  };
  const kids = async (actor = administrator) => (await listSigningKeys(actor))?.map(({ kid }) => kid);

  it("are changed only by an administrator of the body, and nobody else can list them", async () => {
    const { kid } = await takeSigner("nao");
    for (const other of [officer, elsewhere]) {
      expect(await revokeSigningKey(other, { kid, because: "compromised" })).toEqual({ code: "not-found" });
      expect((await listSigningKeys(other)) ?? []).toEqual([]);
    }
    expect(await rotateSigningKey(officer, kid)).toBe("not-found");
    expect(await kids()).toEqual([kid]);
    expect(await events()).toEqual([["nao", "signing-key.made", "portal", kid]]);
  });

  it("are replaced once, however often the form is sent at once, and stay published", async () => {
    const { kid } = await takeSigner("nao");
    expect(await Promise.all([1, 2, 3].map(() => rotateSigningKey(administrator, kid)))).toEqual(Array(3).fill("done"));
    const [next = "", before] = (await kids()) ?? [];
    expect([before, await kids()]).toEqual([kid, [next, kid]]);
    expect(await events()).toEqual([
      ["nao", "signing-key.made", "portal", kid],
      ["nao", "signing-key.made", "administrator", next],
    ]);
    expect((await getJwks("nao")).keys.map((key) => key.kid)).toEqual([next, kid]);
    expect((await getJwks("nottingham")).keys).toEqual([]);
    expect(await getSpokenThumbprint("nao")).toBe(spokenThumbprint(next));
    expect((await takeSigner("nao")).kid).toBe(next);
    const stored = await database().prisma.signingKey.findUniqueOrThrow({ where: { kid } });
    expect(stored.sealed, "its private half is gone").toBeNull();
  });

  it("are revoked once with a reason, and then another one signs", async () => {
    const { kid } = await takeSigner("nao");
    const typed = { kid, because: "compromised" };
    expect(await revokeSigningKey(administrator, { kid: "", because: "boredom" })).toMatchObject({
      code: "invalid",
      problems: [{ field: "kid" }, { field: "because" }],
    });
    expect(await revokeSigningKey(administrator, { ...typed, kid: "none" })).toEqual({ code: "not-found" });
    const codes = await Promise.all([1, 2].map(async () => (await revokeSigningKey(administrator, typed)).code));
    expect(codes.sort()).toEqual(["done", "invalid"]);
    const [next = ""] = (await kids()) ?? [];
    expect(next).not.toBe(kid);
    expect(await events()).toEqual([
      ["nao", "signing-key.made", "portal", kid],
      ["nao", "signing-key.revoked", "administrator", kid],
      ["nao", "signing-key.made", "portal", next],
    ]);
    expect((await getJwks("nao")).keys[1]).toMatchObject({ kid, revoked: { reason: "compromised" } });
    expect(await listSigningKeys(administrator)).toMatchObject([
      { kid: next, isCurrent: true, isRevocable: true },
      { kid, isCurrent: false, isRevocable: false, revokedBecause: "compromised" },
    ]);
  });

  it("are made and revoked by the command on the server, which reports what it did", async () => {
    const secret = readAuthSecret(getEnv());
    const rotate = { what: "rotate", body: "nao" } as const;
    expect(await carryOutKeyCommand({ ...rotate, body: "no-such-body" }, secret)).toHaveProperty("problem");
    expect(await carryOutKeyCommand(rotate, secret)).toEqual({
      done: [expect.stringMatching(/^nao: a new key signs/)],
    });
    const [kid = ""] = (await kids()) ?? [];
    const revoke = { what: "revoke", kid, because: "superseded" } as const;
    expect(await carryOutKeyCommand(revoke, secret)).toEqual({
      done: [`The key ${spokenThumbprint(kid)} of nao is revoked.`],
    });
    expect(await carryOutKeyCommand(revoke, secret)).toEqual({
      problem: expect.stringMatching(/revoked already/) as string,
    });
    expect(await carryOutKeyCommand({ ...revoke, kid: "none" }, secret)).toEqual({
      problem: expect.stringMatching(/No key/) as string,
    });
    expect((await events()).map(([, event, actor]) => [event, actor])).toEqual([
      ["signing-key.made", "portal"],
      ["signing-key.revoked", "portal"],
      ["signing-key.made", "portal"],
    ]);
  });

  it("are not changed by a request to the running portal without the right token", async () => {
    const token = (purpose: "signing-keys" | "backup", at = new Date()) =>
      makeCommandToken(purpose, readAuthSecret(getEnv()), at);
    const command = { what: "rotate", body: "nao" };
    for (const wrong of ["", token("backup"), token("signing-keys", new Date(Date.now() - 120_000))])
      expect(await carryOutAskedKeyCommand(wrong, command)).toBe("refused");
    expect(await carryOutAskedKeyCommand(token("signing-keys"), { ...command, more: 1 })).toBe("unreadable");
    expect(await kids()).toEqual([]);
    expect(await carryOutAskedKeyCommand(token("signing-keys"), command)).toHaveProperty("done");
    expect(await kids()).toHaveLength(1);
  });
});
