import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { buildTable } from "#domain/policy/decision/decision-table.ts";
import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import type { Asked } from "#domain/base/list/page.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { declareActivity, endActivity } from "#server/registers/continuity/service.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getEvidenceRegister } from "#server/evidence/journal/queries.ts";
import { getException } from "#server/policy/exception/queries.ts";
import { approveException } from "#server/policy/exception/service.ts";
import { exceptionAwaitingApproval, lasting } from "#server/testing/exceptions.ts";
import { getPolicy } from "#server/policy/policy/queries.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import {
  exportReceipts,
  getOwnReceipts,
  getReceipt,
  getReceiptByLink,
  getSharedWithMe,
  listReceiptCounts,
  listReceiptTasks,
  resultToKeep,
} from "./queries.ts";
import { changeReceipt, deleteOwnReceipt, keepReceipt, markSeen } from "./service.ts";

const NEVER: Answers = { device: "work", purpose: "file" };
const PARTNER: Answers = { device: "personal", purpose: "file", audience: "partner", content: "non-sensitive" };
const CONTINUITY: Answers = { device: "work", purpose: "continuity", content: "non-sensitive" };

describeOnEachDatabase("decision receipts", (database) => {
  let first: PolicyVersion;
  let employee: Actor;
  let manager: Actor;
  let officer: Actor;
  beforeEach(async () => {
    const [version] = await serveVersions("nao", []);
    if (!version) throw new Error("There is no first version.");
    first = version;
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "team", { managerId: "manager" });
    employee = await addPerson(database(), "employee", { team });
    officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
  });

  /** What the result page would send. */
  const shown = async (answers: Answers, actor = employee) => {
    const policy = await getPolicy(actor, "nao");
    const result = policy && resultToKeep(policy, await getDecidingTable({ ...actor }, policy), answers);
    if (!result) throw new Error("There is no result to keep.");
    return { slug: "nao", answers, fingerprint: result.fingerprint, startKey: "key-1", words: "" };
  };
  const keep = async (answers: Answers, actor = employee, more: { startKey?: string; words?: string } = {}) => {
    const result = await keepReceipt({ ...actor }, { ...(await shown(answers, actor)), ...more });
    if (result.code !== "kept") throw new Error(`Not kept: ${result.code}.`);
    return result.reference;
  };
  /** Stored as if it had been kept this many more times. */
  const copies = async (reference: string, count: number) => {
    const row = await database().prisma.receipt.findUniqueOrThrow({ where: { reference } });
    const data = Array.from({ length: count }, (_, at) => {
      return { ...row, id: `${row.id}-${at}`, reference: `${reference}-${at}`, startKey: `${row.startKey}-${at}` };
    });
    await database().prisma.receipt.createMany({ data });
  };
  const approved = async (): Promise<string> => {
    const reference = await exceptionAwaitingApproval(employee, "ex-1");
    const found = (await getException(manager, reference))?.exception;
    if (!found) throw new Error("The manager does not see the request.");
    const decision = { reason: "It helps.", conditions: [lasting("Only on Fridays.")], until: found.wantedUntil };
    const result = await approveException(manager, reference, found.revision, decision);
    if (!result.ok) throw new Error("Not approved.");
    return reference;
  };
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
  const tamper = (reference: string, data: { content?: string; verdict?: string; words?: string; hash?: string }) =>
    database().prisma.receipt.update({ where: { reference }, data });

  it("keep what was shown, once, however often the form is sent at once", async () => {
    const sent = { ...(await shown(NEVER)), words: "A file for the audit." };
    const results = await Promise.all(Array.from({ length: 6 }, () => keepReceipt(employee, sent)));
    expect(new Set(results.map((result) => (result.code === "kept" ? result.reference : result.code))).size).toBe(1);
    expect(await database().prisma.receipt.count()).toBe(1);
    const [result] = results;
    const reference = result?.code === "kept" ? result.reference : "";
    const view = await getReceipt(employee, reference);
    expect(view).toMatchObject({
      reader: "owner",
      version: first.version,
      hash: first.hash,
      verdict: "never",
      ofItsDay: "same",
      words: "A file for the audit.",
      today: { kind: "run", today: { kind: "same" } },
    });
    expect(view?.content?.answers).toMatchObject([
      { fact: "device", source: { kind: "me" } },
      { fact: "purpose", source: { kind: "me" } },
    ]);
    for (const { id, text } of view?.content?.clauses ?? [])
      expect(first.clauses.find((clause) => clause.id === id)?.text).toBe(text);
    expect(view?.content?.clauses.length).toBeGreaterThan(0);
  });

  it("reveal nothing in the evidence, not even to the auditor", async () => {
    const reference = await keep(NEVER, employee, { words: "A secret word." });
    const rows = await evidence();
    expect(rows).toMatchObject([{ event: "receipt.kept", subject: reference, policy: null, commitment: null }]);
    expect(JSON.parse(rows[0]?.data ?? "")).toEqual({ seal: (await getReceipt(employee, reference))?.seal });
    const auditor = await addPerson(database(), "auditor", { roles: ["auditor"] });
    const page = JSON.stringify(await (await getEvidenceRegister(auditor, {}))?.page(null));
    expect(page).toContain(reference);
    for (const word of ["secret", "never", "device", "Do not"]) expect(page.includes(word), word).toBe(false);
  });

  it("are refused if what was shown no longer applies, and ignore any posted verdict", async () => {
    const sent = await shown(NEVER);
    const refused = [
      { ...sent, fingerprint: "0".repeat(64) },
      { ...sent, answers: PARTNER },
      { ...sent, answers: {} },
      { ...sent, answers: { device: "nothing", constructor: "x" } },
    ];
    for (const one of refused) expect((await keepReceipt(employee, one)).code).toBe("changed");
    expect((await keepReceipt(employee, { ...sent, slug: "nowhere" })).code).toBe("not-found");
    expect(await keepReceipt(employee, { ...sent, words: "x".repeat(501) })).toMatchObject({ code: "invalid" });
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect((await keepReceipt(employee, sent)).code).toBe("changed");
    expect(await evidence()).toEqual([]);
  });

  it("record the exception, and are rerun with it for its day and without it for today", async () => {
    const before = await shown(PARTNER);
    const exception = await approved();
    expect((await keepReceipt({ ...employee }, before)).code, "an exception came meanwhile").toBe("changed");
    const reference = await keep(PARTNER);
    const view = await getReceipt({ ...employee }, reference);
    expect(view?.content).toMatchObject({ verdict: "with-care", exception: { reference: exception } });
    expect(view?.content?.answers.at(-1)).toMatchObject({
      fact: "exception",
      answer: "yes",
      source: { kind: "exception", reference: exception },
    });
    expect(view).toMatchObject({ ofItsDay: "same", today: { today: { kind: "same" } } });
    await database().prisma.exception.update({ where: { reference: exception }, data: { state: "revoked" } });
    const later = await getReceipt({ ...employee }, reference);
    expect(later?.ofItsDay).toBe("same");
    expect(later?.today).toMatchObject({ today: { kind: "different", from: "with-care", to: "exception-only" } });
  });

  it("record a declared activity, which is offered only while it lasts", async () => {
    await expect(shown(CONTINUITY)).rejects.toThrow("no result");
    const declared = await declareActivity(officer, { startKey: "k", title: "Down", reason: "A cable." });
    if (declared.code !== "declared") throw new Error("Not declared.");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham" });
    await expect(shown(CONTINUITY, stranger)).rejects.toThrow("no result");
    const reference = await keep(CONTINUITY);
    const view = await getReceipt({ ...employee }, reference);
    const answer = view?.content?.answers.find(({ fact }) => fact === "purpose");
    expect(answer?.source).toEqual({ kind: "continuity", reference: declared.reference });
    expect(view).toMatchObject({ ofItsDay: "same", today: { today: { kind: "same" } } });
    const sent = { ...(await shown(CONTINUITY)), startKey: "key-2" };
    await endActivity(officer, declared.reference, "Repaired.");
    expect((await keepReceipt({ ...employee }, sent)).code).toBe("changed");
    const later = await getReceipt({ ...employee }, reference);
    expect(later).toMatchObject({ ofItsDay: "same", today: { today: { kind: "more" }, dropped: ["purpose"] } });
  });

  it("say which part of the stored data is corrupt", async () => {
    const reference = await keep(NEVER);
    const stored = await database().prisma.receipt.findUniqueOrThrow({ where: { reference } });
    const after = async (data: Parameters<typeof tamper>[1]) => {
      await tamper(reference, data);
      const view = await getReceipt({ ...employee }, reference);
      await tamper(reference, { content: stored.content, verdict: stored.verdict, hash: stored.hash });
      await database().prisma.receipt.update({ where: { reference }, data: { words: null } });
      return view?.ofItsDay;
    };
    expect(await after({})).toBe("same");
    expect(await after({ content: stored.content.replace('"never"', '"allowed"') })).toBe("changed-receipt");
    expect(await after({ content: "{" })).toBe("changed-receipt");
    expect(await after({ verdict: "allowed" })).toBe("changed-receipt");
    expect(await after({ words: "Added later." })).toBe("changed-receipt");
    expect(await after({ hash: "a".repeat(64) })).toBe("changed-receipt");
    const content = await loadContent();
    const replace = (version: PolicyVersion) =>
      useContent({ ...content, policies: [{ slug: "nao", versions: [version] }] });
    replace({ ...first, hash: "b".repeat(64) });
    expect(await after({})).toBe("version-gone");
    replace({ ...first, clauses: first.clauses.map((clause) => ({ ...clause, text: "Something else." })) });
    expect(await after({})).toBe("other-quotes");
    replace(laxer(first));
    expect(await after({})).toBe("other-verdict");
  });

  it("are a task if the current version answers them differently, until they have been looked at", async () => {
    const [one, two] = [await keep(NEVER), await keep(NEVER, employee, { startKey: "key-2" })];
    await keep(PARTNER, employee, { startKey: "key-3" });
    expect(await listReceiptTasks({ ...employee })).toEqual([]);
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect(await listReceiptTasks({ ...employee }), "the same rules").toEqual([]);
    const content = await loadContent();
    const next = { ...laxer(first), version: "3", hash: "c".repeat(64) };
    useContent({ ...content, policies: [{ slug: "nao", versions: [first, next] }] });
    expect(await listReceiptTasks({ ...employee })).toMatchObject([
      { title: "Look at 2 results you kept: the answers are different now" },
    ]);
    expect(await listReceiptTasks({ ...manager })).toEqual([]);
    expect((await (await getOwnReceipts(employee)).page(null)).rows.filter((line) => line.isDifferentNow)).toHaveLength(
      2,
    );
    await markSeen({ ...employee }, { reference: one });
    expect(await listReceiptTasks({ ...employee })).toMatchObject([{ href: `/decisions/${two}#again` }]);
    await Promise.all([markSeen({ ...employee }), markSeen({ ...employee })]);
    expect(await listReceiptTasks({ ...employee })).toEqual([]);
    const another = { ...laxer(first), version: "4", hash: "d".repeat(64) };
    useContent({ ...content, policies: [{ slug: "nao", versions: [first, next, another] }] });
    expect(await listReceiptTasks({ ...employee }), "a later version asks again").toHaveLength(1);
  });

  it("are read by nobody else, until they are shared with the current manager", async () => {
    const reference = await keep(NEVER);
    const colleague = await addPerson(database(), "colleague", { team: "team" });
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner", "administrator", "auditor"] });
    for (const other of [colleague, manager, officer, owner]) expect(await getReceipt(other, reference)).toBeNull();
    expect((await changeReceipt(manager, reference, "share-with-manager")).code).toBe("not-found");
    await Promise.all([
      changeReceipt(employee, reference, "share-with-manager"),
      changeReceipt(employee, reference, "share-with-manager"),
    ]);
    expect(await getReceipt(manager, reference)).toMatchObject({ reader: "manager", today: null, sharing: null });
    expect((await getSharedWithMe(manager))?.rows).toMatchObject([{ reference, by: "Person employee" }]);
    for (const other of [colleague, officer, owner]) expect(await getReceipt(other, reference)).toBeNull();
    const next = await addPerson(database(), "next", { roles: ["line-manager"] });
    await database().prisma.team.update({ where: { id: "team" }, data: { managerId: "next" } });
    expect(await getReceipt(manager, reference)).toBeNull();
    expect((await getSharedWithMe(manager))?.rows).toEqual([]);
    expect(await getReceipt(next, reference)).toMatchObject({ reader: "manager" });
    await changeReceipt(employee, reference, "unshare-with-manager");
    expect(await getReceipt(next, reference)).toBeNull();
    expect((await evidence()).map(({ event }) => event)).toEqual([
      "receipt.kept",
      "receipt.shared-with-manager",
      "receipt.unshared-with-manager",
    ]);
    expect((await changeReceipt(officer, await keep(NEVER, officer), "share-with-manager")).code).toBe("no-manager");
  });

  it("are read by a link within the same body, until it is revoked", async () => {
    const reference = await keep(NEVER);
    const made = await changeReceipt(employee, reference, "make-link");
    const token = made.code === "done" ? (made.link ?? "") : "";
    expect(token).toMatch(/^[\w-]{32}$/);
    // Shown once: neither the page nor the database has it any more.
    expect((await getReceipt(employee, reference))?.sharing).toMatchObject({ linkMadeAt: {} });
    expect(
      JSON.stringify([await getReceipt(employee, reference), await database().prisma.receipt.findMany()]),
    ).not.toContain(token);
    const stranger = await addPerson(database(), "stranger", { body: "nottingham" });
    expect(await getReceiptByLink(officer, token)).toMatchObject({ reader: "link", today: null, sharing: null });
    expect(await getReceiptByLink(stranger, token)).toBeNull();
    expect(await getReceiptByLink(officer, `${token.slice(1)}x`)).toBeNull();
    expect(await getReceipt(officer, reference), "the reference opens nothing").toBeNull();
    // Lost and made again: the previous link is revoked.
    const anew = await changeReceipt(employee, reference, "make-link");
    const second = anew.code === "done" ? (anew.link ?? "") : "";
    expect(await getReceiptByLink(officer, token)).toBeNull();
    expect(await getReceiptByLink(officer, second)).toMatchObject({ reader: "link" });
    await changeReceipt(employee, reference, "revoke-link");
    await changeReceipt(employee, reference, "revoke-link");
    expect(await getReceiptByLink(officer, second)).toBeNull();
    expect((await evidence()).map(({ event }) => event)).toEqual([
      "receipt.kept",
      "receipt.link-made",
      "receipt.link-made",
      "receipt.link-revoked",
    ]);
    for (const secret of [token, second]) expect(JSON.stringify(await evidence())).not.toContain(secret);
  });

  it("are deleted with their text, by the person who kept them, and the evidence of keeping them stays", async () => {
    const reference = await keep(NEVER, employee, { words: "A secret word." });
    expect((await deleteOwnReceipt(officer, reference, "none")).code).toBe("not-found");
    expect((await deleteOwnReceipt(employee, reference, null)).code).toBe("unanswered");
    const results = await Promise.all([1, 2].map(() => deleteOwnReceipt(employee, reference, "none")));
    expect(results.some(({ code }) => code === "done")).toBe(true);
    expect(await getReceipt(employee, reference)).toBeNull();
    expect((await evidence()).map(({ event }) => event)).toEqual(["receipt.kept", "receipt.deleted"]);
  });

  it("are not deleted under a hold on the person who kept them, nor if that person knows of a request", async () => {
    const reference = await keep(NEVER);
    const { body, personId } = officer;
    for (const answer of ["known", "unsure"] as const)
      expect((await deleteOwnReceipt(employee, reference, answer)).code).toBe("stopped");
    await database().prisma.hold.create({
      data: {
        id: "h",
        reference: "HLD-2345-6789",
        body,
        placedById: personId,
        startKey: "k",
        reason: "inquiry",
        keep: "All.",
        placedAt: new Date(),
        targets: { create: { id: "t", personId: employee.personId } },
      },
    });
    expect((await deleteOwnReceipt(employee, reference, "none")).code).toBe("held");
    expect(await getReceipt(employee, reference)).not.toBeNull();
    const told = await database().prisma.notice.findMany();
    expect(told.map(({ kind }) => kind)).toEqual(Array.from({ length: told.length }, () => "hold-doubt"));
    expect(told.length).toBeGreaterThan(0);
  });

  it("are in the export of one's own data with everything that the seal is computed from", async () => {
    const reference = await keep(NEVER, employee, { words: "Mine." });
    expect(await exportReceipts(employee)).toMatchObject([
      { reference, words: "Mine.", shown: { verdict: "never" }, sealed: { personId: "employee" } },
    ]);
    expect(await exportReceipts(manager)).toEqual([]);
  });

  it("are counted for governance officers from five upwards, never below", async () => {
    await copies(await keep(NEVER), 3);
    await copies(await keep(PARTNER, manager), 5);
    const of = async (verdict: string) => {
      const [nao] = (await listReceiptCounts({ ...officer })) ?? [];
      return nao?.verdicts.find((one) => one.verdict === verdict)?.count;
    };
    expect(await of("never")).toEqual({ kind: "few" });
    expect(await of("exception-only")).toEqual({ kind: "shown", count: 6 });
    await keep(NEVER, manager, { startKey: "n-5" });
    expect(await of("never")).toEqual({ kind: "shown", count: 5 });
    for (const other of [employee, manager]) expect(await listReceiptCounts(other)).toBeNull();
  });

  it("come in pages, in two orders, and are found by a part of the reference and by policy", async () => {
    const reference = await keep(NEVER);
    await copies(reference, 25);
    const own = await getOwnReceipts(employee);
    const page = await own.page(null);
    expect(page.rows).toHaveLength(25);
    const second = await own.page(page.after);
    expect([second.rows.length, second.after]).toEqual([1, null]);
    const found = async (asked: Asked) => (await (await getOwnReceipts(employee, asked)).page(null)).rows;
    expect((await found({ sort: "oldest" })).map(({ keptAt }) => keptAt)).toEqual(
      [...page.rows, ...second.rows]
        .map(({ keptAt }) => keptAt)
        .toReversed()
        .slice(0, 25),
    );
    const part = reference.toLowerCase().replaceAll("-", "").slice(0, 8);
    expect((await found({ q: part })).map((line) => line.reference)).toContain(reference);
    expect(await found({ q: "nothing" })).toEqual([]);
    expect((await found({ policy: "nao" })).length).toBe(25);
  });
});

/** The same version with every "never" allowed. */
function laxer(version: PolicyVersion): PolicyVersion {
  const { table } = version;
  const rules = table.rules.map((rule) => (rule.verdict === "never" ? { ...rule, verdict: "allowed" as const } : rule));
  const facts = table.facts.map(({ name, fact }) => [name, fact] as const);
  return { ...version, table: buildTable(facts, rules, [...table.obligations.values()]) };
}
