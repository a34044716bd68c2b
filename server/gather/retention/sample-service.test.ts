import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import { identifyProgram, makeToken, takeSecret } from "#server/access/api-token/service.ts";
import { clock } from "#server/base/clock.ts";
import type { Database } from "#server/base/db/database.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { getDirectory, searchPeople } from "#server/people/directory/queries.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { addPerson as addToDirectory } from "#server/people/directory/person-change.ts";
import { createAuth } from "#server/access/identity/auth.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { identify } from "#server/access/identity/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { fillEveryTable } from "#server/testing/fill-every-table.ts";
import { ExportFolder, verifyExported } from "#server/testing/exports.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { checkSamples } from "./sample-queries.ts";
import { countAccess } from "./sample-repository.ts";
import { removeSamples } from "./sample-service.ts";

const remove = () => removeSamples({ isCheck: false });
const DAY = 24 * 60 * 60_000;

const exports = new ExportFolder();
afterAll(() => exports.remove());

/** Columns that refer to a person, with how many rows refer to one of these people. */
async function pointing({ prisma }: Database, ids: readonly string[]): Promise<Record<string, number>> {
  const columns = await prisma.$queryRaw<{ table: string; column: string }[]>`
    SELECT conrelid::regclass::text AS table, quote_ident(attname) AS column FROM pg_constraint
      JOIN pg_attribute ON attrelid = conrelid AND attnum = conkey[1]
     WHERE contype = 'f' AND confrelid = '"Person"'::regclass`;
  const found: Record<string, number> = {};
  for (const { table, column } of columns) {
    const sql = `SELECT count(*)::int AS count FROM ${table} WHERE ${column} = ANY($1::text[])`;
    const [row] = await prisma.$queryRawUnsafe<{ count: number }[]>(sql, ids);
    if (row && row.count > 0) found[`${table}.${column}`.replaceAll('"', "")] = row.count;
  }
  return found;
}

describeOnEachDatabase("invented people, with a row of theirs in every table", (database) => {
  /** All rows belong to one body, and these people are invented. */
  async function fill(invented: readonly number[]): Promise<string[]> {
    const { prisma } = database();
    const tables = await fillEveryTable(prisma);
    await prisma.$transaction(async (tx) => {
      await tx.$executeRawUnsafe("SET LOCAL session_replication_role = replica");
      for (const table of tables) {
        const [body] = await tx.$queryRawUnsafe<unknown[]>(
          `SELECT 1 FROM pg_attribute WHERE attrelid = '"${table}"'::regclass AND attname = 'body' AND NOT attisdropped`,
        );
        if (!body || table === "BoardReport") continue; // one a body and month
        if (table === "ContinuityActivity") await tx.$executeRawUnsafe(`DELETE FROM "${table}" WHERE current <> 'nao'`);
        await tx.$executeRawUnsafe(`UPDATE "${table}" SET body = 'nao'`);
      }
    });
    const ids = invented.map((number) => `Person ${number}`);
    await prisma.person.updateMany({ data: { isSample: false, pseudonymisedAt: null, roles: ["employee"] } });
    await prisma.person.updateMany({ where: { id: { in: ids } }, data: { isSample: true } });
    return ids;
  }

  it.each([[[1]], [[2]], [[3]], [[1, 2]], [[2, 3]], [[1, 3]], [[1, 2, 3]]])("%j of three", async (invented) => {
    const { prisma } = database();
    const ids = await fill(invented);
    await expect(checkSamples(prisma, false, clock.now())).rejects.toThrow(/people:remove-samples -- --check/);
    const before = await prisma.person.findMany({ where: { id: { in: ids } } });
    const evidence = await prisma.evidence.findMany({ orderBy: { position: "asc" } });
    const [report] = await remove();
    expect(report?.counts.session).toBe(ids.length);
    expect(await countAccess(prisma, clock.now())).toEqual({ people: 0, access: 0 });
    await checkSamples(prisma, false, clock.now());
    // Everything that belongs only to them is gone.
    const left = await pointing(database(), ids);
    for (const gone of [
      "Session.personId",
      "Account.personId",
      "TaskFeed.personId",
      "Mail.personId",
      "Notice.personId",
      "PeopleImport.personId",
      "Acknowledgement.personId",
      "Exception.requesterId",
      "Receipt.personId",
      "Incident.reporterId",
      "CapturedRecord.personId",
      "GroupMember.personId",
      "Person.managerId",
      "Team.managerId",
    ])
      expect(left).not.toHaveProperty([gone]);
    for (const person of await prisma.person.findMany({ where: { id: { in: ids } } })) {
      expect(person).toMatchObject({ status: "left", roles: [], teamId: null, managerId: null, externalId: null });
      expect(person.name).toMatch(/^Invented person [1-3]$/);
      expect(person.email).toMatch(/^invented-person-[1-3]@nao\.invalid$/);
    }
    // The rows of evidence are unchanged, and one more says what was done.
    const after = await prisma.evidence.findMany({ orderBy: { position: "asc" } });
    expect(after.slice(0, evidence.length)).toEqual(evidence);
    expect(after.at(-1)).toMatchObject({ event: "people.samples-removed", actor: "portal" });
    expect(JSON.stringify(await prisma.evidenceDetail.findMany())).not.toContain(before[0]?.email);
    expect(await remove()).toEqual([]);
    expect(await prisma.evidence.count()).toBe(after.length);
  });
});

describeOnEachDatabase("removing invented people", (database) => {
  let officer: Actor; // real
  let una: Actor; // invented

  beforeEach(async () => {
    await serveRealContent();
    officer = await addPerson(database(), "officer", { roles: ["governance-officer", "auditor"] });
    una = await addPerson(database(), "una", { roles: ["employee", "administrator"] });
    await addPerson(database(), "max", { roles: ["employee", "line-manager"] });
    await addPerson(database(), "idle");
    await addTeam(database(), "sample-team", { managerId: "max" });
    await addTeam(database(), "housing", { managerId: "max" });
    await addPerson(database(), "ann", { team: "housing" });
    const { prisma } = database();
    await prisma.person.updateMany({ where: { id: { in: ["una", "max", "idle"] } }, data: { isSample: true } });
    await prisma.person.update({ where: { id: "una" }, data: { name: "Una Sampleton", teamId: "sample-team" } });
    await prisma.person.update({ where: { id: "ann" }, data: { managerId: "max" } });
  });
  afterEach(() => {
    vi.restoreAllMocks();
    Object.assign(getEnv(), { evaluation: true });
  });
  const goLive = () => Object.assign(getEnv(), { evaluation: false });

  async function makeEverything(): Promise<{ token: string }> {
    const { prisma } = database();
    const made = await makeToken(una, { name: "Directory", scopes: ["directory"], days: "30" }, "key");
    if (made.code !== "made") throw new Error(JSON.stringify(made));
    const token = (await takeSecret(una, made.reference, made.showKey)) ?? "";
    const at = clock.now();
    const event = (what: Pick<EvidenceEvent, "event"> & Partial<EvidenceEvent>): EvidenceEvent => ({
      body: "nao",
      at,
      actor: "una",
      subject: "ACK-2222-2222",
      ...what,
    });
    await transact(() =>
      Promise.resolve({
        result: null,
        evidence: [
          event({ event: "policy.declined", detail: { reason: "I do not like it." } }),
          event({ event: "person.changed", subject: "ann", detail: { before: "a", after: "b" } }),
          event({
            event: "policy.declined",
            actor: "officer",
            subject: "ACK-3333-3333",
            detail: { reason: "As Una Sampleton said." },
          }),
        ],
      }),
    );
    const exception = (id: string, requesterId: string, decidedById: string | null) => ({
      id,
      reference: `EX-${id}`,
      body: "nao",
      requesterId,
      startKey: id,
      policy: "nao",
      version: "1",
      hash: "a".repeat(64),
      situation: {},
      createdAt: at,
      changedAt: at,
      justification: "Una Sampleton says so.",
      ...(decidedById && {
        state: "approved" as const,
        decidedById,
        decidedAt: at,
        startsAt: at,
        endsAt: new Date(at.getTime() + 30 * DAY),
        conditions: { create: { id: `${id}-condition`, position: 0, text: "Carefully" } },
        steps: { create: { id: `${id}-step`, position: 1, at, personId: decidedById, command: "approve" } },
      }),
    });
    await prisma.exception.create({ data: exception("invented", "una", "max") });
    await prisma.exception.create({ data: exception("real", "ann", "max") });
    await prisma.exception.create({ data: exception("sound", "ann", "officer") });
    const group = (
      id: string,
      requesterId: string,
      members: Omit<Prisma.GroupMemberUncheckedCreateWithoutGroupInput, "id" | "addedAt">[],
    ) => ({
      id,
      reference: `GRP-${id}`,
      body: "nao",
      requesterId,
      startKey: id,
      name: "Rota",
      purpose: "Cover",
      kind: "team" as const,
      app: "WhatsApp",
      policy: "nao",
      version: "1",
      hash: "a".repeat(64),
      reviewOn: "2099-01-01",
      requestedAt: at,
      members: { create: members.map((one) => ({ id: randomUUID(), addedAt: at, ...one })) },
    });
    const link = {
      name: "Outsider",
      organisation: "Elsewhere",
      joinHash: randomUUID(),
      joinExpiresAt: new Date(at.getTime() + DAY),
      invitedById: "una",
    };
    await prisma.chatGroup.create({
      data: group("theirs", "una", [{ personId: "max" }, { name: "X", organisation: "Y" }]),
    });
    await prisma.chatGroup.create({
      data: group("shared", "una", [{ personId: "una", role: "administrator" }, { personId: "ann" }, link]),
    });
    await prisma.notice.create({
      data: {
        id: "about",
        body: "nao",
        personId: "officer",
        kind: "group-decided",
        subject: "x",
        paragraphs: [],
        href: "/groups/GRP-theirs",
        createdAt: at,
      },
    });
    await prisma.notice.create({
      data: {
        id: "other",
        body: "nao",
        personId: "officer",
        kind: "group-decided",
        subject: "x",
        paragraphs: ["Una Sampleton"],
        href: "/groups/GRP-shared",
        createdAt: at,
      },
    });
    await prisma.session.create({
      data: { id: "s", token: "t", personId: "una", expiresAt: new Date(at.getTime() + DAY) },
    });
    await prisma.taskFeed.create({ data: { personId: "una", hash: "h", madeAt: at } });
    await prisma.formInput.create({
      data: { id: "k", personId: "una", path: "/", values: {}, errors: {}, createdAt: at },
    });
    return { token };
  }

  it("leaves no way in, deletes what is theirs, and keeps what is other people's", async () => {
    const { token } = await makeEverything();
    expect(await identifyProgram(`Bearer ${token}`)).not.toBeNull();
    const [report] = await remove();
    const { prisma } = database();
    expect(report?.counts).toMatchObject({
      session: 1,
      token: 1,
      feed: 1,
      invitation: 1,
      exception: 1,
      group: 1,
      membership: 1,
      team: 1,
      approval: 1,
      pseudonym: 2,
      person: 1,
    });
    expect(await identifyProgram(`Bearer ${token}`)).toBeNull();
    expect(await countAccess(prisma, clock.now())).toEqual({ people: 0, access: 0 });
    const people = await prisma.person.findMany({ where: { isSample: true }, orderBy: { id: "asc" } });
    expect(people.map(({ id, name }) => [id, name])).toEqual([
      ["max", "Invented person 1"],
      ["una", "Invented person 2"],
    ]);
    expect((await prisma.chatGroup.findMany()).map(({ id }) => id)).toEqual(["shared"]);
    expect((await prisma.team.findMany()).map(({ id, managerId }) => [id, managerId])).toEqual([["housing", null]]);
    expect(await prisma.person.findUnique({ where: { id: "ann" } })).toMatchObject({
      managerId: null,
      teamId: "housing",
    });
    expect(
      (await prisma.notice.findMany({ where: { personId: "officer" } })).map(({ id, paragraphs }) => [id, paragraphs]),
    ).toEqual([["other", ["Invented person 2"]]]);
    const texts = JSON.stringify([await prisma.exception.findMany(), await prisma.evidenceDetail.findMany()]);
    expect(texts).not.toContain("Sampleton");
    expect(texts).toContain("Invented person 2 says so.");
    // What an invented administrator said about a real person stays; what they wrote themselves goes.
    const details = (await prisma.evidenceDetail.findMany()).map(({ detail }) => detail);
    expect(details).toContain(`{"before":"a","after":"b"}`);
    expect(details.join()).not.toContain("I do not like it.");
  });

  it("has an approval decided on again that no real person gave, and tells who asked for it", async () => {
    await makeEverything();
    const reports = await remove();
    const { prisma } = database();
    const include = { conditions: true };
    expect(await prisma.exception.findUnique({ where: { id: "real" }, include })).toMatchObject({
      state: "submitted",
      decidedById: null,
      startsAt: null,
      endsAt: null,
      conditions: [],
    });
    expect(await prisma.exception.findUnique({ where: { id: "sound" } })).toMatchObject({ state: "approved" });
    expect(await prisma.notice.findMany({ where: { personId: "ann" } })).toMatchObject([
      { href: "/exceptions/EX-real" },
    ]);
    expect(await prisma.evidence.count({ where: { event: "exception.waits-again", subject: "EX-real" } })).toBe(1);
    const needs = reports.flatMap((report) => report.needs).join("\n");
    for (const need of [
      "EX-real needs a decision again",
      "GRP-shared has no administrator",
      "Nobody real has the role Administrator: npm run people:grant",
      "2 people have no line manager",
      "(Directory) is revoked",
    ])
      expect(needs).toContain(need);
  });

  it("keeps the chain of evidence whole, and exports made before and after verify", async () => {
    await makeEverything();
    const day = new Date().toISOString().slice(0, 10);
    const before = await exports.export(officer, { from: day, until: day });
    const heads = (await verifyChains(database().prisma)).map(({ body, head }) => ({ body, ...head }));
    await remove();
    expect((await verifyChains(database().prisma, heads)).filter(({ fault }) => fault !== null)).toEqual([]);
    const after = await exports.export(officer, { from: day, until: day });
    const keys = await exports.saveKeys();
    expect(await verifyExported(before, "--keys", keys)).toMatchObject({ code: 0 });
    expect(await verifyExported(after, "--keys", keys)).toMatchObject({ code: 0 });
  });

  it("says in a check what it would do, and writes nothing", async () => {
    await makeEverything();
    const before = await allRows();
    const check = await removeSamples({ isCheck: true });
    expect(await allRows()).toEqual(before);
    expect(check).toEqual(await remove());
    expect(await remove()).toEqual([]);
  });

  it("happens once when two begin at once, and while somebody writes", async () => {
    await makeEverything();
    const late = [1, 2, 3, 4].map((number) =>
      database().prisma.session.create({
        data: { id: `l${number}`, token: `l${number}`, personId: "una", expiresAt: new Date(Date.now() + DAY) },
      }),
    );
    const [one, two] = await Promise.all([remove(), remove(), ...late]);
    expect([one, two].filter((reports) => reports.some(({ counts }) => (counts.pseudonym ?? 0) > 0))).toHaveLength(1);
    await remove();
    expect(await countAccess(database().prisma, clock.now())).toEqual({ people: 0, access: 0 });
    const people = await database().prisma.person.findMany({ where: { isSample: true } });
    expect(new Set(people.map(({ name }) => name)).size).toBe(people.length);
  });

  it("keeps what a hold of somebody real keeps, and ends access all the same", async () => {
    const { token } = await makeEverything();
    const hold = { body: "nao", reason: "foi" as const, keep: "All of it.", placedAt: clock.now() };
    const { prisma } = database();
    await prisma.hold.create({
      data: { ...hold, id: "h", reference: "HLD-1", placedById: "officer", startKey: "h", isOnSubject: true },
    });
    await prisma.hold.create({
      data: { ...hold, id: "i", reference: "HLD-2", placedById: "una", startKey: "i", isOnSubject: true },
    });
    await remove();
    expect((await prisma.hold.findMany()).map(({ id }) => id)).toEqual(["h"]);
    expect(await prisma.exception.count()).toBe(3);
    expect(await identifyProgram(`Bearer ${token}`)).toBeNull();
    await checkSamples(prisma, false, clock.now());
    await prisma.hold.deleteMany();
    await remove();
    expect(await prisma.exception.count()).toBe(2);
  });

  it("lets nobody find them, or count them, and gives their addresses free", async () => {
    await makeEverything();
    const { prisma } = database();
    await prisma.person.update({ where: { id: "officer" }, data: { roles: ["administrator", "auditor"] } });
    const admin: Actor = { ...officer, roles: ["administrator", "auditor"] };
    await remove();
    expect(await searchPeople(admin, "invented")).toEqual([]);
    const found = await (await getDirectory(admin, {}))?.page(null);
    expect(found?.rows.map(({ id }) => id).sort()).toEqual(["ann", "officer"]);
    expect(JSON.stringify(found)).not.toContain("Invented person");
    const fields = {
      employer: "nao",
      teamId: null,
      managerId: null,
      roles: ["employee"],
      status: "active",
      kind: "employee",
      startsOn: null,
      leavesOn: null,
      awayUntil: null,
      externalId: null,
    } as const;
    await transact(async (tx) => {
      const done = await addToDirectory(
        tx,
        "nao",
        { ...fields, roles: ["employee"], name: "Una", email: una.email },
        { by: "portal", authority: null, at: clock.now() },
      );
      return { result: null, evidence: done.evidence };
    });
  });

  it("takes no invented person for anybody where a provider signs people in, whatever the database holds", async () => {
    const { token } = await makeEverything();
    const { prisma } = database();
    const auth = createAuth({
      prisma,
      secret: "s".repeat(40),
      appUrl: "http://127.0.0.1",
      evaluation: true,
      bodies: ["nao"],
      sessionHours: 12,
    });
    const answer = await auth.api.signInAsSamplePerson({
      body: { personId: "una" },
      headers: new Headers(),
      returnHeaders: true,
    });
    const headers = new Headers({
      cookie: answer.headers
        .getSetCookie()
        .map((one) => one.split(";")[0])
        .join("; "),
    });
    const visit = (evaluation: boolean) =>
      identify({ auth, prisma, bodies: ["nao"], evaluation, sessionIdleMinutes: 60 }, headers, new Date());
    expect(await visit(true)).toMatchObject({ actor: { personId: "una" } });
    expect(await findActor("una")).not.toBeNull();
    goLive();
    expect(await visit(false)).toEqual({ actor: null, reason: "not-signed-in" });
    expect(await prisma.session.count({ where: { personId: "una" } })).toBe(0);
    expect(await identifyProgram(`Bearer ${token}`)).toBeNull();
    expect(await findActor("una")).toBeNull(); // their calendar and mail to them go by this
    expect(await findActor("ann")).not.toBeNull();
  });

  async function allRows(): Promise<string> {
    const tables = await database().prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`;
    const rows = tables.map(({ name }) =>
      database().prisma.$queryRawUnsafe(`SELECT to_jsonb(t)::text AS row FROM ${name} t ORDER BY 1`),
    );
    return JSON.stringify(await Promise.all(rows));
  }
});

describeOnEachDatabase("a database and how people sign in to it", (database) => {
  const check = (evaluation: boolean) => checkSamples(database().prisma, evaluation, clock.now());

  it("belong together: live, without invented people and what they left", async () => {
    const { prisma } = database();
    await check(false); // an empty one
    await addPerson(database(), "real");
    await check(false);
    await addPerson(database(), "una");
    await prisma.person.update({ where: { id: "una" }, data: { isSample: true } });
    await expect(check(false)).rejects.toThrow(
      /holds 1 invented person of an evaluation, .*npm run people:remove-samples/,
    );
    await prisma.person.update({ where: { id: "una" }, data: { pseudonymisedAt: new Date() } });
    await check(false);
    await prisma.session.create({ data: { id: "s", token: "t", personId: "una", expiresAt: new Date() } });
    await expect(check(false)).rejects.toThrow(/holds 1 session, token or link of such people/);
  });

  describe("in evaluation mode", () => {
    it("with a directory of real people, who have never signed in", async () => {
      await addPerson(database(), "real");
      await check(true);
    });

    it("not once a real person has signed in, or done something, or invented people were removed", async () => {
      const { prisma } = database();
      await addPerson(database(), "real");
      await prisma.session.create({ data: { id: "s", token: "t", personId: "real", expiresAt: new Date() } });
      await expect(check(true)).rejects.toThrow(/Real people have worked with this database/);
      await prisma.session.deleteMany();
      await check(true);
      await addPerson(database(), "una");
      await prisma.person.update({ where: { id: "una" }, data: { isSample: true } });
      const by = (actor: string) =>
        transact(() =>
          Promise.resolve({
            result: null,
            evidence: [{ body: "nao", event: "mail.tested", at: new Date(), actor, subject: "x" }],
          }),
        );
      await by("una");
      await by("portal");
      await check(true);
      await by("real");
      await expect(check(true)).rejects.toThrow(/a database of its own/);
    });

    it("not once invented people were removed", async () => {
      await addPerson(database(), "una");
      await database().prisma.person.update({ where: { id: "una" }, data: { isSample: true } });
      await check(true);
      await remove();
      await expect(check(true)).rejects.toThrow(/a database of its own/);
    });
  });
});
