import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { Asked } from "#domain/base/list/page.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import {
  getClauseReport,
  getClauseToAsk,
  getQuestion,
  getQuestionsToAnswer,
  getUnfound,
  listNotes,
  listQuestionTasks,
} from "./queries.ts";
import {
  answerQuestion,
  askQuestion,
  publishNote,
  tallyUnfound,
  tallyUnsure,
  tellUnfound,
  withdrawNote,
} from "./service.ts";

describeOnEachDatabase("questions about a clause", (database) => {
  let version: PolicyVersion;
  let employee: Actor;
  let owner: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    version = first;
    employee = await addPerson(database(), "employee");
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });

  const sent = (question = "What is a partner?", startKey = "key-1") => ({
    slug: "nao",
    version: version.version,
    hash: version.hash,
    clause: "4.3",
    startKey,
    question,
  });
  const ask = async (actor = employee): Promise<string> => {
    const result = await askQuestion(actor, sent());
    if (result.code !== "asked") throw new Error(`Not asked: ${result.code}.`);
    return result.reference;
  };
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });

  it("are asked once, however often they are sent at once, with one row of evidence", async () => {
    const references = await Promise.all(Array.from({ length: 6 }, () => ask()));
    expect(new Set(references).size).toBe(1);
    expect(await database().prisma.clauseQuestion.count()).toBe(1);
    const rows = await evidence();
    expect(rows).toMatchObject([{ event: "clause.question-asked", subject: references[0] }]);
    expect(JSON.stringify(rows)).not.toContain("What is a partner?");
  });

  it("are refused without text, without a clause, on another hash and from another body", async () => {
    expect((await askQuestion(employee, sent(""))).code).toBe("invalid");
    expect((await askQuestion(employee, { ...sent(), clause: "99.9" })).code).toBe("not-found");
    expect((await askQuestion(employee, { ...sent(), hash: "0".repeat(64) })).code).toBe("not-found");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham" });
    expect((await askQuestion(stranger, sent())).code).toBe("not-found");
  });

  it("are accepted on a version that has been superseded", async () => {
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect((await askQuestion(employee, sent())).code).toBe("asked");
  });

  it("are seen only by the person who asked and the policy owner", async () => {
    const reference = await ask();
    const colleague = await addPerson(database(), "colleague");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["policy-owner"] });
    expect(await getQuestion(employee, reference)).toMatchObject({ isMine: true, mayAnswer: false });
    expect(await getQuestion(owner, reference)).toMatchObject({ isMine: false, mayAnswer: true });
    for (const other of [colleague, stranger]) {
      expect(await getQuestion(other, reference)).toBeNull();
      expect((await answerQuestion(other, reference, "No.")).code).toBe("not-found");
    }
  });

  it("are a task of the policy owner until answered, and never of the person who asked", async () => {
    const reference = await ask();
    expect(await listQuestionTasks(owner)).toMatchObject([{ href: `/questions/${reference}` }]);
    expect(await listQuestionTasks(employee)).toEqual([]);
    expect((await answerQuestion(owner, reference, "Another body.")).code).toBe("done");
    expect(await listQuestionTasks(owner)).toEqual([]);
  });

  it("are not answered by a policy owner who asked them", async () => {
    const reference = await ask(owner);
    expect((await answerQuestion(owner, reference, "Me.")).code).toBe("not-found");
    expect(await listQuestionTasks(owner)).toEqual([]);
  });

  it("are a register for who answers, by state, policy, words and reference, without their own", async () => {
    const reference = await ask();
    const other = await askQuestion(employee, sent("May Siân use a smart watch?", "key-2"));
    await askQuestion(owner, sent("Mine?", "key-3"));
    await answerQuestion(owner, reference, "Somebody of another body.");
    const found = async (asked: Asked) =>
      (await (await getQuestionsToAnswer(owner, asked))?.page(null))?.rows.map(({ question }) => question.slice(0, 4));
    expect(other.code).toBe("asked");
    expect([await found({}), await found({ state: "answered" })]).toEqual([["May "], ["What"]]);
    expect(await found({ state: "all", sort: "newest" })).toEqual(["May ", "What"]);
    expect(await found({ state: "all", q: "sian" })).toEqual(["May "]);
    expect(await found({ state: "all", q: "ANOTHER body" })).toEqual(["What"]);
    expect(await found({ state: "all", q: reference.toLowerCase().replaceAll("-", "") })).toEqual(["What"]);
    expect(await found({ state: "all", policy: "nottingham" })).toEqual([]);
    expect(await getQuestionsToAnswer(employee, {})).toBeNull();
  });

  it("suggest a change: beside the clause for who answers, taken up or not, and whoever suggested it hears", async () => {
    const suggest = async (startKey: string, wantsAnswer: boolean | null, instead = "Say partner bodies.") =>
      askQuestion(employee, { ...sent("It is unclear.", startKey), suggestion: { instead, wantsAnswer } });
    expect(await suggest("none", null)).toMatchObject({ code: "invalid", problems: [{ field: "wantsAnswer" }] });
    const whole = { ...sent("No.", "whole"), clause: "", suggestion: { instead: "", wantsAnswer: true } };
    expect((await askQuestion(employee, whole)).code).toBe("not-found");
    const [first, second] = [await suggest("one", true), await suggest("two", false, "")];
    const references = [first, second].map((one) => ("reference" in one ? one.reference : ""));
    const [named = "", unnamed = ""] = references;
    expect(await getQuestion(owner, named)).toMatchObject({ person: { name: employee.name }, suggestion: {} });
    expect(await getQuestion(owner, unnamed)).toMatchObject({ person: null, suggestion: { instead: "" } });
    const report = await getClauseReport(owner, "nao", "");
    expect(report?.troubled).toMatchObject([{ clause: "4.3", questions: 0, suggestions: 2 }]);
    expect(report?.suggestions.map(({ suggestion }) => suggestion?.instead).sort()).toEqual([
      "",
      "Say partner bodies.",
    ]);
    expect(report?.suggestions.every(({ clauseText }) => clauseText !== null)).toBe(true);
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    expect((await getClauseReport(officer, "nao", ""))?.suggestions).toEqual([]);
    const titles = (await listQuestionTasks(owner)).map(({ title }) => title);
    expect(titles).toEqual(
      [1, 2].map(() => expect.stringMatching(/^Answer a suggestion for clause 4\.3 of/) as string),
    );
    const rows = (await (await getQuestionsToAnswer(owner, { kind: "questions" }))?.page(null))?.rows;
    expect(rows).toEqual([]);
    expect(await answerQuestion(owner, named, "Clearer.")).toMatchObject({ problems: [{ field: "takenUp" }] });
    for (const reference of references)
      expect((await answerQuestion(owner, reference, "Clearer.", true)).code).toBe("done");
    expect(await getQuestion(employee, unnamed)).toMatchObject({
      suggestion: { takenUp: true },
      answer: { text: "Clearer." },
    });
    expect((await publishNote(owner, named, "A note.")).code).toBe("not-found");
    const told = await database().prisma.notice.findMany();
    expect(told.map(({ personId, href }) => [personId, href])).toEqual([["employee", `/questions/${named}`]]);
    expect((await evidence()).map(({ event }) => event).slice(-2)).toEqual([
      "clause.suggestion-answered",
      "clause.suggestion-answered",
    ]);
  });

  it("accept only one of two answers", async () => {
    const reference = await ask();
    const second = await addPerson(database(), "second", { roles: ["policy-owner"] });
    const results = await Promise.all([answerQuestion(owner, reference, "A"), answerQuestion(second, reference, "B")]);
    expect(results.map(({ code }) => code).sort()).toEqual(["done", "too-late"]);
    expect(await evidence()).toHaveLength(2);
  });

  it("can have a note, shown to readers of the same words until it is withdrawn", async () => {
    const reference = await ask();
    expect((await publishNote(owner, reference, "Too early.")).code).toBe("too-late");
    await answerQuestion(owner, reference, "Another body.");
    expect((await publishNote(owner, reference, "A partner is another body.")).code).toBe("done");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham" });
    expect(await listNotes(stranger, version)).toMatchObject([{ clause: "4.3", text: "A partner is another body." }]);
    const reworded = version.clauses.map((clause) => ({ ...clause, text: `${clause.text} And more.` }));
    expect(await listNotes(employee, { ...version, clauses: reworded })).toEqual([]);
    expect((await withdrawNote(owner, reference)).code).toBe("done");
    expect((await withdrawNote(owner, reference)).code).toBe("done");
    expect(await listNotes(employee, version)).toEqual([]);
    expect((await evidence()).map(({ event }) => event)).toEqual([
      "clause.question-asked",
      "clause.question-answered",
      "clause.note-published",
      "clause.note-withdrawn",
    ]);
  });

  it("count all concurrent unsure answers, without names, and show the count to those who may know", async () => {
    const unsure = Object.entries(version.questions).flatMap(([fact, { answers }]) =>
      Object.entries(answers).flatMap(([answer, { as }]) => (as === null ? [] : [[fact, answer] as const])),
    )[0];
    if (!unsure) throw new Error("No question has such an answer.");
    const shown = { slug: "nao", version: version.version, because: ["4.3", "4.3"] };
    const situation = Object.fromEntries([unsure]);
    await Promise.all(Array.from({ length: 10 }, () => tallyUnsure(employee, { ...shown, situation })));
    await tallyUnsure(employee, { ...shown, situation: {} });
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["policy-owner"] });
    await tallyUnsure(stranger, { ...shown, situation });
    expect(await database().prisma.clauseTally.findMany()).toMatchObject([{ body: "nao", clause: "4.3", count: 10 }]);
    expect(await evidence()).toEqual([]);
    await ask();
    expect((await getClauseReport(owner, "nao", ""))?.troubled).toMatchObject([
      { clause: "4.3", questions: 1, suggestions: 0, exceptions: 0, refusals: 0, unsure: 10 },
    ]);
    expect(await getClauseReport(employee, "nao", "")).toBeNull();
    expect(await getClauseReport(stranger, "nao", "")).toBeNull();
  });

  it("may be about the policy as a whole; then there is no clause to write a note under", async () => {
    expect(await getClauseToAsk(employee, "nao", "", "1")).toMatchObject({ clause: null });
    const asked = await askQuestion(employee, { ...sent("Is a smart watch a device?"), clause: "" });
    if (asked.code !== "asked") throw new Error(`Not asked: ${asked.code}.`);
    expect(await listQuestionTasks(owner)).toMatchObject([{ title: "Answer a question about “WhatsApp at work”" }]);
    expect((await answerQuestion(owner, asked.reference, "Yes.")).code).toBe("done");
    expect(await getQuestion(employee, asked.reference)).toMatchObject({ clauseText: null, answer: { text: "Yes." } });
    expect((await publishNote(owner, asked.reference, "A note.")).code).toBe("not-found");
    expect(await getClauseReport(owner, "nao", "1")).toMatchObject({ troubled: [] });
  });

  it("are sent by nobody who only looked in vain: that is counted, for the owner of the policy alone", async () => {
    const at = { slug: "nao", version: version.version };
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["policy-owner"] });
    await Promise.all(Array.from({ length: 5 }, () => tallyUnfound(employee, at)));
    await tallyUnfound(stranger, at);
    await tallyUnfound(employee, { ...at, version: "99" });
    const counted = [{ policy: "nao", title: "WhatsApp at work", count: 5 }];
    expect(await getUnfound(owner)).toMatchObject({ counts: counted, words: [] });
    expect(await getUnfound(stranger)).toEqual({ counts: [], words: [] });
    expect(await getUnfound(employee)).toBeNull();
    expect(await database().prisma.clauseQuestion.count()).toBe(0);
    expect(await getClauseReport(owner, "nao", version.version)).toMatchObject({ troubled: [] });
  });

  it("give words to the policy owner only where the asker agrees, and name nobody", async () => {
    const words = "my very own words";
    const told = { slug: "nao", words, hasAgreed: true, isUncounted: false };
    expect((await tellUnfound(employee, { ...told, hasAgreed: false, isUncounted: true })).code).toBe("told");
    expect(await getUnfound(owner)).toMatchObject({ counts: [{ count: null }], words: [] });
    expect((await tellUnfound(employee, told)).code).toBe("told");
    const unfound = await getUnfound(owner);
    expect(unfound).toMatchObject({ counts: [{ count: null }], words: [{ words, title: "WhatsApp at work" }] });
    expect(JSON.stringify([unfound, await database().prisma.unfoundWords.findMany()])).not.toContain(employee.personId);
    expect(await evidence()).toEqual([]);
    expect((await tellUnfound(employee, { ...told, words: "" })).code).toBe("invalid");
    expect((await tellUnfound(employee, { ...told, words: "x".repeat(201) })).code).toBe("invalid");
    const stranger = await addPerson(database(), "stranger", { body: "nottingham", roles: ["policy-owner"] });
    expect((await tellUnfound(stranger, told)).code).toBe("not-found");
    expect(await getUnfound(stranger)).toEqual({ counts: [], words: [] });
  });
});
