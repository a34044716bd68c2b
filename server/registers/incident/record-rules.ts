import { listHoldsOnDeletion } from "#server/registers/hold/deletion-queries.ts";
import { z } from "zod";
import { CASE_PARTS, type CaseAnswers, type CasePart } from "#domain/registers/incident/case.ts";
import { valuesSchema, type Values } from "#domain/registers/incident/field.ts";
import { HOLD_ANSWERS, type StandingHold } from "#domain/registers/hold/hold.ts";
import { deletionState, type DeletionState } from "#domain/registers/incident/deletion.ts";
import { INCIDENT_STEP_NAMES, type Answered, type IncidentStepName } from "#domain/registers/incident/step.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { IncidentRecord } from "./repository.ts";

/** An answer to one part, parsed. */
export interface Entry {
  part: string;
  position: number;
  at: Date;
  by: { id: string; name: string };
  values: Values;
}

/** All entries of a part, the oldest first. */
export const entriesOf = ({ entries }: IncidentRecord, part: IncidentStepName | CasePart): Entry[] =>
  entries
    .filter((entry) => entry.part === part)
    .sort((a, b) => a.position - b.position)
    .map(({ position, at, person, values }) => {
      return { part, position, at, by: { id: person.id, name: person.name }, values: valuesSchema.parse(values) };
    });

const latest = (record: IncidentRecord, part: IncidentStepName | CasePart) => entriesOf(record, part).at(-1)?.values;

/** The present answers to the steps of the report. */
export const answeredOf = (record: IncidentRecord): Answered =>
  Object.fromEntries(
    INCIDENT_STEP_NAMES.flatMap((step) => {
      const values = latest(record, step);
      return values ? [[step, values]] : [];
    }),
  );

/** The present answers to the parts of the case. */
export const caseAnswersOf = (record: IncidentRecord): CaseAnswers =>
  Object.fromEntries(
    CASE_PARTS.flatMap((part) => {
      const values = latest(record, part);
      return values ? [[part, values]] : [];
    }),
  );

/** Whether what was shared may be deleted now. @param holds those in force on the reporter and the group */
export async function deletionOf(record: IncidentRecord, holds: readonly StandingHold[]): Promise<DeletionState> {
  const { bodies } = await loadContent();
  const answer = z.enum(HOLD_ANSWERS).safeParse(latest(record, "hold")?.["hold"]).data ?? null;
  const ruling = z.enum(["delete", "keep"]).safeParse(latest(record, "ruling")?.["ruling"]).data ?? null;
  const waitsForOfficer = bodies.find(({ slug }) => slug === record.body)?.deleteOnlyWhenTold ?? false;
  return deletionState({ holds, answer, ruling, waitsForOfficer });
}

/** What a time of awareness changes in a case. With another deadline all its warnings are due again. */
export const awareFrom = (record: IncidentRecord, awareAt: Date): { awareAt: Date; warnedAtHours?: number[] } =>
  awareAt.getTime() === record.awareAt.getTime() ? { awareAt } : { awareAt, warnedAtHours: [] };

/** The report in the shape that `incidentRelationOf` needs. */
export function reportedOf(record: IncidentRecord) {
  const { body, reporterId, managerId, isKeptFromOfficers, keptFromId, withSeniorAt, actions } = record;
  return {
    body,
    reporterId,
    managerId,
    isKeptFromOfficers,
    keptFromId,
    isWithSenior: withSeniorAt !== null,
    ownerIds: actions.map(({ ownerId }) => ownerId),
  };
}

/** What a report and its case say, for whatever looks for people or words in them. */
export const textsOfReport = ({ entries }: IncidentRecord): string[] =>
  entries.flatMap(({ values }) => Object.values(valuesSchema.parse(values)).flat());

/** The holds in force on the reporter and the group of a report, and on what it names. */
export async function holdsOnReport(record: IncidentRecord): Promise<StandingHold[]> {
  const { body, reporterId: personId, groupId } = record;
  return listHoldsOnDeletion({ body, personId }, groupId, textsOfReport(record));
}
