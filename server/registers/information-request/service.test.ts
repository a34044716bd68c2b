import { tasksOfOne } from "#server/testing/tasks.ts";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { TypedDate } from "#domain/base/form/form-values.ts";
import type { RequestDraft } from "#domain/registers/information-request/information-request.ts";
import { clock } from "#server/base/clock.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";
import { getHold } from "#server/registers/hold/queries.ts";
import { captureRecord } from "#server/registers/record/service.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { isReminderDue, remindOfSearches } from "./job.ts";
import {
  findRequestToCaptureFor,
  getInformationRequest,
  getOwnSearch,
  getRequestRegister,
  listOwnComplaints,
  listOwnSearches,
} from "./queries.ts";
import { seedSampleRequest } from "./sample-service.ts";
import { answerSearch, askToSearch, takeSearchBack } from "./search-service.ts";
import {
  acknowledgeComplaint,
  closeRequest,
  correctRequest,
  enterRequest,
  makeComplaint,
  passRequestOn,
  pauseRequest,
  placeRequestHold,
  reopenRequest,
  resumeRequest,
  setRequestDay,
} from "./service.ts";
import { countOpenRequests, listRequestTasksOf } from "./task-queries.ts";

const listRequestTasks = tasksOfOne(listRequestTasksOf);

const day = (text: string): TypedDate => ({ kind: "day", day: text });
const NONE: TypedDate = { kind: "empty" };
const draft: RequestDraft = {
  kind: "foi",
  requester: "Quillon Outsider",
  asked: "All messages about the Quillbridge.",
  receivedOn: day("2027-03-01"),
  dueOn: NONE,
};
const search = {
  people: ["emma@nao.invalid"],
  lookFor: "Quillbridge",
  chats: "The bridge group",
  apps: "WhatsApp",
  devices: "",
  firstDay: day("2027-01-01"),
  lastDay: day("2027-02-28"),
  answerBy: day("2027-03-12"),
};
const answer = { answer: "found", gone: null, words: "Two messages.", minutes: "90", isConfirmed: true };

describeOnEachDatabase("information requests", (database) => {
  let officer: Actor;
  let second: Actor;
  let auditor: Actor;
  let employee: Actor;
  const at = (moment: string) => vi.spyOn(clock, "now").mockReturnValue(new Date(moment));
  beforeEach(async () => {
    at("2027-03-03T10:00:00Z");
    officer = await addPerson(database(), "olive", { roles: ["employee", "governance-officer"] });
    second = await addPerson(database(), "oscar", { roles: ["employee", "governance-officer"] });
    auditor = await addPerson(database(), "audrey", { roles: ["employee", "auditor"] });
    employee = await addPerson(database(), "emma");
  });
  afterEach(() => vi.restoreAllMocks());

  const enter = async (more: Partial<RequestDraft> = {}, actor = officer, startKey = "key") => {
    const result = await enterRequest(actor, { startKey, draft: { ...draft, ...more } });
    if (result.code !== "entered") throw new Error(`Not entered: ${JSON.stringify(result)}`);
    return result.reference;
  };
  const view = async (reference: string, actor = officer) => {
    const found = await getInformationRequest(actor, reference);
    if (!found) throw new Error("There is no such request.");
    return found;
  };
  const seenOf = async (reference: string) => (await view(reference)).revision;
  const ask = async (reference: string, more = {}, startKey = "ask") =>
    askToSearch(officer, reference, { startKey, draft: { ...search, ...more } });
  const events = async () =>
    (await database().prisma.evidence.findMany({ orderBy: { position: "asc" } })).map(({ event }) => event);
  const notices = async (to: string) =>
    (await database().prisma.notice.findMany({ where: { personId: to } })).map(({ kind }) => kind);

  it("take the hold that they placed along when their kind is corrected: its law, with history and notices", async () => {
    const reference = await enter();
    const sent = {
      startKey: "hold",
      keep: "All.",
      note: "",
      isOnSubject: false,
      groups: [],
      people: "emma@nao.invalid",
    };
    const placed = await placeRequestHold(officer, reference, sent);
    const hold = "reference" in placed ? placed.reference : "";
    const correctTo = async (kind: string) =>
      correctRequest(officer, reference, {
        draft: { ...draft, kind },
        reason: "Read again.",
        seen: await seenOf(reference),
      });
    const last = async () =>
      (await database().prisma.notice.findMany({ where: { personId: "emma" }, orderBy: { createdAt: "asc" } })).at(-1);
    const laws = { environmental: "regulation 19", "subject-access": "section 173", inquiry: "No information law" };
    const kinds = Object.keys(laws) as (keyof typeof laws)[];
    for (const [nth, kind] of kinds.entries()) {
      at(`2027-03-03T1${nth + 1}:00:00Z`);
      expect(await correctTo(kind)).toEqual({ code: "done" });
      const shown = await getHold(officer, hold);
      expect(shown).toMatchObject({ reason: kind, own: null });
      expect(shown?.record?.corrections).toHaveLength(nth + 1);
      expect(JSON.stringify(await last())).toContain(laws[kind]);
    }
    const shown = await getHold(officer, hold);
    expect(shown?.record?.corrections[0]).toMatchObject({
      reason: "Read again.",
      before: { reason: "Freedom of information request" },
    });
    expect((await events()).filter((event) => event === "hold.corrected")).toHaveLength(3);
    expect(await correctTo("inquiry")).toEqual({ code: "done" });
    expect((await getHold(officer, hold))?.record?.corrections).toHaveLength(3);
  });

  it("are entered once, with a clock, a handler and a task, and nothing that people wrote in the evidence", async () => {
    expect((await enterRequest(employee, { startKey: "key", draft })).code).toBe("not-found");
    expect((await enterRequest(auditor, { startKey: "key", draft })).code).toBe("not-found");
    const references = await Promise.all([enter(), enter(), enter()]);
    expect(new Set(references).size).toBe(1);
    const [reference = ""] = references;
    expect(await view(reference)).toMatchObject({
      due: "2027-04-01", // St Patrick's Day, which is a bank holiday in Northern Ireland, and Easter
      state: "open",
      file: { handler: { id: "olive" } },
    });
    expect(await listRequestTasks(officer)).toMatchObject([{ kind: "answer-request", due: "2027-04-01" }]);
    expect(await listRequestTasks(second)).toEqual([]);
    expect((await ask(reference)).code).toBe("done");
    await answerSearch(employee, reference, { position: 1, seen: 0, draft: answer });
    const evidence = [await database().prisma.evidence.findMany(), await database().prisma.evidenceDetail.findMany()];
    expect(JSON.stringify(evidence)).not.toMatch(/Quill|Two messages/);
    expect(await events()).toEqual(["information-request.entered", "search-request.made", "search-request.answered"]);
  });

  it("say all that is wrong with what was entered", async () => {
    const wrong = { kind: "x", requester: "", asked: "", receivedOn: day("2027-03-04"), dueOn: NONE };
    const fieldsOf = async (sent: Partial<RequestDraft>) => {
      const result = await enterRequest(officer, { startKey: "key", draft: { ...draft, ...sent } });
      return result.code === "invalid" ? result.problems.map(({ field }) => field) : result.code;
    };
    expect(await fieldsOf(wrong)).toEqual(["kind", "requester", "asked", "receivedOn"]);
    expect(await fieldsOf({ kind: "regulator" })).toEqual(["dueOn"]);
    expect(await fieldsOf({ kind: "foi", dueOn: day("2027-04-01") })).toEqual(["dueOn"]);
    expect(await fieldsOf({ kind: "litigation", dueOn: day("2027-02-01") })).toEqual(["dueOn"]);
    expect(await fieldsOf({ kind: "litigation", dueOn: day("2027-04-01") })).toBe("entered");
  });

  it("are corrected, passed on, paused and given another day, each on what was seen and with its history", async () => {
    const reference = await enter();
    const seen = await seenOf(reference);
    const correction = { seen, draft: { ...draft, asked: "About the ford." }, reason: "A typing error." };
    const both = await Promise.all([
      correctRequest(officer, reference, correction),
      correctRequest(second, reference, { ...correction, reason: "Also." }),
    ]);
    expect(both.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    expect((await passRequestOn(officer, reference, { seen: await seenOf(reference), to: "emma" })).code).toBe(
      "invalid",
    );
    expect((await passRequestOn(officer, reference, { seen: await seenOf(reference), to: "oscar" })).code).toBe("done");
    expect(await notices("oscar")).toEqual(["request-to-handle"]);
    expect(await listRequestTasks(officer)).toEqual([]);
    const pause = { seen: await seenOf(reference), why: "clarification", words: "", from: day("2027-03-02") } as const;
    expect((await pauseRequest(second, reference, pause)).code).toBe("done");
    expect((await pauseRequest(second, reference, { ...pause, seen: await seenOf(reference) })).code).toBe("refused");
    at("2027-03-09T10:00:00Z");
    expect(
      await resumeRequest(second, reference, { seen: await seenOf(reference), until: day("2027-03-01") }),
    ).toMatchObject({
      problems: [{ field: "until" }],
    });
    expect(
      (await resumeRequest(second, reference, { seen: await seenOf(reference), until: day("2027-03-09") })).code,
    ).toBe("done");
    expect((await view(reference)).due).toBe("2027-04-08"); // five working days later
    const extension = { seen: await seenOf(reference), dueOn: day("2027-05-04"), reason: "Public interest test." };
    expect((await setRequestDay(second, reference, extension)).code).toBe("done");
    const { file, due } = await view(reference);
    expect(due).toBe("2027-05-04");
    expect(file?.history.map(({ step }) => step)).toEqual([
      "entered",
      "corrected",
      "passed-on",
      "paused",
      "resumed",
      "day-set",
    ]);
  });

  it("have one hold, with the law of their kind, and close by one of two people at once", async () => {
    const reference = await enter({ kind: "subject-access" });
    const hold = {
      startKey: "h",
      keep: "All about it.",
      note: "",
      groups: [],
      people: "emma@nao.invalid",
      isOnSubject: false,
    };
    expect((await placeRequestHold(employee, reference, hold)).code).toBe("not-found");
    expect((await placeRequestHold(officer, reference, hold)).code).toBe("placed");
    const again = await placeRequestHold(second, reference, { ...hold, startKey: "i" });
    expect(again).toMatchObject({
      code: "invalid",
      problems: [{ message: expect.stringContaining("HLD-") as string }],
    });
    const [{ paragraphs } = { paragraphs: [] }] = await database().prisma.notice.findMany({
      where: { personId: "emma" },
    });
    expect(paragraphs.join()).toContain("Data Protection Act 2018, section 173");
    expect(paragraphs.join()).not.toContain("section 77");
    const seen = await seenOf(reference);
    const closing = { seen, state: "answered", on: day("2027-03-03"), words: "Sent." } as const;
    const codes = await Promise.all([
      closeRequest(officer, reference, closing),
      closeRequest(second, reference, closing),
    ]);
    expect(codes.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    expect((await ask(reference)).code).toBe("refused");
    expect((await reopenRequest(second, reference, { seen: await seenOf(reference), reason: "A review." })).code).toBe(
      "done",
    );
    expect(await view(reference)).toMatchObject({ state: "open", closedOn: null, file: { hold: { endedAt: null } } });
  });

  it("ask people once, who answer with minutes and a statement, correct it, and nobody else may", async () => {
    const reference = await enter();
    expect(await ask(reference, { people: ["Nobody Here"], chats: "", apps: "" })).toMatchObject({
      problems: [{ field: "chats" }],
    });
    expect(await ask(reference, { people: ["Nobody Here"] })).toMatchObject({ problems: [{ field: "people" }] });
    await Promise.all([ask(reference), ask(reference)]);
    expect(await listOwnSearches(employee)).toHaveLength(1);
    expect(await notices("emma")).toEqual(["search-asked"]);
    expect(await listRequestTasks(employee)).toMatchObject([{ kind: "answer-search", due: "2027-03-12" }]);
    expect((await listRequestTasksOf([employee, auditor])).get("audrey")).toEqual([]);
    expect(await getInformationRequest(employee, reference)).toBeNull();
    expect(await getOwnSearch(officer, reference, "1")).toBeNull();
    const send = (actor: Actor, more = {}, seen = 0) =>
      answerSearch(actor, reference, { position: 1, seen, draft: { ...answer, ...more } });
    expect((await send(officer)).code).toBe("not-found");
    expect(await send(employee, { answer: null, words: "", minutes: "x", isConfirmed: false })).toMatchObject({
      problems: [{ field: "answer" }, { field: "words" }, { field: "minutes" }, { field: "statement" }],
    });
    expect(await send(employee, { answer: "gone" })).toMatchObject({ problems: [{ field: "gone" }] });
    const closing = {
      seen: await seenOf(reference),
      state: "answered",
      on: day("2027-03-03"),
      words: "Sent.",
    } as const;
    expect(await closeRequest(officer, reference, closing)).toMatchObject({ problems: [{ field: "state" }] });
    const two = await Promise.all([send(employee), send(employee, { words: "Three messages." })]);
    expect(two.map(({ code }) => code).sort()).toEqual(["done", "refused"]);
    expect(await notices("olive")).toEqual(["search-answered"]);
    const corrected = { answer: "gone", gone: "cleared", words: "Cleared on Friday.", minutes: "1100" };
    expect((await send(employee, corrected, 1)).code).toBe("done");
    expect((await send(employee, corrected, 1)).code).toBe("done"); // sent twice
    const { file } = await view(reference);
    expect(file).toMatchObject({ minutes: 1100, limit: { hours: 18, pounds: 450 } });
    expect(file?.searches[0]?.answers).toHaveLength(2);
    expect(await listRequestTasks(employee)).toEqual([]);
    expect(await exportOwnData(employee, [])).toMatchObject({
      searches: [{ reference, answers: [{}, { gone: "cleared" }] }],
    });
    expect((await closeRequest(officer, reference, { ...closing, seen: await seenOf(reference) })).code).toBe("done");
    expect((await send(employee, { words: "Late." }, 2)).code).toBe("refused");
  });

  it("are read by auditors without anything that people wrote, and by nobody of another body", async () => {
    const reference = await enter();
    await ask(reference);
    await answerSearch(employee, reference, { position: 1, seen: 0, draft: answer });
    await pauseRequest(officer, reference, {
      seen: await seenOf(reference),
      why: "other",
      words: "Quillwords",
      from: day("2027-03-02"),
    });
    const audited = await view(reference, auditor);
    expect(JSON.stringify(audited)).not.toMatch(/Quill|Two messages|bridge/);
    expect(audited.file).toMatchObject({
      moves: [],
      searches: [{ person: { name: "Person emma" }, answers: [{ minutes: 90 }] }],
    });
    const rows = async (actor: Actor, asked = {}) => (await (await getRequestRegister(actor, asked))?.page(null))?.rows;
    expect(await rows(officer, { q: "quillbridge" })).toMatchObject([
      { reference, asked: draft.asked, answered: 1, minutes: 90 },
    ]);
    expect(await rows(auditor, { q: "quillbridge" })).toEqual([]);
    expect(await rows(auditor, { q: reference.slice(4, 8).toLowerCase(), state: "current" })).toMatchObject([
      { asked: null },
    ]);
    expect(await rows(employee)).toBeUndefined();
    const stranger = await addPerson(database(), "stranger", {
      body: "nottingham",
      roles: ["employee", "governance-officer"],
    });
    expect(await getInformationRequest(stranger, reference)).toBeNull();
    expect((await setRequestDay(stranger, reference, { seen: 1, dueOn: day("2027-05-04"), reason: "x" })).code).toBe(
      "not-found",
    );
    expect((await setRequestDay(auditor, reference, { seen: 1, dueOn: day("2027-05-04"), reason: "x" })).code).toBe(
      "not-found",
    );
    expect(await countOpenRequests(employee)).toBeNull();
    expect(await countOpenRequests(auditor)).toMatchObject({ all: 1, paused: 1, next: null });
  });

  it("lead to records that name them, for who was asked or handles them", async () => {
    const reference = await enter();
    expect(await findRequestToCaptureFor(employee, reference)).toBeNull();
    await ask(reference);
    const record = {
      about: "The bridge",
      saidOn: day("2027-02-01"),
      group: "",
      chat: "One to one",
      participants: "Pat",
      content: "It is closed.",
      system: "Files",
      systemReference: "F1",
      principal: "",
      method: "",
      saidTime: "",
      retentionClass: "",
      eventOn: NONE,
      className: "Letters",
      keepUntil: NONE,
    };
    const capture = (actor: Actor) =>
      captureRecord(actor, { startKey: "r", draft: record, origin: null, request: reference });
    const captured = await capture(employee);
    await capture(auditor);
    expect((await view(reference)).file?.records).toMatchObject([
      { reference: "reference" in captured ? captured.reference : "" },
    ]);
  });

  it("take searches back, and remind before and after the day until then", async () => {
    const reference = await enter();
    await ask(reference);
    const run = async (moment: string) => {
      at(moment);
      return remindOfSearches.run(new Date(moment));
    };
    const texts = [];
    for (const moment of ["10", "11", "12", "13", "15", "16", "17"])
      texts.push(await run(`2027-03-${moment}T07:20:00Z`));
    expect(texts.map((text) => Number(text.split(" ")[0]))).toEqual([0, 1, 0, 0, 1, 0, 1]);
    expect(await takeSearchBack(officer, reference, { position: 1, reason: "" })).toMatchObject({
      problems: [{ field: "endReason" }],
    });
    expect((await takeSearchBack(officer, reference, { position: 1, reason: "Asked by mistake." })).code).toBe("done");
    expect(await run("2027-03-22T07:20:00Z")).toBe("0 reminded");
    expect((await notices("emma")).at(-1)).toBe("search-ended");
    expect((await answerSearch(employee, reference, { position: 1, seen: 0, draft: answer })).code).toBe("refused");
    expect(isReminderDue({ answerBy: "2027-03-12", remindedOn: null }, "2027-03-10", new Set())).toBe(false);
  });

  it("take complaints of employees, which others handle, and tell them each step", async () => {
    const made = await makeComplaint(officer, { startKey: "c", asked: "My leave was posted." });
    const reference = "reference" in made ? made.reference : "";
    expect(await notices("oscar")).toEqual(["request-to-handle"]);
    expect(await notices("olive")).toEqual([]);
    expect(await listOwnComplaints(officer)).toMatchObject([{ reference, asked: "My leave was posted." }]);
    expect(await view(reference)).toMatchObject({ isOwn: true, file: null, due: "2027-04-02" });
    expect(await (await getRequestRegister(officer, {}))?.page(null)).toMatchObject({ rows: [] });
    expect(await listRequestTasks(officer)).toEqual([]);
    expect(await listRequestTasks(second)).toMatchObject([{ kind: "acknowledge-complaint", due: "2027-04-02" }]);
    const acknowledgement = { seen: 1, on: day("2027-03-03"), dueOn: day("2027-03-31") };
    expect((await acknowledgeComplaint(officer, reference, acknowledgement)).code).toBe("not-found");
    expect((await acknowledgeComplaint(second, reference, acknowledgement)).code).toBe("done");
    expect(await listRequestTasks(second)).toMatchObject([{ kind: "answer-request", due: "2027-03-31" }]);
    expect(
      (
        await closeRequest(second, reference, {
          seen: 2,
          state: "answered",
          on: day("2027-03-03"),
          words: "Put right.",
        })
      ).code,
    ).toBe("done");
    expect(await notices("olive")).toEqual(["complaint-news", "complaint-news"]);
    expect((await view(reference)).texts?.outcome).toBe("Put right.");
  });

  it("send a complaint to the senior owner where no officer is left for it", async () => {
    const senior = await addPerson(database(), "senior", {
      body: "nottingham",
      roles: ["employee", "senior-information-risk-owner"],
    });
    const only = await addPerson(database(), "only", { body: "nottingham", roles: ["employee", "governance-officer"] });
    await makeComplaint(only, { startKey: "c", asked: "Mine." });
    expect(await notices("senior")).toEqual(["request-to-handle"]);
    expect(await listRequestTasks(senior)).toMatchObject([{ kind: "acknowledge-complaint" }]);
  });

  it("are there from the start in evaluation mode: one with a search that somebody was asked for, once", async () => {
    const on = { body: "example-borough" };
    const owner = await addPerson(database(), "owner", { ...on, roles: ["employee", "policy-owner"] });
    const seed = () => seedSampleRequest([{ slug: on.body }]);
    await seed(); // there is no officer yet
    const first = await addPerson(database(), "first", { ...on, roles: ["employee", "governance-officer"] });
    for (const _ of [1, 2]) await seed();
    const rows = (await (await getRequestRegister(first, {}))?.page(null))?.rows;
    expect(rows).toMatchObject([{ kind: "foi", state: "open", due: "2027-03-31", searches: 1, answered: 0 }]);
    expect(await listOwnSearches(owner)).toMatchObject([{ request: { reference: rows?.[0]?.reference } }]);
  });
});
