import "server-only";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { LONGEST_REQUEST_TEXT } from "#domain/policy/exception/request.ts";
import { textProblems } from "#domain/base/form/field-problem.ts";
import { clock } from "#server/base/clock.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { listPlaces } from "#server/people/deputy/queries.ts";
import { eventOf, type ExceptionCommandResult } from "./change.ts";
import { insertNote, listExceptionNotes } from "./note-repository.ts";
import { readNoteRights } from "./note-rules.ts";
import { lockException } from "./repository.ts";

/** Writes a note on a request, for those who decide. The same one sent twice is written once. */
export async function addExceptionNote(actor: Actor, reference: string, text: string): Promise<ExceptionCommandResult> {
  return transact(async (tx): Promise<Change<ExceptionCommandResult>> => {
    const places = await listPlaces(tx, actor.body);
    const request = await lockException(tx, actor.body, reference);
    if (!request || !(await readNoteRights(tx, actor, request, places)).mayWrite)
      return { result: { ok: false, code: "not-found" }, evidence: [] };
    const problems = textProblems("note", text, "Write the note.", LONGEST_REQUEST_TEXT);
    if (problems.length > 0) return { result: { ok: false, code: "refused", problems }, evidence: [] };
    const last = (await listExceptionNotes(tx, request.id)).at(-1);
    if (last?.text === text && last.by.personId === actor.personId) return { result: { ok: true }, evidence: [] };
    const at = clock.now();
    await insertNote(tx, { id: randomUUID(), exceptionId: request.id, at, personId: actor.personId, text });
    const event = eventOf(actor, request, "exception.noted", at, {}, { note: text });
    return { result: { ok: true }, evidence: [event] };
  });
}
