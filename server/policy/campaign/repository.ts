import { z } from "zod";
import { PERMISSIONS } from "#domain/access/permission/permission.ts";
import { AUDIENCE_KINDS, type AudienceKind, type AudiencePart } from "#domain/policy/campaign/audience.ts";
import type { CampaignSettings, CampaignState, CampaignTerms } from "#domain/policy/campaign/campaign.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import type { CampaignState as StoredState, Prisma } from "#server/base/db/generated/client.ts";
import type { Tx } from "#server/base/db/database.ts";

const STORED = {
  draft: "draft",
  running: "running",
  stopped: "stopped",
  "not-needed": "not_needed",
} as const satisfies Record<CampaignState, StoredState>;
const READ = { draft: "draft", running: "running", stopped: "stopped", not_needed: "not-needed" } as const;
const CAMPAIGN_ROLES = PERMISSIONS["campaign.manage"].roles;
const kindSchema = z.enum(AUDIENCE_KINDS);

const include = {
  audience: { orderBy: [{ kind: "asc" as const }, { value: "asc" as const }] },
  createdBy: { select: { name: true, status: true, roles: true } },
  startedBy: { select: { name: true } },
  endedBy: { select: { name: true } },
} satisfies Prisma.CampaignInclude;
type Row = Prisma.CampaignGetPayload<{ include: typeof include }>;

const partsOf = (audience: Row["audience"]): AudiencePart[] =>
  audience.map(({ kind, value }) => ({ kind: kindSchema.parse(kind), value }));

/** A campaign as stored. */
export type CampaignRecord = ReturnType<typeof toRecord>;

const toRecord = ({ state, audience, createdBy, startedBy, endedBy, ...row }: Row) => ({
  ...row,
  state: READ[state],
  audience: partsOf(audience),
  createdBy: createdBy.name,
  /** Whether whoever prepared it can still start it. */
  hasMaker: createdBy.status === "active" && CAMPAIGN_ROLES.some((role) => createdBy.roles.includes(role)),
  startedBy: startedBy?.name ?? null,
  endedBy: endedBy?.name ?? null,
});

/** The campaigns of a body that were ever started, as they decide who is asked. */
export async function listStartedTerms(tx: Tx, body: string): Promise<CampaignTerms[]> {
  const rows = await tx.campaign.findMany({ where: { body, startedAt: { not: null } }, include: { audience: true } });
  return rows.flatMap(({ state, startedAt, audience, ...row }): CampaignTerms[] => {
    if (!startedAt || (state !== "running" && state !== "stopped")) return [];
    return [{ ...row, state, startDay: calendarDay(startedAt), audience: partsOf(audience) }];
  });
}

/** All campaigns of a body, the newest first. */
export async function listCampaignRows(tx: Tx, body: string): Promise<CampaignRecord[]> {
  const orderBy = [{ createdAt: "desc" as const }, { id: "desc" as const }];
  return (await tx.campaign.findMany({ where: { body }, include, orderBy })).map(toRecord);
}

/** One campaign of a body; null if there is none. */
export async function findCampaign(tx: Tx, body: string, reference: string): Promise<CampaignRecord | null> {
  const row = await tx.campaign.findFirst({ where: { body, reference }, include });
  return row && toRecord(row);
}

/** @throws a unique violation if its form was sent before */
export async function insertCampaign(
  tx: Tx,
  row: Omit<Prisma.CampaignUncheckedCreateInput, "state" | "audience" | "remindBefore"> &
    Pick<CampaignSettings, "audience" | "remindBefore"> & { state: "draft" | "not-needed" },
): Promise<void> {
  const { audience, state, remindBefore, ...figures } = row;
  const parts = { create: audience.map(({ kind, value }) => ({ kind, value })) };
  await tx.campaign.create({
    data: { ...figures, state: STORED[state], remindBefore: [...remindBefore], audience: parts },
  });
}

/** The campaign that a form has made already; null if none. */
export const findByStartKey = (tx: Tx, createdById: string, startKey: string): Promise<{ reference: string } | null> =>
  tx.campaign.findUnique({
    where: { createdById_startKey: { createdById, startKey } },
    select: { reference: true },
  });

/** What an act changes of a campaign. */
export type CampaignChange = { state?: CampaignState; settings?: CampaignSettings } & Pick<
  Prisma.CampaignUncheckedUpdateManyInput,
  "startedAt" | "startedById" | "endedAt" | "endedById" | "endReason"
>;

/** @param revision as it was read @returns false if somebody changed it meanwhile; nothing was written */
export async function updateCampaign(
  tx: Tx,
  id: string,
  revision: number,
  { state, settings, ...dates }: CampaignChange,
): Promise<boolean> {
  const { audience, remindBefore, ...figures } = settings ?? {};
  const { count } = await tx.campaign.updateMany({
    where: { id, revision },
    data: {
      ...dates,
      ...figures,
      ...(state && { state: STORED[state] }),
      ...(remindBefore && { remindBefore: [...remindBefore] }),
      revision: { increment: 1 },
    },
  });
  if (count === 0) return false;
  if (audience) {
    await tx.campaignAudience.deleteMany({ where: { campaignId: id } });
    await tx.campaignAudience.createMany({
      data: audience.map(({ kind, value }) => ({ campaignId: id, kind, value })),
    });
  }
  return true;
}

/** The teams of a body with these names. */
export const listTeamsNamed = (tx: Tx, body: string, names: readonly string[]) =>
  tx.team.findMany({ where: { body, name: { in: [...names] } }, select: { id: true, name: true } });

/** The names of a body's teams, in order: at most so many. */
export async function listTeamsToTick(tx: Tx, body: string, take: number): Promise<string[]> {
  const teams = await tx.team.findMany({ where: { body }, select: { name: true }, orderBy: { name: "asc" }, take });
  return teams.map(({ name }) => name);
}

/** The names of the teams and people in audiences, by id. */
export async function listAudienceNames(tx: Tx, parts: readonly AudiencePart[]): Promise<Map<string, string>> {
  const idsOf = (kind: AudienceKind) => parts.filter((part) => part.kind === kind).map(({ value }) => value);
  const select = { id: true, name: true } as const;
  const [teams, people] = await Promise.all([
    tx.team.findMany({ where: { id: { in: idsOf("team") } }, select }),
    tx.person.findMany({ where: { id: { in: idsOf("person") } }, select }),
  ]);
  return new Map([...teams, ...people].map(({ id, name }) => [id, name]));
}

/** The e-mail addresses of the people in audiences. */
export async function listAudienceEmails(tx: Tx, parts: readonly AudiencePart[]): Promise<string[]> {
  const ids = parts.filter(({ kind }) => kind === "person").map(({ value }) => value);
  const rows = await tx.person.findMany({ where: { id: { in: ids } }, select: { email: true } });
  return rows.map(({ email }) => email);
}

/** People of a body who have not left, by their e-mail addresses. @param emails normalised */
export async function listPeopleByEmail(tx: Tx, body: string, emails: readonly string[]): Promise<Map<string, string>> {
  const where = { body, status: "active" as const, email: { in: [...emails] } };
  const rows = await tx.person.findMany({ where, select: { id: true, email: true } });
  return new Map(rows.map(({ id, email }) => [email, id]));
}

/** How many campaigns of a body run. */
export const countRunning = (tx: Tx, body: string) => tx.campaign.count({ where: { body, state: "running" } });
