import { z } from "zod";
import { NEW_PERSON } from "#domain/access/identity/person.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { type ImportReport, importReportSchema } from "#domain/people/directory/import-report.ts";
import { findPersonByEmail, type PersonRecord } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { untilUnique } from "#server/base/db/until-unique.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { readAuthSecret } from "#server/base/secret/auth-secret.ts";
import { isCommandToken } from "#server/base/secret/command-token.ts";
import { type Change, transact } from "#server/evidence/journal/transact.ts";
import { addPerson, changePerson } from "#server/people/directory/person-change.ts";
import { checkList, importList, type ImportResult, listImportBodies, type OnProgress } from "./import-service.ts";
import { ReadersBusy } from "./list-reader-process.ts";

/** What the command asks for. */
export interface ImportCommandOptions {
  /** Say what it would do, and write nothing. */
  isCheck: boolean;
  manyMayLeave: boolean;
  /** Slug of the only body to import; null for all the bodies served. */
  body: string | null;
}

export type ImportCommandResult = { code: "checked" | ImportResult["code"]; report: ImportReport };

/** How a running portal answers the command: progress, one line at a time, then the result. */
export const commandLineSchema = z.union([
  z.object({ doing: z.enum(["people", "evidence"]), done: z.number(), of: z.number() }),
  z.object({ code: z.enum(["checked", "done", "faulty", "many-leave", "changed"]), report: importReportSchema }),
  z.object({ problem: z.string() }),
]);

/** Whether the token of a command, run beside the portal, is valid. */
export const mayImportByCommand = (token: string): boolean =>
  isCommandToken("people-import", readAuthSecret(getEnv()), token, clock.now());

/**
 * Checks a list of people and imports it. No permission is needed: whoever runs the command has access to the database.
 * @returns null if the portal does not serve the body; `problem`: why the list was not read
 */
export async function importByCommand(
  bytes: Uint8Array,
  { isCheck, manyMayLeave, body }: ImportCommandOptions,
  onProgress: OnProgress,
): Promise<ImportCommandResult | { problem: string } | null> {
  const bodies = (await listImportBodies()).filter(({ slug }) => body === null || slug === body);
  if (bodies.length === 0) return null;
  const scope = { bodies, actorId: null };
  try {
    if (isCheck) return { code: "checked", report: await checkList(bytes, scope) };
    const result = await importList(bytes, scope, { manyMayLeave, onProgress });
    if (result.code === "closed") throw new Error("The command waits for nobody.");
    return result;
  } catch (error) {
    if (error instanceof ReadersBusy) return { problem: error.message };
    throw error;
  }
}

export interface Grant {
  email: string;
  role: Role;
  /** For adding somebody who is not in the directory yet. */
  newPerson: { body: string; employer: string; name: string } | null;
}

export type GrantResult =
  | { code: "granted"; person: PersonRecord; isNew: boolean }
  | { code: "has-it"; person: PersonRecord }
  | { code: "left"; person: PersonRecord }
  /** Not in the directory, and there are no details to add them with. */
  | { code: "unknown" };

/**
 * Gives somebody a role, by command: this is how a portal gets its first administrator. No permission is needed:
 * whoever runs it has access to the database.
 * @param grant.email already passed through `normaliseEmail` and `emailProblem`
 */
export const grantRole = async ({ email, role, newPerson }: Grant): Promise<GrantResult> =>
  untilUnique("Person", () =>
    transact(async (tx): Promise<Change<GrantResult>> => {
      const found = await findPersonByEmail(tx, email);
      if (found?.status === "left") return { result: { code: "left", person: found }, evidence: [] };
      if (found?.roles.includes(role)) return { result: { code: "has-it", person: found }, evidence: [] };
      if (!found && !newPerson) return { result: { code: "unknown" }, evidence: [] };
      const changedBy = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
      const done = found
        ? await changePerson(tx, { body: found.body, personId: found.id }, { roles: [...found.roles, role] }, changedBy)
        : newPerson &&
          (await addPerson(tx, newPerson.body, { ...NEW_PERSON, ...newPerson, email, roles: [role] }, changedBy));
      const person = await findPersonByEmail(tx, email);
      if (!done || done === "last-administrator" || !person) return { result: { code: "unknown" }, evidence: [] };
      const evidence = done.evidence.map((event) => ({ ...event, data: { ...event.data, by: "command" } }));
      return { result: { code: "granted", person, isNew: !found }, evidence, notices: done.notices };
    }),
  );
