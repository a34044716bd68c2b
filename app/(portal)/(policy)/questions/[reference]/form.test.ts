import { beforeEach, expect, it } from "vitest";
import { post } from "#app/_portal/form/testing/post.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { askQuestion } from "#server/policy/question/service.ts";
import { POST } from "./send/route.ts";

describeOnOneDatabase("the forms of a question", (database) => {
  let owner: Actor;
  let reference: string;
  beforeEach(async () => {
    const [version] = await serveVersions("nao", []);
    const asker = await addPerson(database(), "asker");
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
    const on = { slug: "nao", version: version?.version ?? "", hash: version?.hash ?? "", clause: "4.3" };
    const asked = await askQuestion(asker, { ...on, startKey: "one", question: "Why?" });
    reference = "reference" in asked ? asked.reference : "";
  });
  const send = (sent: Record<string, string>, actor = owner) =>
    post(POST, actor, `/questions/${reference}`, sent, { reference });

  it("take an answer, a note and its end", async () => {
    for (const sent of [{ do: "answer", answer: "So." }, { do: "note", note: "So." }, { do: "withdraw" }])
      expect(await send(sent)).toMatchObject({ to: `/questions/${reference}`, problems: {} });
  });

  it("say what is missing or too late, and keep what was typed", async () => {
    const { to, problems } = await send({ do: "note", note: "Early." });
    expect(to).toBe(`/questions/${reference}`);
    expect(problems).toEqual({ "": "This question has no answer yet. Answer it first." });
    expect((await send({ do: "answer", answer: " " })).problems).toHaveProperty("answer");
    await send({ do: "answer", answer: "So." });
    const late = await send({ do: "answer", answer: "Or so." });
    expect(late.problems).toEqual({ "": "You have answered this question already. Your answer was not sent." });
    expect(late.kept["answer"]).toBe("Or so.");
  });

  it("take up a suggestion or not, with a reason", async () => {
    const [version] = await serveVersions("nao", []);
    const on = { slug: "nao", version: version?.version ?? "", hash: version?.hash ?? "", clause: "4.3" };
    const suggestion = { instead: "Partners.", wantsAnswer: true };
    const by = await addPerson(database(), "suggester");
    const made = await askQuestion(by, { ...on, startKey: "two", question: "It is wrong.", suggestion });
    reference = "reference" in made ? made.reference : "";
    expect((await send({ do: "decide", answer: "" })).problems).toEqual({
      takenUp: "Say whether the next version takes it up.",
      answer: "Write your answer.",
    });
    expect((await send({ do: "answer", answer: "So." })).problems).toHaveProperty("takenUp");
    expect(await send({ do: "decide", takenUp: "no", answer: "It is right." })).toMatchObject({ problems: {} });
    expect((await send({ do: "note", note: "So." })).status).toBe(404);
  });

  it("are not there for others, nor for anything else", async () => {
    expect((await send({ do: "answer", answer: "So." }, await addPerson(database(), "emma"))).status).toBe(404);
    expect((await send({ answer: "So." })).status).toBe(404);
  });
});
