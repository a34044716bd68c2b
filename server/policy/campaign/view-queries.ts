import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { ListPage, PageCursor } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import type { Task } from "#domain/gather/task/task.ts";
import { audienceInWords } from "#domain/policy/campaign/audience.ts";
import { campaignActs, type CampaignAct } from "#domain/policy/campaign/campaign.ts";
import type { FollowUpState } from "#domain/policy/acknowledgement/person-state.ts";
import { materialReason, predecessorOf } from "#domain/policy/policy/material.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import { loadContent } from "#server/base/content/store.ts";
import { listAskedPolicies, type AskedPolicy } from "#server/policy/acknowledgement/asking-queries.ts";
import {
  countCampaign,
  listCampaignPeople,
  type FollowUpPerson,
} from "#server/policy/acknowledgement/follow-up-queries.ts";
import type { ServedVersion } from "#server/policy/policy/queries.ts";
import {
  countRunning,
  findCampaign,
  listAudienceEmails,
  listAudienceNames,
  listCampaignRows,
  listTeamsToTick,
  type CampaignRecord,
} from "./repository.ts";

export type { CampaignRecord } from "./repository.ts";

/** A campaign in a list. */
export interface CampaignLine extends CampaignRecord {
  title: string;
  /** Whether an answer to its version still counts. */
  counts: boolean;
  /** Its audience in words. */
  audienceWords: string[];
}

/** A version that asks everybody again, for which nobody has decided on a campaign. */
export interface Proposal {
  slug: string;
  title: string;
  version: string;
  /** The day to decide by, YYYY-MM-DD. */
  due: string;
}

/** The campaigns of a body and the versions that may need one; null for those who make none. */
export async function getCampaigns(actor: Actor): Promise<{ campaigns: CampaignLine[]; proposals: Proposal[] } | null> {
  if (!can(actor, "campaign.manage", actor)) return null;
  const [policies, rows] = await Promise.all([listAskedPolicies(actor), listCampaignRows(getDatabase(), actor.body)]);
  const named = await listAudienceNames(
    getDatabase(),
    rows.flatMap(({ audience }) => audience),
  );
  return { campaigns: rows.map((row) => toLine(row, policies, named)), proposals: proposalsOf(policies, rows) };
}

function toLine(
  row: CampaignRecord,
  policies: readonly AskedPolicy[],
  named: ReadonlyMap<string, string>,
): CampaignLine {
  const policy = policies.find(({ slug }) => slug === row.policy);
  const version = policy?.versions.find(({ hash }) => hash === row.hash);
  return {
    ...row,
    title: version?.frontMatter.title ?? row.policy,
    counts: policy?.counting.some(({ hash, version: of }) => hash === row.hash && of === row.version) ?? false,
    audienceWords: row.audience.map((part) => audienceInWords(part, named)),
  };
}

/** Working days to decide whether a version needs a campaign. Our own figure. */
const PROPOSE_WITHIN_WORKING_DAYS = 5;

/** Material versions that replaced another one here, without any campaign. */
function proposalsOf(policies: readonly AskedPolicy[], rows: readonly CampaignRecord[]): Proposal[] {
  return policies.flatMap(({ slug, current, counting, versions, asking }): Proposal[] => {
    if (!current || !asking.asksByItself) return [];
    if (rows.some(({ policy, hash }) => policy === slug && counting.some((one) => one.hash === hash))) return [];
    const asked = counting.at(-1) ?? current;
    const before = predecessorOf(versions, asked);
    const served = versions.find(({ hash }) => hash === before?.hash);
    if (!served || served.servedAt >= asked.servedAt || !materialReason(asked, before)) return [];
    const due = addWorkingDays(calendarDay(asked.servedAt), PROPOSE_WITHIN_WORKING_DAYS, asking.daysOff);
    return [{ slug, title: current.frontMatter.title, version: current.version, due }];
  });
}

/** Versions that may need a campaign, as tasks of those who make campaigns. */
export async function listCampaignTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "campaign.manage", actor)) return [];
  const [policies, rows] = await Promise.all([listAskedPolicies(actor), listCampaignRows(getDatabase(), actor.body)]);
  return proposalsOf(policies, rows).map(({ slug, title, version, due }) => ({
    kind: "propose-campaign",
    key: `propose-campaign ${slug} ${version}`,
    title: `Decide on a campaign for “${title}”, version ${version}`,
    reason:
      "It asks everybody again. A campaign says by when and how; without one, the version’s own time to answer applies.",
    due,
    href: "/campaigns",
  }));
}

/** A campaign with whom it asks. */
export interface CampaignView extends CampaignLine {
  acts: readonly CampaignAct[];
  version: string;
  text: ServedVersion | null;
  /** Of those asked now, or who would be: in each state. */
  states: ReadonlyMap<FollowUpState, number>;
  asked: number;
  /** How many of them have been told, in the mail of their working day or by answering. */
  told: number;
  people: ListPage<FollowUpPerson>;
  /** The last day for whoever is asked on its first, YYYY-MM-DD. */
  lastDay: string;
  /** For its form: addresses of the people it names, names of its teams. */
  emails: string[];
  teams: string[];
  choices: AudienceChoices;
}

/** What the form lets one tick. */
export interface AudienceChoices {
  employers: readonly string[];
  /** Names of all teams of the body; empty where there are too many to tick: then names are typed. */
  teams: readonly string[];
}

/** More teams than this are named on lines. Our own figure. */
const MOST_TEAMS_TICKED = 20;

async function audienceChoices(body: string): Promise<AudienceChoices> {
  const [{ bodies }, teams] = await Promise.all([
    loadContent(),
    listTeamsToTick(getDatabase(), body, MOST_TEAMS_TICKED + 1),
  ]);
  const employers = bodies.find(({ slug }) => slug === body)?.employers ?? [];
  return { employers, teams: teams.length > MOST_TEAMS_TICKED ? [] : teams };
}

/** One campaign for those who make them; null for everybody else, and where there is none. */
export async function getCampaign(actor: Actor, typed: string, cursor: PageCursor): Promise<CampaignView | null> {
  const reference = parseReference("CAM", typed);
  if (!reference || !can(actor, "campaign.manage", actor)) return null;
  const tx = getDatabase();
  const [row, policies] = await Promise.all([findCampaign(tx, actor.body, reference), listAskedPolicies(actor)]);
  const policy = policies.find(({ slug }) => slug === row?.policy);
  if (!row || !policy) return null;
  const startDay = calendarDay(row.startedAt ?? clock.now());
  const terms = { ...row, state: "running" as const, startDay };
  const isEnded = row.state === "stopped" || row.state === "not-needed";
  const [named, emails, { states, told }, people, choices] = await Promise.all([
    listAudienceNames(tx, row.audience),
    listAudienceEmails(tx, row.audience),
    countCampaign(actor, policy, isEnded ? null : terms),
    readPage(listCampaignPeople(actor, policy, isEnded ? null : terms), cursor),
    audienceChoices(actor.body),
  ]);
  const line = toLine(row, policies, named);
  return {
    ...line,
    acts: campaignActs(row.state, line.counts),
    text: policy.versions.find(({ hash }) => hash === row.hash) ?? null,
    states,
    asked: [...states.values()].reduce((sum, count) => sum + count, 0),
    told,
    people,
    lastDay: addWorkingDays(startDay, row.workingDays, policy.asking.daysOff),
    emails: [...emails.values()],
    teams: row.audience.flatMap(({ kind, value }) => (kind === "team" ? (named.get(value) ?? []) : [])),
    choices,
  };
}

/** What a new campaign for a policy begins with; null for those who make none, or where there is nothing to ask. */
export async function getNewCampaign(
  actor: Actor,
  slug: string | undefined,
): Promise<{
  policies: { slug: string; title: string; version: string }[];
  slug: string;
  choices: AudienceChoices;
} | null> {
  if (!can(actor, "campaign.manage", actor)) return null;
  const policies = (await listAskedPolicies(actor)).flatMap(({ slug: of, current }) =>
    current ? [{ slug: of, title: current.frontMatter.title, version: current.version }] : [],
  );
  const [first] = policies;
  if (!first) return null;
  const chosen = policies.find((one) => one.slug === slug) ?? first;
  return { policies, slug: chosen.slug, choices: await audienceChoices(actor.body) };
}

/** How many campaigns of the body run; null for those who make none. */
export async function countRunningCampaigns(actor: Actor): Promise<number | null> {
  return can(actor, "campaign.manage", actor) ? countRunning(getDatabase(), actor.body) : null;
}
