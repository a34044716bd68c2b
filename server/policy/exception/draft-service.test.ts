import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import { LONGEST_REQUEST_TEXT, MOST_RISKS } from "#domain/policy/exception/request.ts";
import { clock } from "#server/base/clock.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft, MEDIUM_RISK } from "#server/testing/exceptions.ts";
import { addPerson, addTeam } from "#server/testing/people.ts";
import { discardDraft, makeRiskId, removeRisk, saveRisk, saveWho, saveWhy, startException } from "./draft-service.ts";
import { listMyExceptions } from "./queries.ts";
import { findException } from "./repository.ts";
import { ownVersion } from "./request-limit-rules.ts";
import { approveException, requestChanges, submitException } from "./service.ts";

const OK = { ok: true };
const NOT_FOUND = { ok: false, code: "not-found" };
const NOT_EDITABLE = { ok: false, code: "not-editable" };
const START = { startKey: "key-1", situation: { audience: "partner" }, clauses: ["4.3"] };
const WHY = { clauses: ["4.3"], justification: "Because.", whyNoChannel: "None.", dataInvolved: "Times." };
const NOTHING = { clauses: [], justification: "", whyNoChannel: "", dataInvolved: "" };
const WHO = { scope: "person", teamId: null, groupId: null, wantedFrom: null } as const;

describeOnEachDatabase("the draft of a request", (database) => {
  let asker: Actor;
  let manager: Actor;
  let foreigner: Actor;
  let reference: string;

  beforeEach(async () => {
    manager = await addPerson(database(), "manager", { roles: ["line-manager"] });
    const team = await addTeam(database(), "fraud", { managerId: manager.personId });
    asker = await addPerson(database(), "asker", { team });
    foreigner = await addPerson(database(), "foreigner", { body: "nottingham" });
    reference = await start(START);
  });
  afterEach(() => vi.restoreAllMocks());

  const start = async (what: typeof START, actor = asker) => {
    const started = await startException(actor, "nao", what);
    if (!started?.ok) throw new Error("Nothing was started.");
    return started.reference;
  };
  const stored = async (which = reference) => {
    const found = await findException(database().prisma, "nao", which);
    if (!found) throw new Error(`There is no ${which}.`);
    return found;
  };
  const until = (days: number) => addDays(calendarDay(clock.now()), days);
  const fieldsOf = (result: Awaited<ReturnType<typeof saveWhy>>) =>
    "problems" in result ? result.problems.map(({ field }) => field) : result;
  const everyChange = (actor: Actor, which = reference) => [
    saveWhy(actor, which, WHY, false),
    saveWho(actor, which, { ...WHO, wantedUntil: until(30) }),
    saveRisk(actor, which, null, MEDIUM_RISK),
    removeRisk(actor, which, "any"),
    discardDraft(actor, which),
  ];

  it("starts on the current version, with the details in the address, and leaves no evidence", async () => {
    const version = await ownVersion(asker, "nao");
    expect(await stored()).toMatchObject({
      state: "draft",
      policy: "nao",
      version: version?.version,
      hash: version?.hash,
      requesterId: "asker",
      situation: { audience: "partner" },
      clauses: ["4.3"],
      risks: [],
      residual: null,
    });
    expect(await database().prisma.evidence.count()).toBe(0);
  });

  it("starts once per form, however often it is sent, and again for another", async () => {
    const again = await Promise.all(Array.from({ length: 8 }, () => start(START)));
    expect(new Set(again)).toEqual(new Set([reference]));
    expect(await start({ ...START, startKey: "key-2" })).not.toBe(reference);
    const colleague = await addPerson(database(), "colleague");
    expect(await start(START, colleague)).not.toBe(reference);
    expect(await database().prisma.exception.count()).toBe(3);
  });

  it("drops clauses that the policy does not have, and finds no policy of another body", async () => {
    const other = await start({ ...START, startKey: "key-2", clauses: ["4.3", "99.9", "4.3"] });
    expect((await stored(other)).clauses).toEqual(["4.3"]);
    const refused = {
      ok: false,
      problems: [{ field: "clauses", message: expect.stringContaining("Clause 2.2") as string }],
    };
    expect(await startException(asker, "nao", { ...START, startKey: "key-3", clauses: ["2.2"] })).toEqual(refused);
    expect(await saveWhy(asker, other, { ...WHY, clauses: ["4.3", "2.2"] }, false)).toMatchObject(refused);
    expect(await startException(asker, "nottingham", START)).toBeNull();
    expect(await startException(asker, "no-such-policy", START)).toBeNull();
    expect(await startException(foreigner, "nao", START)).toBeNull();
  });

  it("starts on the published version, even for people who can see an unpublished one", async () => {
    await serveVersions("nao", [{ version: "2", isPublished: false }]);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect((await stored(await start(START, officer))).version).toBe("1");
    await serveVersions("nao", []);
  });

  it("keeps each part, and for each part the last of two tabs wins", async () => {
    expect(await saveWhy(asker, reference, WHY, false)).toEqual(OK);
    expect(await saveWho(asker, reference, { ...WHO, wantedUntil: until(30) })).toEqual(OK);
    expect(await saveWhy(asker, reference, { ...WHY, justification: "The other tab." }, false)).toEqual(OK);
    expect(await stored()).toMatchObject({
      justification: "The other tab.",
      whyNoChannel: "None.",
      scope: "person",
      wantedUntil: until(30),
    });
  });

  it("asks for everything that is missing, and for nothing if the requester is coming back later", async () => {
    expect(fieldsOf(await saveWhy(asker, reference, NOTHING, false))).toEqual([
      "justification",
      "whyNoChannel",
      "dataInvolved",
      "clauses",
    ]);
    const none = { scope: null, teamId: null, groupId: null, wantedFrom: null, wantedUntil: null };
    expect(fieldsOf(await saveWho(asker, reference, none))).toEqual(["scope", "wantedUntil"]);
    expect(await saveWhy(asker, reference, { ...NOTHING, dataInvolved: "Tim" }, true)).toEqual(OK);
    expect(await saveWho(asker, reference, none, true)).toEqual(OK);
    const half = { ...MEDIUM_RISK, description: "", mitigations: [] };
    expect(fieldsOf(await saveRisk(asker, reference, null, half))).toEqual(["description", "mitigation-1-text"]);
    expect(await saveRisk(asker, reference, null, half, true)).toEqual(OK);
    expect(await stored()).toMatchObject({ dataInvolved: "Tim", clauses: [], risks: [{ description: "" }] });
    const sent = await submitException(asker, reference);
    expect(sent).toMatchObject({ ok: false, code: "refused" });
  });

  it("refuses what is too long, now and later, and changes nothing", async () => {
    const long = "🙂".repeat(LONGEST_REQUEST_TEXT + 1);
    for (const isLater of [false, true]) {
      const result = await saveWhy(asker, reference, { ...WHY, whyNoChannel: long }, isLater);
      expect(result).toMatchObject({
        code: "refused",
        problems: [{ field: "whyNoChannel", message: "Shorten this to 4,000 characters. It has 4,001." }],
      });
      expect(fieldsOf(await saveRisk(asker, reference, null, { ...MEDIUM_RISK, description: long }, isLater))).toEqual([
        "description",
      ]);
    }
    expect(await stored()).toMatchObject({ whyNoChannel: "", risks: [] });
  });

  it("stores any text as it was typed", async () => {
    const text = "<script>alert(1)</script> 🙂 שלום\n  two   blanks — “quotes” ' OR 1=1 --";
    expect(await saveWhy(asker, reference, { ...WHY, justification: text }, false)).toEqual(OK);
    expect((await stored()).justification).toBe(text);
  });

  it("is only for a team that the requester belongs to or manages", async () => {
    const others = await addTeam(database(), "others");
    const foreign = await addTeam(database(), "foreign", { body: "nottingham" });
    const forTeam = (teamId: string | null) =>
      saveWho(asker, reference, { scope: "team", teamId, groupId: null, wantedFrom: null, wantedUntil: until(30) });
    for (const teamId of [others, foreign, "no-such-team", "", null])
      expect(fieldsOf(await forTeam(teamId))).toEqual(["scope"]);
    expect(await forTeam("fraud")).toEqual(OK);
    expect(await stored()).toMatchObject({ scope: "team", teamId: "fraud", teamName: "Team fraud" });
    const own = await start({ ...START, startKey: "key-2" }, manager);
    expect(await saveWho(manager, own, { ...WHO, scope: "team", teamId: "fraud", wantedUntil: until(1) })).toEqual(OK);
    expect(await saveWho(asker, reference, { ...WHO, teamId: "fraud", wantedUntil: until(30) })).toEqual(OK);
    expect(await stored()).toMatchObject({ scope: "person", teamId: null });
  });

  it("takes no past day, and no time longer than twelve months", async () => {
    const who = async (from: number | null, to: number) =>
      fieldsOf(
        await saveWho(asker, reference, {
          ...WHO,
          wantedFrom: from === null ? null : until(from),
          wantedUntil: until(to),
        }),
      );
    expect(await who(-1, 10)).toEqual(["wantedFrom"]);
    expect(await who(null, -1)).toEqual(["wantedUntil"]);
    expect(await who(5, 4)).toEqual(["wantedUntil"]);
    expect(await who(null, 367)).toEqual(["wantedUntil"]);
    expect(await who(5, 5)).toEqual(OK);
  });

  it("adds a risk once per form, changes it in place, and computes the remaining risk", async () => {
    const id = makeRiskId(await stored());
    expect(await saveRisk(asker, reference, id, MEDIUM_RISK)).toEqual(OK);
    expect(await saveRisk(asker, reference, id, MEDIUM_RISK)).toEqual(OK);
    expect(await saveRisk(asker, reference, null, { ...MEDIUM_RISK, likelihoodAfter: 3 })).toEqual(OK);
    expect(await stored()).toMatchObject({ residual: 9, risks: [{ id }, { likelihoodAfter: 3 }] });
    const mitigations = [
      ...MEDIUM_RISK.mitigations,
      { text: "Train all.", owner: "policy-owner", dueOn: until(3) },
    ] as const;
    expect(fieldsOf(await saveRisk(asker, reference, id, { ...MEDIUM_RISK, mitigations }))).toEqual([
      "mitigation-2-owner",
    ]);
    await addPerson(database(), "owner", { roles: ["policy-owner"] });
    expect(await saveRisk(asker, reference, id, { ...MEDIUM_RISK, description: "Lost.", mitigations })).toEqual(OK);
    expect((await stored()).risks).toMatchObject([
      { id, description: "Lost.", mitigations: [{ owner: "requester" }, { owner: "policy-owner", dueOn: until(3) }] },
      { likelihoodAfter: 3 },
    ]);
  });

  it("removes the risk that was shown, even if another was removed in the meantime; once", async () => {
    const ids = ["a", "b", "c"];
    for (const description of ids) await saveRisk(asker, reference, null, { ...MEDIUM_RISK, description });
    const [first, second] = (await stored()).risks;
    expect(await removeRisk(asker, reference, first?.id ?? "")).toEqual(OK);
    expect(await removeRisk(asker, reference, first?.id ?? "")).toEqual(OK);
    expect((await stored()).risks.map(({ description }) => description)).toEqual(["b", "c"]);
    expect(await saveRisk(asker, reference, second?.id ?? "", { ...MEDIUM_RISK, description: "B" })).toEqual(OK);
    expect((await stored()).risks.map(({ description }) => description)).toEqual(["B", "c"]);
    // A tab that still had the first one open loses nothing.
    expect(await saveRisk(asker, reference, first?.id ?? "", { ...MEDIUM_RISK, description: "A" })).toEqual(OK);
    expect((await stored()).risks.map(({ description }) => description)).toEqual(["B", "c", "A"]);
  });

  it("changes no risk of another request, whatever id the form sends", async () => {
    const other = await start({ ...START, startKey: "key-2" });
    await saveRisk(asker, other, null, MEDIUM_RISK);
    const [theirs] = (await stored(other)).risks;
    for (const id of [theirs?.id ?? "", "", "x".repeat(1000), `${(await stored()).id}.short`])
      expect(await saveRisk(asker, reference, id, { ...MEDIUM_RISK, description: "Mine." })).toEqual(OK);
    expect(await removeRisk(asker, reference, theirs?.id ?? "")).toEqual(OK);
    expect((await stored(other)).risks).toMatchObject([{ id: theirs?.id, description: MEDIUM_RISK.description }]);
    expect((await stored()).risks.length).toBe(4);
  });

  it("limits the number of risks to a readable one", async () => {
    const save = () => saveRisk(asker, reference, null, MEDIUM_RISK);
    for (let count = 0; count < MOST_RISKS; count++) expect(await save()).toEqual(OK);
    expect(await save()).toMatchObject({ ok: false, code: "refused" });
  });

  it("uses the words of the policy's risk, and accepts no other clause as one", async () => {
    const officer = await addPerson(database(), "borough", { body: "bromsgrove-redditch" });
    const started = await startException(officer, "bromsgrove-redditch", { ...START, clauses: [] });
    const own = started?.ok ? started.reference : "";
    const text = (await ownVersion(officer, "bromsgrove-redditch"))?.clauses.find(({ id }) => id === "1.9")?.text;
    expect(await saveRisk(officer, own, null, { ...MEDIUM_RISK, clause: "1.9", description: "" })).toEqual(OK);
    const saved = await findException(database().prisma, "bromsgrove-redditch", own);
    expect(saved?.risks).toMatchObject([{ clause: "1.9", description: text }]);
    for (const clause of ["2.3", "99"])
      expect(fieldsOf(await saveRisk(officer, own, null, { ...MEDIUM_RISK, clause }))).toEqual(["source"]);
  });

  it("cannot be seen or changed by anybody else, in any body", async () => {
    const colleague = await addPerson(database(), "colleague", { team: "fraud" });
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer", "administrator"] });
    for (const actor of [colleague, manager, officer, foreigner])
      for (const change of everyChange(actor)) expect(await change).toEqual(NOT_FOUND);
    for (const change of everyChange(asker, "EX-2222-2222")) expect(await change).toEqual(NOT_FOUND);
    expect(await stored()).toMatchObject({ state: "draft", justification: "", risks: [] });
  });

  it("can be changed until it is sent and after it is sent back, but not once it is decided", async () => {
    const sent = await completeDraft(asker, "key-3");
    expect(await submitException(asker, sent)).toEqual(OK);
    for (const change of everyChange(asker, sent)) expect(await change).toEqual(NOT_EDITABLE);
    const { revision } = await stored(sent);
    expect(await requestChanges(manager, sent, revision, "Too thin.", { why: "Say more." })).toEqual(OK);
    expect(await saveWhy(asker, sent, { ...WHY, justification: "More." }, false)).toEqual(OK);
    expect(await discardDraft(asker, sent)).toEqual(NOT_EDITABLE);
    expect(await submitException(asker, sent)).toEqual(OK);
    const { revision: again, justification } = await stored(sent);
    expect(justification).toBe("More.");
    const approval = { reason: "It helps.", conditions: [], until: until(10) };
    expect(await approveException(manager, sent, again, approval)).toEqual(OK);
    for (const change of everyChange(asker, sent)) expect(await change).toEqual(NOT_EDITABLE);
  });

  it("is discarded completely, and the same form can then start a new one", async () => {
    await saveRisk(asker, reference, null, MEDIUM_RISK);
    expect(await discardDraft(asker, reference)).toEqual(OK);
    expect(await discardDraft(asker, reference)).toEqual(NOT_FOUND);
    const { exception, exceptionRisk, exceptionMitigation } = database().prisma;
    expect(await exception.count()).toBe(0);
    expect(await exceptionRisk.count()).toBe(0);
    expect(await exceptionMitigation.count()).toBe(0);
    expect(await start(START)).not.toBe(reference);
  });

  it("is listed on every visit, newest first", async () => {
    const second = await start({ ...START, startKey: "key-2" });
    const { mine } = await listMyExceptions(asker);
    expect(mine.map(({ exception }) => exception.reference)).toEqual([second, reference]);
    expect(await listMyExceptions(manager)).toEqual({ mine: [], coveringMe: [] });
  });

  it("must be looked at again if the policy has changed, and is then tied to the new version", async () => {
    const draft = await completeDraft(asker, "key-3");
    const [, newer] = await serveVersions("nao", [{ version: "2", status: "in force", effective: null }]);
    expect(await submitException(asker, draft)).toMatchObject({ code: "refused", problems: [{ field: "clauses" }] });
    expect(await saveWhy(asker, draft, WHY, false)).toEqual(OK);
    expect(await stored(draft)).toMatchObject({ version: "2", hash: newer?.hash });
    expect(await submitException(asker, draft)).toEqual(OK);
    await serveVersions("nao", []);
  });

  it("must be looked at again if its days have passed in the meantime", async () => {
    const draft = await completeDraft(asker, "key-3");
    const later = new Date(clock.now().getTime() + 40 * 86_400_000);
    vi.spyOn(clock, "now").mockReturnValue(later);
    expect(await submitException(asker, draft)).toMatchObject({
      code: "refused",
      problems: [{ field: "wantedUntil" }],
    });
  });
});
