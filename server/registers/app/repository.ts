import { oneOf, type Asked } from "#domain/base/list/page.ts";
import { orderFor, type List } from "#server/base/db/list-page.ts";
import { alternativesFor } from "#server/base/db/part-of-text.ts";
import { APP_STATES } from "#domain/registers/app/app.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

const beside = {
  riskOwner: { select: { id: true, name: true, email: true, status: true } },
} satisfies Prisma.AppInclude;

/** An app as its body decided on it last. */
export type AppRecord = Prisma.AppGetPayload<{ include: typeof beside }>;

export const findApp = (tx: Tx, body: string, slug: string) =>
  tx.app.findUnique({ where: { body_slug: { body, slug } }, include: beside });

/** The apps of a body by a filter, by name. */
export const listAppRecords = (tx: Tx, body: string, where: Prisma.AppWhereInput = {}) =>
  tx.app.findMany({ where: { ...where, body }, include: beside, orderBy: [{ name: "asc" }, { id: "asc" }] });

const ORDERS = { name: [["name", "asc"]], review: [["reviewOn", "asc"]] } as const;

/** The apps of a body that somebody asked for. */
export function appList(tx: Tx, body: string, asked: Asked): List<AppRecord> {
  const { q } = asked;
  const state = oneOf(APP_STATES, asked["state"]);
  return {
    within: { body },
    filter: { ...(state && { state }) },
    found: q
      ? async () => ({ OR: await alternativesFor(tx, body, q, { table: "App", columns: ["name", "purpose"] }) })
      : undefined,
    order: orderFor(ORDERS, asked),
    key: "slug",
    read: (part) => tx.app.findMany({ ...part, include: beside }),
  };
}

/** The decisions on an app, the newest first. */
export const listAppDecisions = (tx: Tx, appId: string) =>
  tx.appDecision.findMany({
    where: { appId },
    include: { person: { select: { id: true, name: true } } },
    orderBy: [{ at: "desc" }, { id: "asc" }],
  });

/** @throws a unique violation if the body has an app of this name */
export const insertApp = (tx: Tx, data: Prisma.AppUncheckedCreateInput) => tx.app.create({ data });

/** @returns false if somebody has decided since this revision */
export const updateApp = async (
  tx: Tx,
  { id, revision }: { id: string; revision: number },
  data: Prisma.AppUncheckedUpdateManyInput,
) => (await tx.app.updateMany({ where: { id, revision }, data: { ...data, revision: { increment: 1 } } })).count === 1;

export const insertAppDecision = (tx: Tx, data: Prisma.AppDecisionUncheckedCreateInput) =>
  tx.appDecision.create({ data });

/** How many apps of a body stood in each state at a moment, by the decisions made until then. */
export const countAppsAt = async (
  tx: Tx,
  body: string,
  end: Date,
): Promise<{ state: AppRecord["state"]; count: number }[]> => tx.$queryRaw`
    SELECT last.state, count(*)::int AS count FROM (
      SELECT DISTINCT ON (d."appId") d.state FROM "AppDecision" d JOIN "App" a ON a.id = d."appId"
       WHERE a.body = ${body} AND d.at < ${end} ORDER BY d."appId", d.at DESC, d.id) last
     GROUP BY 1`;
