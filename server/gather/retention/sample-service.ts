import { PORTAL_ACTOR, type EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import {
  numberOfPseudonym,
  SAMPLE_KINDS,
  samplePseudonym,
  type SampleCounts,
  type SampleKindName,
} from "#domain/gather/retention/sample.ts";
import { ROLE_NAMES, type Role } from "#domain/access/permission/permission.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { holdEverythingConcerned } from "#server/registers/hold/deletion-queries.ts";
import { listCalled, listKnownNames, soughtAmong } from "#server/people/directory/known-name-queries.ts";
import { replaceName, rowsNaming } from "./name-change.ts";
import * as sampleRepository from "./sample-repository.ts";

/** A pilot's database is small; one with a long directory has many texts to search. */
const WITHIN_MS = 30 * 60_000;
/** Duties that every body needs somebody real for. */
const NEEDED_ROLES = [
  "administrator",
  "governance-officer",
  "policy-owner",
  "senior-information-risk-owner",
] as const satisfies readonly Role[];

/** What was done in a body, and what somebody real has to do now. */
export interface SampleReport {
  body: string;
  counts: SampleCounts;
  needs: string[];
}

/** Carries the report out of a transaction that is rolled back. */
class Undone extends Error {
  constructor(readonly reports: SampleReport[]) {
    super("This was a check.");
  }
}

/**
 * Takes invented people out of every body, in one transaction: their access ends, what belongs to them is deleted, and
 * in what stays they are replaced by a pseudonym. The rows of evidence stay unchanged, and one more says what was done.
 * Run a second time, it finds nothing left to do.
 * @param isCheck true: does the same and rolls it back
 * @returns a report for each body in which there was something to do
 */
export async function removeSamples({ isCheck }: { isCheck: boolean }): Promise<SampleReport[]> {
  try {
    return await transact(
      async (tx) => {
        // A check comes with a database that was opened read-only; this has to be declared before anything else.
        if (isCheck) await tx.$executeRaw`SET TRANSACTION READ WRITE`;
        const at = clock.now();
        const bodies = await sampleRepository.listBodiesWithSamples(tx);
        for (const body of bodies) await lockDirectory(tx, body);
        const done: Done[] = [];
        for (const body of bodies) done.push(await removeFrom(tx, body, at));
        const changed = done.filter(({ report }) => Object.values(report.counts).some((count) => count > 0));
        const reports = changed.map(({ report }) => report);
        if (isCheck) throw new Undone(reports);
        return {
          result: reports,
          evidence: changed.flatMap(({ evidence }) => evidence),
          notices: changed.flatMap(({ notices }) => notices),
        };
      },
      { timeout: WITHIN_MS },
    );
  } catch (error) {
    if (error instanceof Undone) return error.reports;
    throw error;
  }
}

interface Done {
  report: SampleReport;
  evidence: EvidenceEvent[];
  notices: Notice[];
}

async function removeFrom(tx: Tx, body: string, at: Date): Promise<Done> {
  const samples = await sampleRepository.lockSamples(tx, body);
  const { counts: ended, tokens } = await sampleRepository.endAccess(tx, body, at);
  const holds = await sampleRepository.deleteHolds(tx, body);
  // A hold that somebody real has placed on a subject keeps everything; access ends all the same.
  const { isEverything } = await holdEverythingConcerned(tx, body);
  const records = isEverything ? { counts: {}, references: [] } : await sampleRepository.deleteRecords(tx, body);
  const { counts: taken, waiting } = await sampleRepository.takeOut(tx, body, at);
  const gone = [...holds, ...records.references];
  const message = (ended.message ?? 0) + (await sampleRepository.deleteMessagesAbout(tx, body, gone));
  const lead = await sampleRepository.clearManagers(tx, body);
  const named = await giveUpNames(tx, body, samples, at);
  const text = named.erased + (await sampleRepository.eraseTextsBy(tx, body));
  const person = await sampleRepository.deletePeople(tx, named.untraced);
  const counts: SampleCounts = {
    ...ended,
    ...records.counts,
    ...taken,
    message,
    hold: holds.length,
    lead,
    name: named.texts,
    text,
    pseudonym: named.evidence.length,
    person,
  };
  const needs = await listNeedsInWords(tx, body, tokens);
  const removed = { body, event: "people.samples-removed", at, actor: PORTAL_ACTOR, subject: body } as const;
  return {
    report: { body, counts, needs },
    evidence: [
      ...tokens.map(({ reference }) => tokenRevoked(body, reference, at)),
      ...waiting.map((exception) => waitsAgain(body, exception, at)),
      ...named.evidence,
      { ...removed, data: countsOf(counts) },
    ],
    notices: waiting.map((exception) => tellRequester(body, exception)),
  };
}

/** Those named by evidence or by somebody else's record get a pseudonym; nothing is left of the others. */
async function giveUpNames(tx: Tx, body: string, samples: readonly sampleRepository.SamplePerson[], at: Date) {
  const fresh = samples.filter(({ pseudonymisedAt }) => pseudonymisedAt === null);
  const traced = await sampleRepository.listTraced(
    tx,
    body,
    samples.map(({ id }) => id),
  );
  const known = await listKnownNames(tx, body, await listCalled(tx, body, fresh));
  const people = fresh.map((sample) => ({
    sample,
    ...soughtAmong(known.get(sample.id) ?? { id: sample.id, words: [], others: [] }),
  }));
  const rows = await rowsNaming(
    tx,
    body,
    people.map(({ person }) => person),
  );
  let number = Math.max(
    0,
    ...(await sampleRepository.listPseudonyms(tx, body)).map((name) => numberOfPseudonym(name) ?? 0),
  );
  let [texts, erased] = [0, 0];
  const evidence: EvidenceEvent[] = [];
  for (const { sample, person, hasNamesake } of people) {
    const pseudonym = traced.has(sample.id) ? samplePseudonym(body, ++number) : null;
    const by = pseudonym?.name ?? "an invented person";
    const { doubts: _, ...replaced } = await replaceName(tx, { body, personId: sample.id, person, by }, rows); // invented people are nobody
    texts += replaced.texts;
    erased += replaced.erased;
    if (!pseudonym) continue;
    await sampleRepository.writeSamplePseudonym(tx, sample.id, { ...pseudonym, at });
    const event = { body, event: "person.pseudonymised", at, actor: PORTAL_ACTOR, subject: sample.id } as const;
    evidence.push({ ...event, data: { ...replaced, hasNamesake } });
  }
  // Also those who got a pseudonym earlier, if nothing names them any more.
  const untraced = samples.filter(({ id }) => !traced.has(id)).map(({ id }) => id);
  return { texts, erased, evidence, untraced };
}

async function listNeedsInWords(tx: Tx, body: string, tokens: readonly { reference: string; name: string }[]) {
  const held = await sampleRepository.listRolesOfRealPeople(tx, body);
  const missing = NEEDED_ROLES.filter((role) => !held.includes(role));
  const unmanaged = await sampleRepository.countUnmanaged(tx, body);
  const given = await sampleRepository.listRolesGiven(tx, body);
  return [
    ...missing.map((role) => `Nobody real has the role ${ROLE_NAMES[role]}: npm run people:grant -- EMAIL ${role}`),
    ...(unmanaged > 0
      ? [
          `${unmanaged} ${unmanaged === 1 ? "person has" : "people have"} no line manager: import a list, or name one on their pages.`,
        ]
      : []),
    ...given.map(
      ({ email, roles }) =>
        `${email} has a role that an invented person gave (${roles.map((role) => ROLE_NAMES[role as Role]).join(", ")}): see whether it is right.`,
    ),
    ...tokens.map(
      ({ reference, name }) => `${reference} (${name}) is revoked: if the program is real, make it another token.`,
    ),
    ...(await sampleRepository.listNeeds(tx, body)).map(({ reference, what }) => `${reference} ${what}.`),
  ];
}

const tokenRevoked = (body: string, reference: string, at: Date): EvidenceEvent => ({
  body,
  event: "api-token.revoked",
  at,
  actor: PORTAL_ACTOR,
  subject: reference,
});

function waitsAgain(
  body: string,
  { reference, id: _, ...on }: sampleRepository.WaitingException,
  at: Date,
): EvidenceEvent {
  const { policy, version, hash } = on;
  const event = { body, event: "exception.waits-again", at, actor: PORTAL_ACTOR, subject: reference } as const;
  return { ...event, on: { policy, version, hash } };
}

const tellRequester = (body: string, { reference, requesterId }: sampleRepository.WaitingException): Notice => ({
  body,
  to: requesterId,
  kind: "exception-waits-again",
  href: `/exceptions/${reference}`,
  subject: `Your exception ${reference} needs a decision again`,
  paragraphs: [
    "An invented person of the evaluation had approved it, so it is no longer valid.",
    "Follow the policy until a real person has decided. You do not need to do anything.",
  ],
});

function countsOf(counts: SampleCounts): Record<string, number> {
  const names = Object.keys(SAMPLE_KINDS) as SampleKindName[];
  return Object.fromEntries(names.flatMap((name) => (counts[name] ? [[name, counts[name]]] : [])));
}
