/** Who sees a report, who handles it, and who is notified (docs/design.md, "People and permissions"; S2.24, S3.52). */
import { type Actor, can, ownRoles } from "#domain/access/permission/permission.ts";

/** The parts of a report that decide who sees and handles it. */
export interface Reported {
  body: string;
  reporterId: string;
  /** The line manager at the time, who was notified. */
  managerId: string | null;
  /** It is about a governance officer: none of them is notified or sees it. */
  isKeptFromOfficers: boolean;
  /** The line manager it is about; null if it is not about one. */
  keptFromId: string | null;
  /** Whether the senior information risk owner was asked to handle it, from the start or because nobody opened it. */
  isWithSenior: boolean;
  /** People who were given something to do after it. */
  ownerIds: readonly string[];
}

/**
 * `handler`: sees the whole case and decides. `manager`: sees what was reported. `reporter`: sees their own report.
 * `owner`: sees only what they were given to do.
 */
export type IncidentRelation = "reporter" | "handler" | "manager" | "owner";

type Reader = Pick<Actor, "personId" | "roles" | "standsInAs" | "body">;

/**
 * Somebody's relation to a report; null for people it does not concern. Nobody handles their own report, whatever their
 * roles.
 */
export function incidentRelationOf(actor: Reader, reported: Reported): IncidentRelation | null {
  if (actor.body !== reported.body) return null;
  if (actor.personId === reported.reporterId) return "reporter";
  if (actor.personId === reported.keptFromId) return null;
  if (can(actor, "incident.handle", reported)) {
    if (actor.roles.includes("governance-officer") && !reported.isKeptFromOfficers) return "handler";
    // An officer who stands in for the senior owner does not see what is kept from officers.
    const isOfficer = ownRoles(actor).includes("governance-officer");
    const isSenior = (reported.isKeptFromOfficers && isOfficer ? ownRoles(actor) : actor.roles).includes(
      "senior-information-risk-owner",
    );
    if (isSenior && reported.isWithSenior) return "handler";
  }
  if (actor.personId === reported.managerId) return "manager";
  return reported.ownerIds.includes(actor.personId) ? "owner" : null;
}

export interface PeopleInReach {
  reporterId: string;
  /** The manager of the reporter's team; null if there is none. */
  managerId: string | null;
  officerIds: readonly string[];
  seniorIds: readonly string[];
}

/**
 * Who is notified of a new report. Reporters are never notified of their own report. If that, or the people it is
 * about, leaves nobody to handle it, the senior information risk owner is asked.
 * @param tellsManager whether the line manager is notified of this kind
 */
export function reportRecipients(
  { reporterId, managerId, officerIds, seniorIds }: PeopleInReach,
  { tellsManager, notToTell }: { tellsManager: boolean; notToTell: readonly string[] },
) {
  const manager = tellsManager && !notToTell.includes("manager") && managerId !== reporterId ? managerId : null;
  const officers = notToTell.includes("officer") ? [] : officerIds.filter((id) => id !== reporterId);
  // Somebody excluded as a manager is not notified in another role either.
  const mayKnow = (id: string) => id !== reporterId && !(notToTell.includes("manager") && id === managerId);
  const informed = officers.filter(mayKnow);
  const isSeniorAsked = informed.length === 0 || officerIds.includes(reporterId);
  // The senior owner is asked to handle it if no officer is left who may, or if the reporter is an officer.
  return { managerId: manager, officerIds: informed, seniorIds: isSeniorAsked ? seniorIds.filter(mayKnow) : [] };
}
