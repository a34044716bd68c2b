import { randomUUID } from "node:crypto";
import { type Actor, can, ROLES } from "#domain/access/permission/permission.ts";
import type { EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { type FieldProblem, textProblems } from "#domain/base/form/form-values.ts";
import { audienceInWords, type AudienceKind, type AudiencePart } from "#domain/policy/campaign/audience.ts";
import {
  campaignActs,
  DEFAULT_CAMPAIGN,
  type CampaignSettings,
  campaignProblems,
} from "#domain/policy/campaign/campaign.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase, type Tx } from "#server/base/db/database.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { makeReference } from "#server/base/make-reference.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import * as repository from "./repository.ts";
import { PERSON_KINDS } from "#domain/access/identity/person.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import { loadContent } from "#server/base/content/store.ts";

export type CampaignResult =
  | { code: "done"; reference: string }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  /** Somebody changed it meanwhile, or its state does not allow it any more; nothing was changed. */
  | { code: "changed" }
  | { code: "not-found" };

export const LONGEST_REASON = 1_000;

/** Prepares a campaign for the version of a policy that is current; nobody is asked before it is started. */
export const createCampaign = async (actor: Actor, slug: string, startKey: string, given: CampaignGiven) =>
  insertOnce(actor, slug, startKey, async (tx) => {
    const { settings, problems } = await readSettings(tx, actor.body, given);
    return problems.length > 0 ? problems : { settings, event: "campaign.created" };
  });

/** Notes that the current version of a policy needs no campaign: its own days to answer hold. */
export const noteNotNeeded = async (actor: Actor, slug: string, startKey: string, reason: string) =>
  insertOnce(actor, slug, startKey, () => {
    const problems = textProblems("reason", reason, "Say why none is needed.", LONGEST_REASON);
    return problems.length > 0 ? problems : { settings: DEFAULT_CAMPAIGN, event: "campaign.not-needed", reason };
  });

type ToInsert = { settings: CampaignSettings; event: "campaign.created" | "campaign.not-needed"; reason?: string };

/** Inserts what a form sent, once however often it is sent. */
async function insertOnce(
  actor: Actor,
  slug: string,
  startKey: string,
  read: (tx: Tx) => Promise<ToInsert | FieldProblem[]> | ToInsert | FieldProblem[],
): Promise<CampaignResult> {
  const policy = can(actor, "campaign.manage", actor) ? await getOwnPolicy(actor, slug) : null;
  const version = policy?.current;
  if (!version) return { code: "not-found" };
  const { body, personId: createdById } = actor;
  return untilUnique("Campaign", async (): Promise<CampaignResult> => {
    const earlier = await repository.findByStartKey(getDatabase(), createdById, startKey);
    if (earlier) return { code: "done", reference: earlier.reference };
    return transact(async (tx): Promise<Change<CampaignResult>> => {
      const found = await read(tx);
      if (Array.isArray(found)) return { result: { code: "invalid", problems: found }, evidence: [] };
      const { settings, event, reason } = found;
      const at = clock.now();
      const reference = makeReference("CAM");
      const on = { policy: slug, version: version.version, hash: version.hash };
      const head = { id: randomUUID(), reference, body, startKey, createdAt: at, createdById };
      const isNeeded = event === "campaign.created";
      const ended = { endedAt: at, endedById: createdById, endReason: reason ?? "" };
      await repository.insertCampaign(tx, {
        ...head,
        ...on,
        ...settings,
        state: isNeeded ? "draft" : "not-needed",
        ...(isNeeded ? {} : ended),
      });
      const data = isNeeded ? await dataOf(tx, settings) : {};
      const detail = reason === undefined ? undefined : { reason };
      return {
        result: { code: "done", reference },
        evidence: [{ body, event, at, actor: createdById, subject: reference, on, data, detail }],
      };
    });
  });
}

/** Changes what a campaign asks, before it is started or while it runs; who is asked follows at once. */
export const changeCampaign = async (actor: Actor, reference: string, revision: number, given: CampaignGiven) =>
  act(actor, reference, revision, "change", "campaign.changed", async (tx) => {
    const { settings, problems } = await readSettings(tx, actor.body, given);
    return problems.length > 0 ? problems : { change: { settings }, data: await dataOf(tx, settings) };
  });

/** Starts a campaign: from now on its audience is asked, and of the version nobody else. */
export const startCampaign = async (actor: Actor, reference: string, revision: number): Promise<CampaignResult> =>
  act(actor, reference, revision, "start", "campaign.started", async (tx, campaign) => ({
    change: { state: "running", startedAt: clock.now(), startedById: actor.personId },
    data: await dataOf(tx, campaign),
  }));

/** Stops a campaign, or drops one that was not started: it asks nobody any more. Answers that were given stay. */
export const stopCampaign = async (actor: Actor, reference: string, revision: number, reason: string) =>
  act(actor, reference, revision, "stop", "campaign.stopped", () => {
    const problems = textProblems("reason", reason, "Say why you stop it.", LONGEST_REASON);
    const ended = { endedAt: clock.now(), endedById: actor.personId, endReason: reason };
    return problems.length > 0 ? problems : { change: { state: "stopped", ...ended }, data: {}, detail: { reason } };
  });

type Acted = {
  change: repository.CampaignChange;
  data: Record<string, string | number | boolean>;
  detail?: Record<string, string>;
};

async function act(
  actor: Actor,
  reference: string,
  revision: number,
  what: "change" | "start" | "stop",
  event: EvidenceEventName,
  decide: (tx: Tx, campaign: repository.CampaignRecord) => Promise<Acted | FieldProblem[]> | Acted | FieldProblem[],
): Promise<CampaignResult> {
  if (!can(actor, "campaign.manage", actor)) return { code: "not-found" };
  const { body, personId: by } = actor;
  const found = await repository.findCampaign(getDatabase(), body, reference);
  if (!found) return { code: "not-found" };
  const policy = await getOwnPolicy(actor, found.policy);
  const counts = policy?.counting.some(({ version, hash }) => version === found.version && hash === found.hash);
  if (!campaignActs(found.state, counts ?? false).includes(what)) return { code: "changed" };
  return transact(async (tx): Promise<Change<CampaignResult>> => {
    const decided = await decide(tx, found);
    if (Array.isArray(decided)) return { result: { code: "invalid", problems: decided }, evidence: [] };
    const isWritten = await repository.updateCampaign(tx, found.id, revision, decided.change);
    if (!isWritten) return { result: { code: "changed" }, evidence: [] };
    const on = { policy: found.policy, version: found.version, hash: found.hash };
    const { data, detail } = decided;
    return {
      result: { code: "done", reference },
      evidence: [{ body, event, at: clock.now(), actor: by, subject: reference, on, data, detail }],
    };
  });
}

/** The settings as evidence keeps them: people by their ids, everything else in words. */
async function dataOf(tx: Tx, settings: CampaignSettings): Promise<Acted["data"]> {
  const { audience, workingDays, remindBefore, checksUnderstanding, readingMinutes, targetPercent } = settings;
  const teams = audience.filter(({ kind }) => kind === "team");
  const named = await repository.listAudienceNames(tx, teams);
  const inWords = audience.map((part) => (part.kind === "person" ? part.value : audienceInWords(part, named)));
  const figures = { workingDays, remindBefore: remindBefore.join(", "), readingMinutes, targetPercent };
  return { audience: inWords.join("; "), ...figures, checksUnderstanding };
}

/** What was typed and ticked about a campaign, unchecked. */
export interface CampaignGiven {
  /** Everybody, or the parts that are named; null if neither was chosen. */
  who: "everybody" | "parts" | null;
  employers: readonly string[];
  roles: readonly string[];
  kinds: readonly string[];
  /** Names of teams, and e-mail addresses of people. */
  teams: readonly string[];
  people: readonly string[];
  workingDays: string;
  remindBefore: string;
  checksUnderstanding: boolean;
  readingMinutes: string;
  targetPercent: string;
}

/** The settings that were given, and what is wrong with them, by field of the form. */
export async function readSettings(
  tx: Tx,
  body: string,
  given: CampaignGiven,
): Promise<{ settings: CampaignSettings; problems: FieldProblem[] }> {
  const { audience, problems } = await readAudience(tx, body, given);
  const typedDays = given.remindBefore.split(/[\s,;]+/);
  const settings: CampaignSettings = {
    audience,
    workingDays: wholeNumber(given.workingDays),
    remindBefore: [...new Set(typedDays.filter(Boolean).map(wholeNumber))].sort((a, b) => b - a),
    checksUnderstanding: given.checksUnderstanding,
    readingMinutes: given.readingMinutes === "" ? 0 : wholeNumber(given.readingMinutes),
    targetPercent: wholeNumber(given.targetPercent.replace(/\s*%$/, "")),
  };
  const others = campaignProblems(settings).filter(({ field }) => field !== "audience" || problems.length === 0);
  const named = others.map((problem) => (problem.field === "audience" ? { ...problem, field: "who" } : problem));
  return { settings, problems: [...problems, ...named] };
}

const wholeNumber = (typed: string): number => (/^\d{1,6}$/.test(typed) ? Number(typed) : Number.NaN);

async function readAudience(
  tx: Tx,
  body: string,
  { who, employers, roles, kinds, teams, people }: CampaignGiven,
): Promise<{ audience: AudiencePart[]; problems: FieldProblem[] }> {
  if (who === "everybody") return { audience: [{ kind: "body", value: "" }], problems: [] };
  if (who === null) return { audience: [], problems: [{ field: "who", message: "Choose who to ask." }] };
  const known = (await loadContent()).bodies.find(({ slug }) => slug === body)?.employers ?? [];
  const emails = people.map((typed) => ({ typed, email: normaliseEmail(typed) }));
  const addresses = emails.map(({ email }) => email);
  const [found, byEmail] = [
    await repository.listTeamsNamed(tx, body, teams),
    await repository.listPeopleByEmail(tx, body, addresses),
  ];
  const of = (kind: AudienceKind, values: readonly string[]) => values.map((value) => ({ kind, value }));
  const parts: AudiencePart[] = [
    ...of(
      "employer",
      known.filter((name) => employers.includes(name)),
    ),
    ...of(
      "role",
      ROLES.filter((role) => roles.includes(role)),
    ),
    ...of(
      "kind",
      PERSON_KINDS.filter((kind) => kinds.includes(kind)),
    ),
    ...of(
      "team",
      found.map(({ id }) => id),
    ),
    ...of("person", [...new Set(addresses.flatMap((email) => byEmail.get(email) ?? []))]),
  ];
  const noTeams = teams.filter((name) => !found.some((team) => team.name === name));
  const noPeople = emails.filter(({ email }) => !byEmail.has(email)).map(({ typed }) => typed);
  const problems: FieldProblem[] = [];
  if (noTeams.length > 0) problems.push({ field: "teams", message: unknown("team is called", noTeams) });
  if (noPeople.length > 0)
    problems.push({ field: "people", message: unknown("person here has the address", noPeople) });
  return { audience: parts, problems };
}

/** Names the first of those that were not found. */
function unknown(what: string, typed: readonly string[]): string {
  const named = typed
    .slice(0, 3)
    .map((one) => `“${one}”`)
    .join(", ");
  const more = typed.length > 3 ? ` and ${typed.length - 3} more` : "";
  return `No ${what} ${named}${more}. Correct or remove it.`;
}
