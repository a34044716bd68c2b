import { readFileSync } from "node:fs";
import { DOUBT_PLACES } from "#domain/gather/retention/doubt.ts";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { retentionSchema } from "#domain/gather/retention/rule.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { addPerson as addToDirectory, changePerson } from "#server/people/directory/person-change.ts";
import { sha256 } from "#server/evidence/journal/repository.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { findPersonByEmail } from "#server/access/identity/repository.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { ExportFolder, verifyExported } from "#server/testing/exports.ts";
import { addPerson } from "#server/testing/people.ts";
import { NAME_TABLES } from "./name-rules.ts";
import { getRetention, listNameDoubts } from "./queries.ts";
import { applyRetention, settleDoubt } from "./service.ts";
import { readModels } from "#server/testing/schema.ts";
import { SEARCHED_TABLES } from "./name-rules.ts";

const at = (text: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(text));
const NOW = new Date("2026-11-24T12:00:00Z");
const LONG_AGO = new Date("2016-01-01T12:00:00Z");
const LATELY = new Date("2026-11-20T12:00:00Z");
const HASH = "a".repeat(64);

const exports = new ExportFolder();
afterAll(() => exports.remove());

describeOnEachDatabase("retention", (database) => {
  let una: Actor;
  let officer: Actor;
  beforeEach(async () => {
    await serveRealContent();
    at("2024-01-10T12:00:00Z");
    una = await addPerson(database(), "una");
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    await database().prisma.person.update({
      where: { id: "una" },
      data: { name: "Una O'Archer-Löw", email: "una.archer@nao.invalid", externalId: "x-7" },
    });
  });
  afterEach(() => vi.restoreAllMocks());

  const change = (personId: string, what: Parameters<typeof changePerson>[2]) =>
    transact(async (tx) => {
      const done = await changePerson(tx, { body: "nao", personId }, what, {
        by: "officer",
        authority: null,
        at: clock.now(),
      });
      if (done === null || done === "last-administrator") return { result: done, evidence: [] };
      return { result: done.code, evidence: done.evidence, notices: done.notices };
    });

  const record = (actor: string, subject: string, moment: Date, text?: string) =>
    transact(async () =>
      Promise.resolve({
        result: null,
        evidence: [
          {
            ...({ body: "nao", event: "mail.tested", at: moment, actor, subject } as const),
            ...(text !== undefined && { detail: { text } }),
          },
        ],
      }),
    );

  /** All tables, as text. */
  async function everything(): Promise<string> {
    const tables = await database().prisma.$queryRaw<{ name: string }[]>`
      SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`;
    const rows = tables.map(({ name }) =>
      database().prisma.$queryRawUnsafe(`SELECT to_jsonb(t) AS row FROM ${name} t`),
    );
    return JSON.stringify(await Promise.all(rows));
  }

  type OnWhat = { personId?: string; groupId?: string; isOnSubject?: boolean; words?: string[] };
  const placeHold = ({ isOnSubject = false, words = [], ...named }: OnWhat) => {
    return database().prisma.hold.create({
      data: {
        id: "hold",
        reference: "HLD-2222-2222",
        body: "nao",
        placedById: "officer",
        startKey: "h",
        reason: "foi",
        keep: "All of it.",
        placedAt: LATELY,
        isOnSubject,
        words,
        ...(!isOnSubject && words.length === 0 && { targets: { create: { id: "target", ...named } } }),
      },
    });
  };

  async function nameEverywhere(name: string, email: string): Promise<void> {
    const { prisma } = database();
    await prisma.session.create({ data: { id: "s", token: "t", personId: "una", expiresAt: LATELY } });
    await prisma.account.create({ data: { id: "a", accountId: email, providerId: "p", personId: "una" } });
    await prisma.notice.create({
      data: {
        id: "n",
        body: "nao",
        personId: "officer",
        kind: "hold-doubt",
        subject: `${name} asks`,
        paragraphs: ["Read.", `It is ${name}, ${email}.`],
        href: "/holds",
        createdAt: LATELY,
      },
    });
    await prisma.mail.create({
      data: {
        id: "m",
        messageId: "m",
        body: "nao",
        personId: "officer",
        noticeId: "n",
        subject: `${name} asks`,
        content: { paragraphs: [`Ask ${name.toUpperCase()}.`] },
        nextTryAt: LATELY,
        createdAt: LATELY,
      },
    });
    await prisma.exception.create({
      data: {
        id: "e",
        reference: "EX-2222-2222",
        body: "nao",
        requesterId: "una",
        startKey: "e",
        state: "submitted",
        policy: "nao",
        version: "1",
        hash: HASH,
        situation: {},
        justification: `I, ${name}, need it.`,
        createdAt: LATELY,
        changedAt: LATELY,
        conditions: { create: { id: "ec", position: 0, text: `Tell ${name}` } },
        steps: {
          create: { id: "es", position: 1, at: LATELY, personId: "una", command: "submit", snapshot: { by: { name } } },
        },
      },
    });
    await prisma.chatGroup.create({
      data: {
        id: "g",
        reference: "GRP-2222-2222",
        body: "nao",
        requesterId: "una",
        startKey: "g",
        name: "Rota",
        purpose: "Cover",
        kind: "team",
        app: "WhatsApp",
        policy: "nao",
        version: "1",
        hash: HASH,
        reviewOn: "2027-01-01",
        requestedAt: LATELY,
        steps: { create: { id: "gs", at: LATELY, step: "requested", detail: `${name}, administrator` } },
      },
    });
    await prisma.incident.create({
      data: {
        id: "i",
        reference: "INC-2222-2222",
        body: "nao",
        reporterId: "officer",
        startKey: "i",
        kind: "shared",
        reportedAt: LATELY,
        awareAt: LATELY,
        mayBePersonalData: false,
        entries: {
          create: {
            id: "ie",
            part: "facts",
            position: 1,
            at: LATELY,
            personId: "officer",
            values: { who: `by ${name.replace(" ", "  ")}` },
          },
        },
      },
    });
    await record("officer", "EX-2222-2222", LATELY, `Said to ${name}.`);
    await record("officer", "EX-2222-2222", LATELY, `Una-Marie O'Archer-Löwe is another.`);
  }

  it("puts a pseudonym in place of a leaver's name wherever it stands, and the chain still verifies", async () => {
    await change("una", { name: "Una O'Archer-Löw-Smith", email: "una.smith@nao.invalid" });
    at("2024-05-02T10:00:00Z");
    await change("una", { status: "left" });
    await nameEverywhere("Una O'Archer-Löw", "Una.Archer@nao.invalid");
    await record("una", "ACK-2222-2222", LATELY, "I accept.");
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    at("2026-04-30T10:00:00Z");
    const before = await exports.export(auditor, { from: "2024-01-01", until: "2026-04-30" });
    expect(readFileSync(path.join(before, "people", "nao.jsonl"), "utf8")).toContain("Una O'Archer-Löw");
    const heads = (await verifyChains(database().prisma)).map(({ body, head }) => ({ body, ...head }));
    at("2026-05-01T10:00:00Z");
    expect(await applyRetention(clock.now())).not.toHaveProperty("leaver-name");
    at("2026-05-03T03:20:00Z");
    expect(await applyRetention(clock.now())).toMatchObject({ "leaver-name": 1 });
    const all = await everything();
    expect(all.match(/.{40}(una\.archer|una\.smith|"x-7).{40}/gi)).toBeNull();
    expect(all.replaceAll("Una-Marie O'Archer-Löwe", "").match(/.{40}archer-löw.{40}/gi)).toBeNull();
    const person = await database().prisma.person.findUniqueOrThrow({ where: { id: "una" } });
    expect(person).toMatchObject({
      name: expect.stringMatching(/^Former employee [2-9A-Z]{4}$/) as string,
      managerId: null,
    });
    expect(person.pseudonymisedAt).toEqual(clock.now());
    for (const words of [
      `I, ${person.name}, need it.`,
      `Tell ${person.name}`,
      `It is ${person.name}, ${person.name}.`,
      `Ask ${person.name}.`,
      `${person.name}, administrator`,
      `by ${person.name}`,
    ])
      expect(all).toContain(words);
    expect(all).toContain("I accept."); // her own words, which do not name her
    expect(await database().prisma.session.count()).toBe(0);
    expect(await database().prisma.account.count()).toBe(0);
    expect((await verifyChains(database().prisma, heads)).filter(({ fault }) => fault !== null)).toEqual([]);
    const after = await exports.export(auditor, { from: "2024-01-01", until: "2026-05-03" });
    expect(readFileSync(path.join(after, "people", "nao.jsonl"), "utf8")).toContain(person.name);
    const keys = await exports.saveKeys();
    expect(await verifyExported(before, "--keys", keys)).toMatchObject({ code: 0 });
    expect(await verifyExported(after, "--keys", keys, "--earlier", before)).toMatchObject({ code: 0 });
    const done = await database().prisma.evidence.findMany({
      where: { event: { in: ["person.pseudonymised", "retention.applied"] } },
      orderBy: { position: "asc" },
    });
    expect(done.map(({ event, subject, actor }) => ({ event, subject, actor }))).toEqual([
      { event: "person.pseudonymised", subject: "una", actor: "portal" },
      { event: "retention.applied", subject: "leaver-name", actor: "portal" },
    ]);
    expect(await applyRetention(clock.now())).toEqual({});
  });

  it("leaves no rest of a longer name or address of which a shorter name is a part", async () => {
    await change("una", { name: "Una O'Archer-Löw-Smith" });
    await change("una", { name: "Una O'Archer-Löw" });
    await change("una", { name: "Archer", email: "archer.depot@nao.invalid" });
    at("2024-05-02T10:00:00Z");
    await change("una", { status: "left" });
    await nameEverywhere("Una O'Archer-Löw-Smith", "archer.depot@nao.invalid");
    expect(await applyRetention(NOW)).toMatchObject({ "leaver-name": 1 });
    const all = (await everything()).replaceAll("Una-Marie O'Archer-Löwe", "");
    expect(all.match(/.{40}(smith|archer|depot).{40}/gi)).toBeNull();
    const { name } = await database().prisma.person.findUniqueOrThrow({ where: { id: "una" } });
    const { paragraphs } = await database().prisma.notice.findUniqueOrThrow({ where: { id: "n" } });
    expect(paragraphs).toEqual(["Read.", `It is ${name}, ${name}.`]);
  });

  it("leaves those alone who came back, and takes who comes later for somebody new", async () => {
    at("2024-05-02T10:00:00Z");
    await change("una", { status: "left" });
    at("2025-05-02T10:00:00Z");
    await change("una", { status: "active" });
    at("2026-11-24T03:20:00Z");
    expect(await applyRetention(clock.now())).toEqual({});
    await change("una", { status: "left" });
    at("2028-11-23T03:20:00Z"); // less than two years since she last left
    expect(await applyRetention(clock.now())).toEqual({});
    at("2028-11-26T03:20:00Z");
    expect(await applyRetention(clock.now())).toEqual({ "leaver-name": 1 });
    expect(await findPersonByEmail(database().prisma, "una.archer@nao.invalid")).toBeNull();
    expect(await change("una", { status: "active" })).toBeNull();
    const fields = {
      employer: "nao",
      teamId: null,
      managerId: null,
      roles: [],
      status: "active",
      kind: "employee",
    } as const;
    const days = { startsOn: null, leavesOn: null, awayUntil: null, externalId: "x-7" };
    await transact(async (tx) => {
      const done = await addToDirectory(
        tx,
        "nao",
        { ...fields, ...days, roles: ["employee"], name: "Una O'Archer-Löw", email: "una.archer@nao.invalid" },
        { by: "portal", authority: null, at: clock.now() },
      );
      return { result: null, evidence: done.evidence };
    });
    const people = await database().prisma.person.findMany({ where: { id: { not: "officer" } } });
    expect(people.filter(({ pseudonymisedAt }) => pseudonymisedAt === null)).toMatchObject([
      { name: "Una O'Archer-Löw" },
    ]);
    expect(people).toHaveLength(2);
  });

  it("sees other spellings, and lists what may still name them for an officer, with evidence", async () => {
    at("2024-05-02T10:00:00Z");
    await change("una", { status: "left" });
    await nameEverywhere("Una O’Archer‑Low", "una.archer@nao.invalid");
    const set = (justification: string) =>
      database().prisma.exception.update({ where: { id: "e" }, data: { justification } });
    await set("O'Archer-Löw, Una\u00a0asked; Ms O’Archer-Lo\u0308w and U. OArcher-Löw agree. Una knows.");
    await database().prisma.hold.deleteMany();
    await record("officer", "EX-2222-2222", LATELY, "Rung\nUna");
    expect(await applyRetention(NOW)).toMatchObject({ "leaver-name": 1 });
    const { name } = await database().prisma.person.findUniqueOrThrow({ where: { id: "una" } });
    const text = async () =>
      (await database().prisma.exception.findUniqueOrThrow({ where: { id: "e" } })).justification;
    expect(await text()).toBe(`${name}\u00a0asked; ${name} and ${name} agree. Una knows.`);
    const [event] = await database().prisma.evidence.findMany({ where: { event: "person.pseudonymised" } });
    expect(event?.data).toContain('"doubts":2');
    const listed = async () => (await listNameDoubts(officer))?.doubts ?? [];
    const [about, beside] = [
      (await listed()).find(({ href }) => href === "/exceptions/EX-2222-2222"),
      (await listed()).find(({ href }) => href === "/evidence"),
    ];
    expect(about).toMatchObject({ words: ["Una"], place: "Exception", pseudonym: name });
    expect(about?.passage).toContain("agree. Una knows.");
    expect(await listNameDoubts(una)).toBeNull();
    expect(await settleDoubt(una, about?.id ?? "", "replaced")).toBe("not-found");
    await placeHold({ personId: "una" });
    expect(await settleDoubt(officer, about?.id ?? "", "replaced")).toBe("held");
    await database().prisma.hold.deleteMany();
    expect(await settleDoubt(officer, about?.id ?? "", "replaced")).toBe("settled");
    expect(await text()).toBe(`${name}\u00a0asked; ${name} and ${name} agree. ${name} knows.`);
    expect(await settleDoubt(officer, beside?.id ?? "", "kept")).toBe("settled");
    expect(await listed()).toEqual([]);
    expect(await settleDoubt(officer, beside?.id ?? "", "kept")).toBe("not-found");
    const settled = await database().prisma.evidence.findMany({ where: { event: "name-doubt.settled" } });
    expect(settled.map(({ data }) => data)).toEqual(['{"outcome":"replaced"}', '{"outcome":"kept"}']);
  });

  it("cannot tell namesakes apart, so their name stays in texts and the address goes", async () => {
    await addPerson(database(), "other");
    await database().prisma.person.update({ where: { id: "other" }, data: { name: "Una O'Archer-Löw" } });
    at("2024-05-02T10:00:00Z");
    await change("una", { status: "left" });
    await record("officer", "X", LATELY, "Una O'Archer-Löw");
    await record("officer", "Y", LATELY, "una.archer@nao.invalid");
    await applyRetention(NOW);
    const details = await database().prisma.evidenceDetail.findMany();
    expect(details.map(({ detail }) => detail)).toEqual(['{"text":"Una O\'Archer-Löw"}']);
    const [event] = await database().prisma.evidence.findMany({ where: { event: "person.pseudonymised" } });
    expect(event?.data).toContain('"hasNamesake":true');
  });

  it("touches nothing that a hold concerns, until it ends", async () => {
    at("2016-05-02T10:00:00Z");
    await change("una", { status: "left" });
    await makeOld(database().prisma);
    await record("una", "X", LONG_AGO, "Old words");
    await placeHold({ personId: "una" });
    await applyRetention(NOW);
    const kept = await database().prisma.receipt.count();
    expect([kept, await database().prisma.evidenceDetail.count()]).toEqual([2, 1]);
    expect(await database().prisma.person.findUnique({ where: { id: "una" } })).toMatchObject({
      name: "Una O'Archer-Löw",
    });
    await database().prisma.hold.update({
      where: { id: "hold" },
      data: { endedAt: LATELY, endedById: "officer", endReason: "Over" },
    });
    expect(await applyRetention(NOW)).toMatchObject({ "leaver-name": 1, "kept-result": 1, "evidence-text": 1 });
  });

  it("deletes each kind when its time is over and not before, once with two servers, and says how many", async () => {
    await makeOld(database().prisma);
    await record("una", "X", LONG_AGO, "Old words");
    await record("una", "Y", LATELY, "New words");
    await record("una", "Z", LONG_AGO);
    const runs = await Promise.all([applyRetention(NOW), applyRetention(NOW)]);
    const sum = (kind: keyof (typeof runs)[number]) => runs.reduce((total, run) => total + (run[kind] ?? 0), 0);
    for (const kind of KINDS) expect(sum(kind), kind).toBe(1);
    const left = await everything();
    expect(left.match(/\bold-\w+/g)).toBeNull();
    expect(left.match(/"new-[a-z]+"/g)?.length).toBeGreaterThanOrEqual(KINDS.length - 1);
    const rows = await database().prisma.evidence.findMany({ where: { event: "retention.applied" } });
    expect(rows.map(({ subject }) => subject).sort()).toEqual([...KINDS].sort());
    expect(rows[0]?.data).toMatch(/^\{"kind":"[a-z-]+","count":1,"until":"\d{4}-\d\d-\d\d"\}$/);
    expect(await verifyChains(database().prisma)).toMatchObject([{ fault: null, erased: 1 }]);
    expect((await getRetention(officer))?.done).toHaveLength(KINDS.length);
    expect(await getRetention(una)).toBeNull();
  });

  it("deletes counts about nobody once their month has been over for long enough", async () => {
    const { prisma } = database();
    const on = { body: "nao", policy: "nao", version: "1", count: 1 };
    for (const month of ["2024-10", "2024-11"]) {
      await prisma.clauseTally.create({ data: { ...on, clause: "1", kind: "unsure", month } });
      await prisma.resultTally.create({ data: { ...on, rule: "file", helped: true, month } });
    }
    const both = [{ month: "2024-11" }];
    expect(await applyRetention(new Date("2026-11-02T03:20:00Z"))).toMatchObject({ tally: 2 });
    expect(await prisma.clauseTally.findMany()).toMatchObject(both);
    expect(await prisma.resultTally.findMany()).toMatchObject(both);
    expect((await applyRetention(new Date("2026-11-30T03:20:00Z")))["tally"]).toBeUndefined();
  });

  it("keeps apps that a group is in or that were decided on lately, and what a hold has a word of", async () => {
    const { prisma } = database();
    const long = (id: string, reason?: string) => prisma.app.create({ data: refusedApp(id, LONG_AGO, reason) });
    for (const id of ["old-gone", "kept-used", "kept-late"]) await long(id);
    await long("kept-held", "Talk of Quarrybank Hall.");
    await prisma.app.create({ data: { ...refusedApp("kept-approved", LONG_AGO), state: "approved" } });
    const late = { id: "late", appId: "kept-late", at: LATELY, personId: "officer", reason: "Again.", entry: {} };
    await prisma.appDecision.create({ data: { ...late, state: "ended" } });
    const group = { body: "nao", requesterId: "una", policy: "nao", version: "1", hash: HASH, reference: "GRP-1" };
    const words = { name: "Rota", purpose: "Cover", kind: "team", app: "kept-used", reviewOn: "2030-01-01" } as const;
    await prisma.chatGroup.create({ data: { ...group, ...words, id: "g", startKey: "g", requestedAt: LATELY } });
    const phone = { body: "nao", personId: "una", reason: "reset", dueOn: "2016-01-01", startedAt: LONG_AGO } as const;
    const ended = { ...phone, cancelledAt: LONG_AGO };
    const step = { id: "s", at: LONG_AGO, step: "stated", detail: "Chats about quarrybank hall." };
    await prisma.phoneReturn.create({ data: { ...ended, id: "old-phone", reference: "PHR-1", startKey: "1" } });
    await prisma.phoneReturn.create({ data: { ...phone, id: "kept-open", reference: "PHR-2", startKey: "2" } });
    const held = { ...ended, id: "kept-phone", reference: "PHR-3", startKey: "3" };
    await prisma.phoneReturn.create({ data: { ...held, steps: { create: step } } });
    await placeHold({ isOnSubject: false, words: ["Quarrybank Hall"] });
    expect(await applyRetention(NOW)).toMatchObject({ app: 1, "phone-return": 1 });
    const ids = [...(await prisma.app.findMany()), ...(await prisma.phoneReturn.findMany())].map(({ id }) => id);
    expect(ids.sort()).toEqual(["kept-approved", "kept-held", "kept-late", "kept-open", "kept-phone", "kept-used"]);
  });

  it("keeps everything where a hold is on a subject, and where there is no rule", async () => {
    await makeOld(database().prisma);
    await placeHold({ isOnSubject: true });
    expect(await applyRetention(NOW)).toEqual({});
    await database().prisma.hold.deleteMany();
    const content = await loadContent();
    useContent({
      ...content,
      retention: retentionSchema.parse({
        all: {},
        bodies: { nottingham: { "kept-result": { keep: "1 day", because: "So." } } },
      }),
    });
    expect(await applyRetention(NOW)).toEqual({});
    useContent({
      ...content,
      retention: retentionSchema.parse({
        all: { "kept-result": { keep: "for good", because: "So." } },
        bodies: { nao: { question: { keep: "1 day", because: "So." } } },
      }),
    });
    const given = { body: "nao", policy: "nao", words: "smart watch" };
    await database().prisma.unfoundWords.createMany({
      data: [
        { ...given, id: "old", day: "2020-01-01" },
        { ...given, id: "new", day: calendarDay(NOW) },
        { ...given, id: "other", day: "2020-01-01", body: "nottingham" },
      ],
    });
    expect(await applyRetention(NOW)).toEqual({ question: 3 });
    const left = await database().prisma.unfoundWords.findMany({ orderBy: { id: "asc" } });
    expect(left.map(({ id }) => id)).toEqual(["new", "other"]);
  });
});

const KINDS = [
  "mail",
  "sign-in-trace",
  "question",
  "kept-result",
  "acknowledgement",
  "exception",
  "incident",
  "clear-down",
  "group",
  "app",
  "phone-return",
  "hold",
  "request",
  "photo-consent",
  "check-held",
  "evidence-text",
] as const;

type Prisma = Parameters<typeof verifyChains>[0];

/** An app that was refused then, for one reason. */
function refusedApp(id: string, at: Date, reason = "Not safe.") {
  const decision = { id: `${id}-decision`, at, personId: "officer", state: "refused", reason, entry: {} } as const;
  const texts = { purpose: "Chats", whoMay: "Nobody" };
  const head = { id, body: "nao", slug: id, name: id, state: "refused", riskOwnerId: "officer" } as const;
  return { ...head, ...texts, reviewOn: "2030-01-01", decisions: { create: decision } };
}

/**
 * For each kind except the texts, one thing whose time is over, called "old-…", and one whose time is not, called
 * "new-…".
 */
async function makeOld(prisma: Prisma): Promise<void> {
  for (const [age, when] of [
    ["old", LONG_AGO],
    ["new", LATELY],
  ] as const) {
    const on = { policy: "nao", version: "1", hash: HASH };
    const own = { body: "nao", personId: "una" };
    const day = when.toISOString().slice(0, 10);
    const key = (noun: string) => ({ id: `${age}-${noun}`, startKey: `${age}-${noun}`, reference: `${noun}-${age}` });
    await prisma.mail.create({
      data: {
        ...own,
        id: `${age}-mail`,
        messageId: `${age}-m`,
        digestDay: day,
        subject: "Digest",
        content: {},
        state: "sent",
        sentAt: when,
        nextTryAt: when,
        createdAt: when,
      },
    });
    await prisma.session.create({
      data: { id: `${age}-session`, token: `${age}-token`, personId: "una", expiresAt: when },
    });
    await prisma.clauseQuestion.create({
      data: {
        ...own,
        ...on,
        ...key("question"),
        clause: "1",
        question: "Why?",
        askedAt: when,
        answer: "So.",
        answeredAt: when,
        answeredById: "officer",
      },
    });
    await prisma.receipt.create({
      data: {
        ...own,
        ...on,
        ...key("receipt"),
        verdict: "never",
        content: "{}",
        keptAt: when,
        salt: "s",
        seal: sha256(age),
      },
    });
    await prisma.acknowledgement.create({
      data: {
        ...own,
        ...on,
        id: `${age}-answer`,
        reference: `${age}-a`,
        attempt: age === "old" ? 1 : 2,
        answer: "accepted",
        statement: "I do.",
        givenAt: when,
      },
    });
    await prisma.exception.create({
      data: {
        body: "nao",
        requesterId: "una",
        ...on,
        ...key("exception"),
        state: "declined",
        situation: {},
        createdAt: when,
        changedAt: when,
        decidedAt: when,
      },
    });
    await prisma.incident.create({
      data: {
        body: "nao",
        reporterId: "una",
        ...key("incident"),
        kind: "shared",
        reportedAt: when,
        awareAt: when,
        mayBePersonalData: false,
        closedAt: when,
      },
    });
    const group = {
      body: "nao",
      requesterId: "una",
      ...on,
      ...key("group"),
      name: "Rota",
      purpose: "Cover",
      kind: "team",
      app: "WhatsApp",
      reviewOn: day,
      requestedAt: when,
    } as const;
    await prisma.chatGroup.create({
      data: {
        ...group,
        state: "closed",
        decidedAt: when,
        decidedById: "officer",
        closedAt: when,
        closeReason: "Over",
        clearDowns: {
          create: {
            id: `${age}-clearing`,
            dueOn: day,
            clearedFor: "group",
            confirmedById: "una",
            confirmedAt: when,
            recordsMovedTo: "",
          },
        },
      },
    });
    await prisma.app.create({ data: refusedApp(`${age}-app`, when) });
    await prisma.phoneReturn.create({
      data: { ...own, ...key("phone"), reason: "reset", dueOn: day, startedAt: when, checkedAt: when },
    });
    await prisma.hold.create({
      data: {
        body: "nao",
        placedById: "officer",
        ...key("hold"),
        reason: "foi",
        keep: "All.",
        placedAt: when,
        endedAt: when,
        endedById: "officer",
        endReason: "Over",
      },
    });
    await prisma.informationRequest.create({
      data: {
        body: "nao",
        enteredById: "una",
        complainantId: "una",
        ...key("request"),
        kind: "complaint",
        state: "answered",
        requester: "",
        asked: "Why?",
        receivedOn: day,
        enteredAt: when,
        closedAt: when,
        closedOn: day,
      },
    });
    await prisma.consent.create({
      data: {
        ...own,
        ...key("photo"),
        name: "Pat",
        givenOn: day,
        until: day,
        purpose: "Web",
        formReference: "1",
        recordedAt: when,
      },
    });
    await prisma.understandingCheck.create({
      data: {
        ...own,
        ...on,
        ...key("check"),
        kind: "survey",
        heldBy: "A team",
        heldOn: day,
        takenBy: "12",
        result: "Good",
        actions: "None",
        recordedAt: when,
      },
    });
  }
}

it("says of every column of text what becomes of a leaver's name in it", () => {
  // Columns that hold a code, a key, a day or a hash, by their names.
  const CODES =
    /^(id|body|kind|app|salt|seal|token|reference|startKey|policy|version|hash|clause|clauses|month|verdict|day|href|name_|key|scopes|classId|className|system|job|step|part|command|owner|cause|level|clearedFor|digestDay|taskKeys|messageId|current|what|slug|timerBy|assistant|path|rule|state|event|actor|subject_|situation|scope|employer|roles|contentHash|removalReason|.*Id|.*On|.*Hash|.*Days|until|keepUntil|away(From|Until)|wanted(From|Until)|sealed|kid|publicKey)$/;
  const words = readModels().flatMap(({ name: table, text }) =>
    [...text.matchAll(/^ {2}(\w+) +(?:String|Json)(?:\[\]|\?)?(?: |$)/gm)].map(
      ([, column = ""]) => `${table}.${column}`,
    ),
  );
  expect(words.length).toBeGreaterThan(150);
  const replaced = NAME_TABLES.flatMap(({ table, text = [], list = [], json = [] }) =>
    [...text, ...list, ...json].map((column) => `${table}.${column}`),
  );
  const reasoned = (name: string) => name in OTHER_WORDS || (name.split(".")[0] ?? "") in OTHER_WORDS;
  const isCode = (name: string) => CODES.test(name.split(".")[1] ?? "");
  expect(words.filter((name) => !replaced.includes(name) && !reasoned(name) && !isCode(name))).toEqual([]);
  expect(
    replaced.filter((name) => !words.includes(name)),
    "columns that are there",
  ).toEqual([]);
  const tables = new Set(words.map((name) => name.split(".")[0]));
  expect(Object.keys(OTHER_WORDS).filter((name) => !words.includes(name) && !tables.has(name))).toEqual([]);
});

it("texts that may still name somebody have words for where they are, in every table", () => {
  expect(SEARCHED_TABLES.map(({ table }) => table).filter((table) => !DOUBT_PLACES[table])).toEqual([]);
});

/** Here a name may stay, or goes in another way; each with the reason. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  "App.name": "what a program is called, which no person is",
  Person: "The row of the person itself: replaced field by field.",
  Session: "Deleted when the name is replaced.",
  Account: "Deleted when the name is replaced.",
  Verification: "An attempt to sign in: gone after ten minutes.",
  CampaignAudience: "Codes, opaque identifiers, and names of employers.",
  "Exemption.lastDay": "A day.",
  "VersionProposal.title": "Words of the policy.",
  "VersionProposal.open": "A policy and its version.",
  "Acknowledgement.theme": "A code.",
  "ResultTally.rule": "Name of a rule of a policy.",
  Absence: "Opaque identifiers and days; deleted when the name is replaced.",
  Deputy: "Opaque identifiers, days and the name of a role.",
  Team: "Names of teams, by which reports are read; a team is not named after one person.",
  "Acknowledgement.statement": "Words of the policy.",
  UnderstandingSample: "Opaque identifiers, and the name of a team, an employer or a kind of people.",
  "SampledPerson.situations": "Names of facts and answers of a policy.",
  "SampledPerson.choices": "Names of verdicts.",
  PolicyReading: "Opaque identifiers, and names of facts and answers of a policy.",
  Receipt: "Sealed: a changed word would break the seal. It is private to who kept it, and deleted by its own time.",
  CapturedRecord: "A business record, kept whole by its own class of the retention schedule.",
  "Correction.subject": "Reference of an entry.",
  RecordRevision: "Part of a captured record, gone with its text.",
  "GroupMember.name": "Somebody outside the directory, who agreed to be on the register by name.",
  "GroupMember.organisation": "Of somebody outside the directory.",
  "RequestPause.why": "A code.",
  "RequestPause.firstDay": "A day.",
  "RequestPause.lastDay": "A day.",
  "SearchRequest.firstDay": "A day.",
  "SearchRequest.lastDay": "A day.",
  "SearchRequest.answerBy": "A day.",
  "SearchAnswer.answer": "A code.",
  "SearchAnswer.gone": "A code.",
  "SearchAnswer.statement": "Words of the portal.",
  "Consent.name": "Who is in the picture: without the name a consent proves nothing. It has its own time.",
  "Consent.guardian": "Who agreed for a child: the same.",
  "Consent.formReference": "Number or place of a form.",
  "Mail.sentTo": "Where the mail went: deleted with their mail when the name is replaced.",
  "Mail.bounceStatus": "A code.",
  "Mail.address": "An earlier address of whom the mail is to: deleted with their mail when the name is replaced.",
  JobRun: "What timed work did, in figures; gone after 30 days.",
  ShownOnce: "Sealed, not shown after ten minutes, and deleted when the name of who made it is replaced.",
  "ApiToken.endReason": "A code.",
  BegunForm: "Not sent yet: gone once it is sent or discarded, and deleted when the name of whose it is is replaced.",
  ApiWrite: "Identifiers and addresses, gone after seven days.",
  FormInput: "Gone after a day, and deleted when the name of who typed it is replaced.",
  EvidenceDetail: "Never rewritten: the texts that name them are erased.",
  NameDoubt: "What a text says, until somebody has looked at it; then the row is deleted.",
  Evidence: "Opaque identifiers and codes alone.",
  SigningKey: "Keys.",
  EvidenceNode: "Hashes.",
  EvidenceHead: "Hashes, signed.",
  EvidenceWitness: "Signed by somebody outside, who named themselves so: a changed word would break the signature.",
  EvidenceTimeStamp: "About a hash: what an authority answered.",
  Webhook: "What an address is for, and its host; what else there is of it is sealed.",
  "WebhookMessage.reason": "How an address answered, in words of the portal.",
  ScimUser: "Deleted when the name is replaced.",
  DirectoryGroup: "Names of groups in the directory, which are not named after one person.",
  PeopleImport: "Gone after a day, and deleted when the name of who had it checked is replaced.",
};
