import { z } from "zod";
import { type Action, type Actor, can } from "#domain/access/permission/permission.ts";
import { calendarDay, endOfDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import type { Asked, Register } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { ChainHead, EvidenceDetailRow, EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { type EvidenceEventName, PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { subjectKind, subjectPath } from "#domain/evidence/journal/subject.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { registerOver } from "#server/base/db/list-page.ts";
import { listIdsNamed } from "#server/base/db/people-named.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { getSpokenThumbprint } from "#server/evidence/signing-key/queries.ts";
import {
  evidenceList,
  findRow,
  listDetails,
  listNames,
  listNewestEvidence,
  listOwnDetails,
  listRowsAbout,
  listRowsOn,
} from "./journal-repository.ts";
import { countEvidenceBy, findEvidenceAbout, findHead, findHeadBefore, listEvidenceBy } from "./repository.ts";
import { type ChainReport, verifyChains } from "./verification.ts";

/** The most people whose evidence is listed together; for more, the name has to be longer. */
const MOST_PEOPLE_BY_NAME = 200;

export interface EvidenceEntry {
  row: EvidenceRow;
  /** The actor's name; null for an id not in the directory, or no longer. */
  actorName: string | null;
  /** Title of the policy, if it is served here. */
  policyTitle: string | null;
  /** The text, pretty-printed, or that it was erased; null if there is none. */
  detail: { text: string } | "erased" | null;
  /** Page of its subject, if the reader may open it. */
  subjectHref: string | null;
}

/** The evidence of a body, as somebody may read it and as they asked for it. */
export interface EvidenceRegister extends Register<EvidenceEntry> {
  /** The policies of the body, to choose from. */
  policies: { slug: string; title: string }[];
  /** The newest row of the chain. */
  head: ChainHead & { body: string };
  /** Thumbprint of the key that signs the body's exports now, in the form read aloud; null before the first one. */
  thumbprint: string | null;
  /** True if the name matches more people than can be listed: then nothing is shown. */
  isNameTooShort: boolean;
  /**
   * Other people whose entries were asked for, by name or id, as actor or subject: looking at them is recorded as
   * evidence, too.
   * @param rows what is shown, if not all: of several people with one name, only those in it count
   */
  readOf(rows?: readonly EvidenceEntry[]): Promise<string[]>;
}

/**
 * The evidence of the actor's body; null for those who may not read it.
 * @param asked its `actor` is a name or a part of one, an id, or "the portal"; its `subject` a reference in any
 *   spelling, a part of one, or another subject as it is written
 */
export async function getEvidenceRegister(actor: Actor, asked: Asked): Promise<EvidenceRegister | null> {
  if (!can(actor, "evidence.read", actor)) return null;
  const tx = getDatabase();
  const { body } = actor;
  const titles = await listTitles(actor);
  const { actor: who, subject, policy = "", from, until } = asked;
  const actors = who === undefined ? undefined : await findActors(actor, who);
  const isNameTooShort = actors !== undefined && actors.length > MOST_PEOPLE_BY_NAME;
  const filter = {
    event: asked["event"],
    policy: titles.has(policy) ? policy : undefined,
    typedSubject: subject,
    from: from === undefined ? undefined : startOfDay(from),
    until: until === undefined ? undefined : endOfDay(until),
    actors: isNameTooShort ? [] : actors,
  };
  const list = evidenceList(tx, body, filter, asked["sort"] === "oldest" ? "asc" : "desc");
  return {
    ...registerOver(list, (rows) => describeRows(actor, rows, titles)),
    policies: [...titles].map(([slug, title]) => ({ slug, title })),
    head: { body, ...(await findHead(tx, body)) },
    thumbprint: await getSpokenThumbprint(body),
    isNameTooShort,
    async readOf(rows) {
      const people = isNameTooShort ? [] : [...(actors ?? []), ...(subject === undefined ? [] : [subject])];
      const others = [...(await listNames(tx, body, people)).keys()].filter((id) => id !== actor.personId);
      if (!rows || others.length === 1) return others;
      const shown = new Set(rows.flatMap(({ row }) => [row.actor, row.subject]));
      return others.filter((id) => shown.has(id));
    },
  };
}

async function describeRows(
  actor: Actor,
  rows: readonly EvidenceRow[],
  titles: ReadonlyMap<string, string>,
): Promise<EvidenceEntry[]> {
  const tx = getDatabase();
  const names = await listNames(tx, actor.body, [...new Set(rows.map((row) => row.actor))]);
  const positions = rows.filter(({ commitment }) => commitment !== null).map(({ position }) => position);
  const details = await listDetails(tx, actor.body, positions);
  return rows.map((row) => ({
    row,
    actorName: row.actor === PORTAL_ACTOR ? "The portal" : (names.get(row.actor) ?? parseReference("TOK", row.actor)), // a program
    policyTitle: (row.policy !== null && titles.get(row.policy)) || null,
    detail: detailOf(row, details.get(row.position)),
    subjectHref: subjectHref(actor, row),
  }));
}

/**
 * The newest row of the body's chain, in the form to be noted elsewhere; null if there is none, or for those who may
 * not read it.
 */
export async function getHeadToNote(actor: Actor): Promise<string | null> {
  if (!can(actor, "evidence.read", actor)) return null;
  const { position, hash } = await findHead(getDatabase(), actor.body);
  return position > 0 ? `${actor.body}:${position}:${hash}` : null;
}

/**
 * Thumbprint of the key that signs the body's exports, in the form to be noted elsewhere; null if there is none, or for
 * those who may not read evidence.
 */
export const getThumbprintToNote = async (actor: Actor): Promise<string | null> =>
  can(actor, "evidence.read", actor) ? getSpokenThumbprint(actor.body) : null;

const knownSchema = z.object({
  known: z
    .array(
      z.object({
        body: z.string().max(100),
        position: z.int().min(1).max(2_147_483_647),
        hash: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .max(1000),
});

/**
 * Checks all chains, for the command run beside the portal.
 * @param input what the command sent: heads noted earlier
 * @returns "refused" without a valid token, whatever was sent; "unreadable" for invalid input
 */
export async function verifyForCommand(
  token: string,
  input: unknown,
): Promise<readonly ChainReport[] | "refused" | "unreadable"> {
  if (!isCommandToken("evidence-verification", readAuthSecret(getEnv()), token, clock.now())) return "refused";
  const read = knownSchema.safeParse(input);
  return read.success ? verifyChains(getDatabase(), read.data.known) : "unreadable";
}

async function listTitles({ body }: Actor): Promise<Map<string, string>> {
  const { policies } = await loadContent();
  const own = policies.flatMap(({ slug, versions }): [string, string][] => {
    const newest = versions.filter(({ isPublished, frontMatter }) => isPublished && frontMatter.body === body).at(-1);
    return newest ? [[slug, newest.frontMatter.title]] : [];
  });
  return new Map(own);
}

async function findActors({ body }: Actor, who: string): Promise<string[]> {
  if (/^(the )?portal$/i.test(who)) return [PORTAL_ACTOR];
  return [who, ...(await listIdsNamed(getDatabase(), body, who, { most: MOST_PEOPLE_BY_NAME }))];
}

function detailOf({ commitment }: EvidenceRow, detail: EvidenceDetailRow | undefined): EvidenceEntry["detail"] {
  if (detail) return { text: prettyJson(detail.detail) };
  return commitment === null ? null : "erased";
}

/** Shows the text as it is if it cannot be read as JSON. */
function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The kinds of reference whose pages readers of evidence may open: everybody who reads it, or who may do this. */
const OPENED: Readonly<Record<string, Action | null>> = {
  CAM: null,
  CHK: null,
  CON: null,
  PHR: null,
  REC: null,
  SUR: null,
  EX: "exception.read-register",
  HLD: "hold.read-register",
  HOK: "webhook.manage",
  PHO: "photo-consent.read-all",
  PRO: "policy.read-unpublished",
  REQ: "information-request.read-register",
};

function subjectHref(actor: Actor, row: EvidenceRow): string | null {
  const kind = subjectKind(row.subject);
  if (kind === "ACK") return answerHref(actor, row);
  const action = row.event === "app.decided" ? null : OPENED[kind];
  const isOwn = ["PHO", "DEC"].includes(kind) && row.actor === actor.personId;
  const isOpen = action === null || (action !== undefined && can(actor, action, actor));
  return isOwn || isOpen ? subjectPath(row) : null;
}

/** One's own answer; of others only what was recorded from paper, for those who record it. */
function answerHref(actor: Actor, { subject, event, actor: by, data }: EvidenceRow): string | null {
  if (event === "policy.decline-answered") return null;
  const person = event === "policy.answer-recorded" || event === "policy.answer-withdrawn" ? personOf(data) : by;
  if (person === actor.personId) return `/acknowledgements/${subject}`;
  const isRecorded = person !== null && person !== by && can(actor, "acknowledgement.record-paper", actor);
  return isRecorded ? `/governance/people/${encodeURIComponent(person)}/paper/${subject}` : null;
}

/** Whom a row concerns besides its subject; null if it does not say. */
const personOf = (data: string): string | null =>
  z.object({ person: z.string() }).safeParse(JSON.parse(data)).data?.person ?? null;

// The part of the journal that everybody may see: rows about themselves.

/** The rows of what the actor did, newest first: all, or the first `most`. */
export const listOwnEvidence = async (actor: Actor, most?: number): Promise<EvidenceRow[]> =>
  listEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId }, most);

/** The texts of those rows that were not erased: what the actor wrote, and for which row. */
export async function listOwnEvidenceTexts(actor: Actor): Promise<{ position: number; text: string }[]> {
  const details = await listOwnDetails(getDatabase(), actor.body, actor.personId);
  return details.map(({ position, detail }) => ({ position, text: detail }));
}

/** The rows about the actor by others, newest first; without who it was, which is another person's data. */
export const listEvidenceAboutOwn = async (actor: Actor): Promise<Omit<EvidenceRow, "actor">[]> =>
  (await listRowsAbout(getDatabase(), actor.body, actor.personId)).map(({ actor: _by, ...row }) => row);

/** How many there are. */
export const countOwnEvidence = async (actor: Actor): Promise<number> =>
  countEvidenceBy(getDatabase(), { body: actor.body, actor: actor.personId });

/**
 * The row recording that the actor gave this answer, against which a certificate is checked: by themselves, or by
 * whoever recorded it from paper.
 */
export async function getOwnAnswerEvidence(actor: Actor, reference: string) {
  const events = ["policy.acknowledged", "policy.declined", "policy.answer-recorded"] as const;
  const row = await findEvidenceAbout(getDatabase(), { body: actor.body, subject: reference, events });
  const giver = row?.event === "policy.answer-recorded" ? personOf(row.data) : row?.actor;
  return row && giver === actor.personId ? { position: row.position, hash: row.hash } : null;
}

/** The row recording that the actor kept a result, against which its receipt is checked. */
export async function getOwnReceiptEvidence({ body, personId }: Actor, reference: string) {
  const row = await findEvidenceAbout(getDatabase(), { body, subject: reference, events: ["receipt.kept"] });
  return row?.actor === personId ? { position: row.position, hash: row.hash } : null;
}

const SHOWN = 50;

/** An entry about somebody in the directory; the text beside it as JSON, null if there is none or it was erased. */
export type PersonEvent = Awaited<ReturnType<typeof listEvidenceAboutPerson>>[number];

/** Newest first, at most fifty; nothing for those who may not manage the directory. */
export async function listEvidenceAboutPerson(actor: Actor, personId: string) {
  if (!can(actor, "person.manage", actor)) return [];
  const tx = getDatabase();
  const found = await listNewestEvidence(tx, actor.body, { subject: personId }, SHOWN);
  const rows = found.filter(({ event }) => /^(person|account)\./.test(event));
  const names = await listNames(tx, actor.body, [...new Set(rows.map((row) => row.actor))]);
  const positions = rows.filter(({ commitment }) => commitment !== null).map(({ position }) => position);
  const details = await listDetails(tx, actor.body, positions);
  return rows.map((row) => ({
    row,
    by: row.actor === PORTAL_ACTOR ? "The portal" : (names.get(row.actor) ?? null),
    detail: details.get(row.position)?.detail ?? null,
  }));
}

/** The latest rows of one event of a body, the newest first. For other rooms, which have authorised already. */
export const listLatestEvents = async (tx: Tx, body: string, event: EvidenceEventName, take: number) =>
  listNewestEvidence(tx, body, { event }, take);

/** Who did any of these things to a subject of a body, each with what was recorded. For other rooms, which have authorised. */
export async function listActsOn(tx: Tx, body: string, subject: string, events: readonly EvidenceEventName[]) {
  const where = { body, subject, event: { in: [...events] } };
  return tx.evidence.findMany({ where, select: { actor: true, event: true, data: true, at: true } });
}

/** Events that change who somebody's line manager is. */
const LINE_EVENTS: readonly EvidenceEventName[] = [
  ...(["person.changed", "person.moved", "person.left", "person.returned", "person.roles-changed"] as const),
  ...(["team.made", "team.changed"] as const),
];

/**
 * Whether one of these (ids of people, references of tokens) changed the line management of any of these people or
 * teams since a moment. For other rooms, which have authorised already.
 */
export async function hasChangedDirectory(
  tx: Tx,
  on: { body: string; by: readonly string[]; about: readonly string[]; since: Date },
): Promise<boolean> {
  const rows = await listRowsOn(tx, { ...on, events: LINE_EVENTS });
  return rows.some(({ event, data }) => event !== "person.changed" || /\b(managerId|teamId)\b/.test(data));
}

/** Where a body's chain stood at a moment: its last row before it; position 0 where there is none. For what has authorised already. */
export const getHeadBefore = async (body: string, before: Date): Promise<ChainHead> =>
  findHeadBefore(getDatabase(), body, before);

export const JWKS_PATH = "/.well-known/jwks.json";

/**
 * What the form for an export says: the day of the body's first row, today if there is none yet, and the thumbprint of the
 * key that signs, in the form read aloud. Null for those who may not export.
 */
export async function getExportForm(actor: Actor) {
  if (!can(actor, "evidence.export", actor)) return null;
  const first = await findRow(getDatabase(), actor.body, 1);
  const today = calendarDay(clock.now());
  const firstDay = first ? calendarDay(first.at) : today;
  return { firstDay, isEmpty: first === null, today, thumbprint: await getSpokenThumbprint(actor.body) };
}

/** Whether somebody may read about exports: anybody who may read the evidence. */
export const mayReadProof = (actor: Actor): boolean => can(actor, "evidence.read", actor);
