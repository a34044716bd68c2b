import { beforeEach, expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { LONGEST_DECLINE_REASON } from "#domain/policy/acknowledgement/acknowledgement.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { verifyChains } from "#server/evidence/journal/verification.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { getCertificate, getDecline, getOwnStanding } from "./queries.ts";
import { acknowledgePolicy, answerDecline, type SentAnswer } from "./service.ts";

const NOTHING_ELSE = { slug: "nao", answer: "accepted", reason: "" };

describeOnEachDatabase("acknowledging a policy", (database) => {
  let version: PolicyVersion;
  let employee: Actor;
  beforeEach(async () => {
    const [first] = await serveVersions("nao", []);
    if (!first) throw new Error("There is no first version.");
    version = first;
    employee = await addPerson(database(), "employee");
  });

  const shown = (on = version): SentAnswer => ({ ...NOTHING_ELSE, version: on.version, hash: on.hash });
  const decline = (reason = "It says nothing about my work.") => ({ ...shown(), answer: "declined", reason });
  const answers = () => database().prisma.acknowledgement.findMany({ orderBy: { attempt: "asc" } });
  const evidence = () => database().prisma.evidence.findMany({ orderBy: { position: "asc" } });
  const give = async (actor: Actor, sent: SentAnswer): Promise<string> => {
    const result = await acknowledgePolicy(actor, sent);
    if (result.code !== "recorded") throw new Error(`Not recorded: ${result.code}.`);
    return result.reference;
  };

  it("records the answer with one row of evidence, on the version and hash that were shown", async () => {
    const reference = await give(employee, shown());
    expect(reference).toMatch(/^ACK-[2-9A-Z]{4}-[2-9A-Z]{4}$/);
    const [row, ...others] = await answers();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ answer: "accepted", attempt: 1, reason: null, hash: version.hash, body: "nao" });
    expect(row?.statement).toBe(version.frontMatter.acknowledgement);
    expect(await evidence()).toMatchObject([
      {
        event: "policy.acknowledged",
        actor: "employee",
        subject: reference,
        contentHash: version.hash,
        commitment: null,
      },
    ]);
    expect(await getOwnStanding(employee, "nao")).toMatchObject({
      standing: { kind: "accepted", given: { reference } },
    });
  });

  it("keeps the reason for a decline outside the journal", async () => {
    const reference = await give(employee, decline("My reason, 📱"));
    const [row] = await evidence();
    expect(row).toMatchObject({ event: "policy.declined", subject: reference });
    expect(JSON.stringify(row)).not.toContain("My reason");
    const [detail] = await database().prisma.evidenceDetail.findMany();
    expect(detail?.detail).toBe(JSON.stringify({ reason: "My reason, 📱" }));
  });

  it("is harmless if repeated", async () => {
    const reference = await give(employee, shown());
    const again = { code: "already", reference, answer: "accepted" };
    expect(await acknowledgePolicy(employee, shown())).toEqual(again);
    expect(await acknowledgePolicy(employee, decline())).toEqual(again);
    expect(await answers()).toHaveLength(1);
    expect(await evidence()).toHaveLength(1);
  });

  it("is harmless from many tabs at once", async () => {
    const sent = Array.from({ length: 8 }, () => acknowledgePolicy(employee, shown()));
    const codes = (await Promise.all(sent)).map(({ code }) => code).sort();
    expect(codes).toEqual([...Array.from({ length: 7 }, () => "already"), "recorded"]);
    expect(await answers()).toHaveLength(1);
    expect(await evidence()).toHaveLength(1);
  });

  it("lets the acceptance stand when one tab accepts and another declines at once", async () => {
    await Promise.all([acknowledgePolicy(employee, shown()), acknowledgePolicy(employee, decline())]);
    const rows = await answers();
    expect(rows.at(-1)?.answer).toBe("accepted");
    expect(await evidence()).toHaveLength(rows.length);
    expect(await getOwnStanding(employee, "nao")).toMatchObject({ standing: { kind: "accepted" } });
  });

  it("records each of fifty simultaneous answers, in one chain", async () => {
    const people = await Promise.all(Array.from({ length: 50 }, (_, at) => addPerson(database(), `p${at}`)));
    const references = await Promise.all(people.map((person, at) => give(person, at % 5 ? shown() : decline())));
    const rows = await evidence();
    expect(rows.map(({ position }) => position)).toEqual(people.map((_, at) => at + 1));
    expect(rows.map(({ actor }) => actor).sort()).toEqual(people.map(({ personId }) => personId).sort());
    expect((await answers()).map(({ reference }) => reference).sort()).toEqual(references.sort());
    const [chain] = await verifyChains(database().prisma);
    expect(chain).toMatchObject({ head: { position: 50 }, fault: null });
  });

  it("refuses a version that has been superseded in the meantime, or a hash that it never had", async () => {
    expect(await acknowledgePolicy(employee, { ...shown(), hash: "0".repeat(64) })).toEqual({ code: "superseded" });
    expect(await acknowledgePolicy(employee, { ...shown(), version: "9" })).toEqual({ code: "superseded" });
    const [, second] = await serveVersions("nao", [{ version: "2", material: true }]);
    expect(await acknowledgePolicy(employee, shown())).toEqual({ code: "superseded" });
    expect(await acknowledgePolicy(employee, decline(""))).toEqual({ code: "superseded" });
    expect(await answers()).toEqual([]);
    if (second) await give(employee, shown(second));
  });

  it("reports an answer as already recorded if it is sent again after the version was superseded", async () => {
    const reference = await give(employee, shown());
    await serveVersions("nao", [{ version: "2", material: true }]);
    expect(await acknowledgePolicy(employee, shown())).toMatchObject({ code: "already", reference });
    expect(await getOwnStanding(employee, "nao")).toMatchObject({
      version: { version: "2" },
      standing: { kind: "outstanding" },
    });
  });

  it("keeps an acceptance valid through changes that are not material", async () => {
    await give(employee, shown());
    await serveVersions("nao", [{ version: "1.1", material: false }]);
    expect(await getOwnStanding(employee, "nao")).toMatchObject({
      version: { version: "1.1" },
      standing: { kind: "accepted" },
    });
  });

  it("accepts answers on drafts as such, and none on anything unpublished, withdrawn or in the future", async () => {
    const bromsgrove = await addPerson(database(), "other", { body: "bromsgrove-redditch" });
    const [draft] = await serveVersions("bromsgrove-redditch", []);
    expect(draft?.frontMatter.status).toBe("draft");
    if (draft) await give(bromsgrove, { ...shown(draft), slug: "bromsgrove-redditch" });
    for (const [hidden, code] of [
      [{ version: "2", isPublished: false }, "superseded"],
      [{ version: "2", effective: "2999-01-01" }, "superseded"],
      [{ version: "2", status: "withdrawn" }, "not-found"],
    ] as const) {
      const [, second] = await serveVersions("nao", [hidden]);
      if (second) expect(await acknowledgePolicy(employee, shown(second))).toEqual({ code });
    }
  });

  it("finds no policy of another body, none that does not exist, and none for somebody without a role", async () => {
    const other = await addPerson(database(), "other", { body: "nottingham" });
    expect(await acknowledgePolicy(other, shown())).toEqual({ code: "not-found" });
    expect(await acknowledgePolicy(employee, { ...shown(), slug: "nowhere" })).toEqual({ code: "not-found" });
    expect(await acknowledgePolicy({ ...employee, roles: [] }, shown())).toEqual({ code: "not-found" });
    expect(await answers()).toEqual([]);
  });

  it.each([
    ["no choice", { answer: "", reason: "" }, ["answer"]],
    ["a choice that is none", { answer: "perhaps", reason: "" }, ["answer"]],
    ["a decline without a reason", { answer: "declined", reason: "" }, ["reason"]],
    ["a reason that is too long", { answer: "declined", reason: "x".repeat(LONGEST_DECLINE_REASON + 1) }, ["reason"]],
    ["an acceptance with a reason against it", { answer: "accepted", reason: "But not on Mondays." }, ["reason"]],
  ])("asks for %s to be put right", async (_, sent, fields) => {
    const result = await acknowledgePolicy(employee, { ...shown(), ...sent });
    expect(result).toMatchObject({ code: "invalid", problems: fields.map((field) => ({ field })) });
    expect(await answers()).toEqual([]);
  });

  it("writes neither answer nor evidence if the journal refuses", async () => {
    const { prisma } = database();
    await prisma.$executeRawUnsafe(
      `ALTER TABLE "Evidence" ADD CONSTRAINT "planted" CHECK (event <> 'policy.acknowledged')`,
    );
    try {
      await expect(acknowledgePolicy(employee, shown())).rejects.toThrow();
    } finally {
      await prisma.$executeRawUnsafe(`ALTER TABLE "Evidence" DROP CONSTRAINT "planted"`);
    }
    expect(await answers()).toEqual([]);
    expect(await evidence()).toEqual([]);
    await give(employee, shown());
  });

  it("shows the certificate only to its owner, with the row that proves it", async () => {
    const reference = await give(employee, shown());
    const [row] = await evidence();
    expect(await getCertificate(employee, reference.toLowerCase())).toMatchObject({
      reference,
      version: "1",
      hash: version.hash,
      isDraft: false,
      evidence: { position: 1, hash: row?.hash },
    });
    const owner = await addPerson(database(), "owner", { roles: ["policy-owner", "auditor", "governance-officer"] });
    expect(await getCertificate(owner, reference)).toBeNull();
    for (const typed of ["", "ACK", "ACK-0000-0000", "ACK-2222-2222", `${reference}'--`])
      expect(await getCertificate(employee, typed)).toBeNull();
  });

  describeDeclines();

  function describeDeclines() {
    const addOwner = (id = "owner") => addPerson(database(), id, { roles: ["policy-owner"] });

    it("can be followed by an acceptance", async () => {
      await give(employee, decline());
      expect(await acknowledgePolicy(employee, decline("Another reason."))).toMatchObject({
        code: "already",
        answer: "declined",
      });
      await give(employee, shown());
      expect((await answers()).map(({ answer, attempt }) => [answer, attempt])).toEqual([
        ["declined", 1],
        ["accepted", 2],
      ]);
      expect((await evidence()).map(({ event }) => event)).toEqual(["policy.declined", "policy.acknowledged"]);
    });

    it("is answered once by the policy owner, and the person is asked again", async () => {
      const reference = await give(employee, decline());
      const owner = await addOwner();
      expect(await getDecline(owner, reference)).toMatchObject({
        reason: "It says nothing about my work.",
        reply: null,
      });
      expect(await answerDecline(owner, reference, { reply: "It covers you too.", theme: "unclear" })).toEqual({
        code: "replied",
      });
      expect(await answerDecline(owner, reference, { reply: "It covers you too.", theme: "unclear" })).toEqual({
        code: "replied",
      });
      expect(await answerDecline(owner, reference, { reply: "On second thoughts.", theme: "unclear" })).toEqual({
        code: "too-late",
      });
      expect((await evidence()).map(({ event }) => event)).toEqual(["policy.declined", "policy.decline-answered"]);
      expect(await getOwnStanding(employee, "nao")).toMatchObject({
        standing: { kind: "outstanding", earlier: { reference } },
        reply: "It covers you too.",
      });
      await give(employee, decline("Still not."));
      expect(await answers()).toHaveLength(2);
    });

    it("is answered by only one of two owners at once", async () => {
      const reference = await give(employee, decline());
      const owners = [await addOwner("one"), await addOwner("two")];
      const results = await Promise.all(
        owners.map((owner) => answerDecline(owner, reference, { reply: `By ${owner.name}.`, theme: "unclear" })),
      );
      expect(results.map(({ code }) => code).sort()).toEqual(["replied", "too-late"]);
      expect(await evidence()).toHaveLength(2);
    });

    it("cannot be seen by anybody else or answered by the person themselves, nor can an acceptance", async () => {
      const reference = await give(employee, decline());
      const owner = await addOwner();
      const strangers = [
        employee,
        { ...employee, roles: ["policy-owner" as const] },
        await addPerson(database(), "elsewhere", { body: "nottingham", roles: ["policy-owner"] }),
        await addPerson(database(), "officer", { roles: ["governance-officer", "auditor", "administrator"] }),
      ];
      for (const stranger of strangers) {
        expect(await getDecline(stranger, reference)).toBeNull();
        expect(await answerDecline(stranger, reference, { reply: "Let me see.", theme: "unclear" })).toEqual({
          code: "not-found",
        });
      }
      const accepted = await give(await addPerson(database(), "second"), shown());
      expect(await answerDecline(owner, accepted, { reply: "Well done.", theme: "unclear" })).toEqual({
        code: "not-found",
      });
      expect(await answerDecline(owner, "ACK-2222-2222", { reply: "Who?", theme: "unclear" })).toEqual({
        code: "not-found",
      });
      expect(await answerDecline(owner, reference, { reply: "", theme: "unclear" })).toMatchObject({ code: "invalid" });
      expect(await evidence()).toHaveLength(2);
    });
  }
});
