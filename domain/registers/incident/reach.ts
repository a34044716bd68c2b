/** Who sees a report, who handles it, and whom it is told to (docs/design.md, "People and permissions"; S2.24, S3.52). */
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";

/** Of a report, what decides who is what to it. */
export interface Reported {
  body: string;
  reporterId: string;
  /** The line manager who was told, at that time. */
  managerId: string | null;
  /** It is about a governance officer: none of them is told or sees it. */
  isKeptFromOfficers: boolean;
  /** The line manager whom it is about; null where it is about none. */
  keptFromId: string | null;
  /** The senior information risk owner was asked to handle it, from the start or because nobody opened it. */
  isWithSenior: boolean;
}

/** `handler`: sees the whole case and decides. `manager`: sees what was reported. `reporter`: sees their own report. */
export type IncidentRelation = "reporter" | "handler" | "manager";

type Reader = Pick<Actor, "personId" | "roles" | "body">;

/** What somebody is to a report; null for those whom it does not concern. Nobody handles their own report, whatever their roles. */
export function incidentRelationOf(actor: Reader, reported: Reported): IncidentRelation | null {
  if (actor.body !== reported.body) return null;
  if (actor.personId === reported.reporterId) return "reporter";
  if (actor.personId === reported.keptFromId) return null;
  if (can(actor, "incident.handle", reported)) {
    if (actor.roles.includes("governance-officer") && !reported.isKeptFromOfficers) return "handler";
    if (actor.roles.includes("senior-information-risk-owner") && reported.isWithSenior) return "handler";
  }
  return actor.personId === reported.managerId ? "manager" : null;
}

export interface PeopleInReach {
  reporterId: string;
  /** Who manages the reporter's team; null where nobody does. */
  managerId: string | null;
  officerIds: readonly string[];
  seniorIds: readonly string[];
}

export interface ReportRecipients {
  managerId: string | null;
  officerIds: string[];
  /** Asked to handle it: where no officer is left who may, or where the reporter is an officer. */
  seniorIds: string[];
}

/**
 * Whom a new report is told to. The reporter is never told of their own report; where that, or whom it is about, leaves
 * nobody who could handle it, the senior information risk owner is asked.
 * @param tellsManager whether this kind is told to the line manager
 */
export function reportRecipients(
  { reporterId, managerId, officerIds, seniorIds }: PeopleInReach,
  { tellsManager, notToTell }: { tellsManager: boolean; notToTell: readonly string[] },
): ReportRecipients {
  const manager = tellsManager && !notToTell.includes("manager") && managerId !== reporterId ? managerId : null;
  const officers = notToTell.includes("officer") ? [] : officerIds.filter((id) => id !== reporterId);
  // Somebody who is kept out as a manager is not told in another role either.
  const mayKnow = (id: string) => id !== reporterId && !(notToTell.includes("manager") && id === managerId);
  const informed = officers.filter(mayKnow);
  const isSeniorAsked = informed.length === 0 || officerIds.includes(reporterId);
  return { managerId: manager, officerIds: informed, seniorIds: isSeniorAsked ? seniorIds.filter(mayKnow) : [] };
}
