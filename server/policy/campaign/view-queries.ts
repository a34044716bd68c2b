import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addWorkingDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import type { PageCursor } from "#domain/base/list/page.ts";
import { parseReference } from "#domain/base/reference/reference.ts";
import { newTask, type Task } from "#domain/gather/task/task.ts";
import { audienceInWords } from "#domain/policy/campaign/audience.ts";
import { campaignActs } from "#domain/policy/campaign/campaign.ts";
import { materialReason, predecessorOf } from "#domain/policy/policy/material.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { readPage } from "#server/base/db/list-page.ts";
import { loadContent } from "#server/base/content/store.ts";
import { listAskedPolicies, type AskedPolicy } from "#server/policy/acknowledgement/asking-queries.ts";
import { countCampaign, listCampaignPeople } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { withCurrent } from "#server/policy/policy/queries.ts";
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
export type CampaignLine = ReturnType<typeof toLine>;

/** The campaigns of a body and the versions that may need one; null for those who make none. */
export async function getCampaigns(actor: Actor) {
  if (!can(actor, "campaign.manage", actor)) return null;
  const [policies, rows] = await Promise.all([listAskedPolicies(actor), listCampaignRows(getDatabase(), actor.body)]);
  const parts = rows.flatMap(({ audience }) => audience);
  const named = await listAudienceNames(getDatabase(), parts);
  return { campaigns: rows.map((row) => toLine(row, policies, named)), proposals: proposalsOf(policies, rows) };
}

function toLine(row: CampaignRecord, policies: readonly AskedPolicy[], named: ReadonlyMap<string, string>) {
  const policy = policies.find(({ slug }) => slug === row.policy);
  const version = policy?.versions.find(({ hash }) => hash === row.hash);
  return {
    ...row,
    title: version?.frontMatter.title ?? row.policy,
    /** Whether an answer to its version still counts. */
    counts: policy?.counting.some(({ hash, version: of }) => hash === row.hash && of === row.version) ?? false,
    audienceWords: row.audience.map((part) => audienceInWords(part, named)),
  };
}

/** Working days to decide whether a version needs a campaign. Our own figure. */
const PROPOSE_WITHIN_WORKING_DAYS = 5;

/** Material versions that replaced another one here, without any campaign: each with the day to decide by. */
const proposalsOf = (policies: readonly AskedPolicy[], rows: readonly CampaignRecord[]) =>
  policies.flatMap(({ slug, current, counting, versions, asking }) => {
    if (!current || !asking.asksByItself) return [];
    if (rows.some(({ policy, hash }) => policy === slug && counting.some((one) => one.hash === hash))) return [];
    const asked = counting.at(-1) ?? current;
    const before = predecessorOf(versions, asked);
    const served = versions.find(({ hash }) => hash === before?.hash);
    if (!served || served.servedAt >= asked.servedAt || !materialReason(asked, before)) return [];
    const due = addWorkingDays(calendarDay(asked.servedAt), PROPOSE_WITHIN_WORKING_DAYS, asking.daysOff);
    return [{ slug, title: current.frontMatter.title, version: current.version, due }];
  });

/** Working days after which a campaign that nobody has started is a task, and then to decide. Our own figures. */
const DRAFT_RESTS_WORKING_DAYS = 3;

/** What those who make campaigns have to decide: whether a version needs one, and what becomes of one not started. */
export async function listCampaignTasks(actor: Actor): Promise<Task[]> {
  if (!can(actor, "campaign.manage", actor)) return [];
  const [policies, rows] = await Promise.all([listAskedPolicies(actor), listCampaignRows(getDatabase(), actor.body)]);
  const proposed = proposalsOf(policies, rows).map(({ slug, title, version, due }): Task => ({
    kind: "propose-campaign",
    key: `propose-campaign ${slug} ${version}`,
    title: `Decide on a campaign for “${title}”, version ${version}`,
    reason:
      "It asks everybody again. A campaign says by when and how; without one, the version’s own time to answer applies.",
    due,
    href: "/campaigns",
  }));
  return [...proposed, ...rows.flatMap((row) => startOrDiscard(actor, row, policies))];
}

/** A campaign that was prepared days ago and not started: a task of its maker, or of everybody who may start it. */
function startOrDiscard(actor: Actor, row: CampaignRecord, policies: readonly AskedPolicy[]): Task[] {
  const { reference, state, createdAt, createdById, hasMaker, policy, version } = row;
  const of = policies.find(({ slug }) => slug === policy);
  if (state !== "draft" || !of || (hasMaker && createdById !== actor.personId)) return [];
  const since = addWorkingDays(calendarDay(createdAt), DRAFT_RESTS_WORKING_DAYS, of.asking.daysOff);
  if (since > clock.today()) return [];
  const title = of.current?.frontMatter.title ?? policy;
  return [
    newTask("start-campaign", reference, {
      title: `Start or discard the campaign ${reference}`,
      reason: `It was prepared for “${title}”, version ${version}, and asks nobody until it is started.`,
      due: addWorkingDays(since, PROPOSE_WITHIN_WORKING_DAYS, of.asking.daysOff),
      href: `/campaigns/${reference}`,
    }),
  ];
}

/** A campaign with whom it asks. */
export type CampaignView = NonNullable<Awaited<ReturnType<typeof getCampaign>>>;
/** What the form lets one tick; no teams where there are too many: then names are typed. */
export type AudienceChoices = Awaited<ReturnType<typeof audienceChoices>>;

/** More teams than this are named on lines. Our own figure. */
const MOST_TEAMS_TICKED = 20;

async function audienceChoices(body: string) {
  const [{ bodies }, teams] = await Promise.all([
    loadContent(),
    listTeamsToTick(getDatabase(), body, MOST_TEAMS_TICKED + 1),
  ]);
  const employers = bodies.find(({ slug }) => slug === body)?.employers ?? [];
  return { employers, teams: teams.length > MOST_TEAMS_TICKED ? [] : teams };
}

/** One campaign for those who make them; null for everybody else, and where there is none. */
export async function getCampaign(actor: Actor, typed: string, cursor: PageCursor) {
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
    /** Of those asked now, or who would be: in each state. */
    states,
    asked: [...states.values()].reduce((sum, count) => sum + count, 0),
    /** How many of them have been told, in the mail of their working day or by answering. */
    told,
    people,
    /** The last day for whoever is asked on its first, YYYY-MM-DD. */
    lastDay: addWorkingDays(startDay, row.workingDays, policy.asking.daysOff),
    /** For its form: addresses of the people it names, names of its teams. */
    emails,
    teams: row.audience.flatMap(({ kind, value }) => (kind === "team" ? (named.get(value) ?? []) : [])),
    choices,
  };
}

/** What a new campaign for a policy begins with; null for those who make none, or where there is nothing to ask. */
export async function getNewCampaign(actor: Actor, slug: string | undefined) {
  if (!can(actor, "campaign.manage", actor)) return null;
  const policies = withCurrent(await listAskedPolicies(actor)).map(({ slug: of, current }) => ({
    slug: of,
    title: current.frontMatter.title,
    version: current.version,
  }));
  const [first] = policies;
  if (!first) return null;
  const chosen = policies.find((one) => one.slug === slug) ?? first;
  return { policies, slug: chosen.slug, choices: await audienceChoices(actor.body) };
}

/** How many campaigns of the body run; null for those who make none. */
export const countRunningCampaigns = async (actor: Actor): Promise<number | null> =>
  can(actor, "campaign.manage", actor) ? countRunning(getDatabase(), actor.body) : null;
