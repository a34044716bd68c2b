import { randomBytes } from "node:crypto";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { endUnused } from "./begun-effects.ts";
import { isFormInputId } from "./queries.ts";
import { insertFormInput, pruneFormInput } from "./repository.ts";

const KEEP_FOR_MS = 24 * 60 * 60 * 1000;
const KEEP_AT_MOST = 20;

/**
 * Stores what somebody typed into a form that was refused, for a day and only for that person.
 * @param path of the form's page, without `kept`
 * @returns the id that the page's address carries: /path?kept=ID
 */
export async function keepFormInput(
  personId: string,
  path: string,
  values: Readonly<Record<string, string[]>>,
  problems: readonly FieldProblem[],
): Promise<string> {
  const now = clock.now();
  const id = randomBytes(16).toString("hex");
  const database = getDatabase();
  await insertFormInput(database, { id, personId, path, values, errors: [...problems], createdAt: now });
  const before = new Date(now.getTime() - KEEP_FOR_MS);
  await pruneFormInput(database, { before, personId, keep: KEEP_AT_MOST });
  return id;
}

/** Discards what a program began for the actor in a form. Harmless if done twice. @param id of it, as received */
export async function discardBegun(actor: Actor, id: string): Promise<"done" | "held"> {
  if (!isFormInputId(id)) return "done";
  return transact(async (tx) => ({ result: await endUnused(tx, actor, id, clock.now()), evidence: [] }));
}
