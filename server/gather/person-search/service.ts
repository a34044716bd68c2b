import { type Actor, can, rolesSchema } from "#domain/access/permission/permission.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/form-values.ts";
import { mapTexts, textsIn } from "#domain/gather/retention/doubt.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { exportOwnData } from "#server/gather/own-data/queries.ts";
import { listEntriesNaming, listEntriesOf, type EntryPlace } from "#server/gather/retention/mention-queries.ts";
import { prepareRedactor, readableBy, soughtOf } from "./queries.ts";
import { findSearched, listHiddenReferences } from "./repository.ts";

export type PackResult =
  | {
      code: "made";
      /** All about one person, without the names of others. */
      pack: unknown;
      /** For the officer alone: what has to be looked at before the pack is handed out. */
      toCheck: { mayBeNames: string[]; mayNameThem: Pick<EntryPlace, "place" | "reference">[] };
    }
  | { code: "invalid"; problems: readonly FieldProblem[] }
  | { code: "not-found" };

const LONGEST_PURPOSE = 200;

/**
 * Puts together all that the portal holds about somebody of the body, leavers included: their own entries, and what
 * others wrote that surely names them, with the names of others replaced. Evidence says who made it and what for. What
 * is private to them (kept results, typed forms, sessions) and reports that are kept from the actor stay out.
 */
export async function makeSubjectPack(actor: Actor, personId: string, purpose: string): Promise<PackResult> {
  const tx = getDatabase();
  const person = can(actor, "person.search-registers", actor) ? await findSearched(tx, actor.body, personId) : null;
  if (!person) return { code: "not-found" };
  const problems = textProblems("purpose", purpose, "Say what it is for.", LONGEST_PURPOSE);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const sought = await soughtOf(tx, person);
  const isShown = await readableBy(tx, actor);
  const naming = (await listEntriesNaming(tx, actor.body, sought)).filter(isShown);
  const entries = (await listEntriesOf(tx, person.id)).filter(isShown);
  const hidden = await listHiddenReferences(tx, actor.body, actor.personId);
  const own = await exportOwnData(
    { ...person, roles: rolesSchema.parse(person.roles), personId: person.id, team: person.teamId },
    [],
  );
  const { receipts: _kept, formInput: _typed, sessions: _sessions, taskCalendar: _feed, ...shared } = own;
  const whole = {
    ...shared,
    exportedAt: at,
    entries: entries.map(({ place, column, reference }) => ({ place, as: column.replace(/Id$/, ""), reference })),
    writtenByOthers: naming
      .filter(({ isSure }) => isSure)
      .map(({ place, reference, texts }) => ({ place, reference, texts })),
  };
  const data: unknown = without(JSON.parse(JSON.stringify(whole)), hidden);
  const { redact, doubtful } = await prepareRedactor(person, sought, textsIn(data));
  const pack = mapTexts(data, redact);
  const mayNameThem = naming.filter(({ isSure }) => !isSure).map(({ place, reference }) => ({ place, reference }));
  const counts = { writtenByOthers: whole.writtenByOthers.length, doubtful: doubtful.size + mayNameThem.length };
  const event = { body: actor.body, event: "subject-pack.made", at, actor: actor.personId } as const;
  const evidence = [{ ...event, subject: person.id, data: counts, detail: { purpose } }];
  await transact(() => Promise.resolve({ result: undefined, evidence }));
  return { code: "made", pack, toCheck: { mayBeNames: [...doubtful].sort(), mayNameThem } };
}

/** A value without the parts of its lists that name one of these references. */
function without(value: unknown, references: readonly string[]): unknown {
  if (references.length === 0 || value === null || typeof value !== "object") return value;
  const names = (part: unknown) => textsIn(part).some((text) => references.some((one) => text.includes(one)));
  if (Array.isArray(value)) return value.filter((part) => !names(part)).map((part) => without(part, references));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, without(part, references)]));
}
