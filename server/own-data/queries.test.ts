import { expect, it } from "vitest";
import type { Actor } from "#domain/access/actor.ts";
import { acknowledgePolicy } from "#server/acknowledgement/service.ts";
import { transact } from "#server/evidence/transact.ts";
import { keepInput } from "#server/kept-input/service.ts";
import { answerQuestion, askQuestion } from "#server/question/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { makeFeed } from "#server/task/feed-service.ts";
import { exportOwnData, getOwnData } from "./queries.ts";

const NOTICE = { body: "nao", kind: "hold-placed", paragraphs: ["Read it."], href: "/holds" } as const;

describeOnEachDatabase("all that is held about a person", (database) => {
  const answerAndAsk = async (actor: Actor, text: string) => {
    const [version] = await serveVersions("nao", []);
    const { version: number = "", hash = "" } = version ?? {};
    await acknowledgePolicy(actor, { slug: "nao", version: number, hash, answer: "declined", reason: text });
    await completeDraft(actor, text);
    await keepInput(actor.personId, "/somewhere", { text: [text] }, []);
    const about = { slug: "nao", version: number, hash, clause: "4.3", startKey: text };
    const asked = await askQuestion(actor, { ...about, question: text });
    return asked.code === "asked" ? asked.reference : "";
  };

  it("is their answers, requests, evidence and kept forms, drafts included, and nobody else's", async () => {
    const me = await addPerson(database(), "me");
    const other = await addPerson(database(), "somebody-else");
    const owner = await addPerson(database(), "policy-owner", { roles: ["policy-owner"] });
    const reference = await answerAndAsk(me, "my own words");
    await answerQuestion(owner, reference, "What the owner says.");
    await answerAndAsk(other, "the words of another");
    const notices = [
      { ...NOTICE, to: "me", subject: "Keep what is yours" },
      { ...NOTICE, to: "somebody-else", subject: "the words of another" },
    ];
    await transact(async () => Promise.resolve({ result: null, evidence: [], notices }));
    await makeFeed(me);
    const view = await getOwnData(me);
    expect(view).toMatchObject({
      directory: { team: null },
      acknowledgements: [{ answer: "declined", reason: "my own words", version: "1" }],
      exceptions: [{ state: "draft" }],
      questions: [{ reference, question: "my own words" }],
      evidence: {
        count: 2,
        latest: [{ event: "clause.question-asked" }, { event: "policy.declined", policyTitle: "WhatsApp at work" }],
      },
      keptInputCount: 1,
      mail: { wantsDigest: true, count: 1, lines: [{ subject: "Keep what is yours" }] },
      feed: {},
    });
    const session = {
      id: "s",
      createdAt: new Date(0),
      expiresAt: new Date(1),
      userAgent: null,
      seenAt: new Date(0),
      isThisOne: true,
    };
    const file = JSON.stringify(await exportOwnData(me, [session]));
    expect(file.match(/my own words/g)).toHaveLength(3);
    expect(file).toContain("Partners ask for it.");
    expect(file).not.toContain("the words of another");
    expect(file).not.toContain(other.personId);
    expect(file).toContain("Read it.");
    expect(file).toContain("What the owner says.");
    expect(file).not.toContain(owner.name);
    expect(JSON.parse(file)).toMatchObject({
      schemaVersion: 1,
      person: { email: me.email },
      sessions: [{ isThisOne: true }],
      digest: { isOn: true },
      mails: [{ subject: "Keep what is yours" }],
      notices: [{ subject: "Keep what is yours" }],
      taskCalendar: {},
    });
  });
});
