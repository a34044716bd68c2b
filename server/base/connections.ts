import type { DutyRole } from "#domain/people/deputy/stand-in.ts";
import type { Role } from "#domain/access/permission/permission.ts";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Tx } from "#server/base/db/database.ts";
import { shared } from "./process-shared.mjs";

/** The consequences of an action: what to record in its journal, and whom to notify of what. */
export interface Followed {
  evidence: EvidenceEvent[];
  notices: Notice[];
}

/**
 * What a noun above the directory does, in the same transaction, when somebody leaves, moves or comes back. The
 * directory knows none of them: server/shell/connect-rooms.ts registers them at the start.
 */
export interface PersonListener {
  /** @returns with `groups`, how many chat groups they are to be removed from */
  onLeaving?(
    tx: Tx,
    person: { body: string; personId: string },
    changedBy: ChangedBy & { reason: "left" | "changed-role" },
  ): Promise<Followed & { groups: number }>;
  /** Somebody who stays has lost roles. */
  onLosingRoles?(
    tx: Tx,
    person: { body: string; personId: string; lost: readonly Role[] },
    changedBy: ChangedBy,
  ): Promise<Followed>;
  /** Somebody has been away for so long that their duties go to others, until they are back. */
  onAway?(tx: Tx, person: { body: string; personId: string }, changedBy: ChangedBy): Promise<Followed>;
  /** Somebody who was recorded as having left is back. */
  onReturning?(tx: Tx, person: { body: string; personId: string }, changedBy: ChangedBy): Promise<Followed>;
  /**
   * Ids of those for whom leaving or returning has consequences, so that a list of many people can skip the rest;
   * with `among`, only of these.
   */
  listConcerned?(tx: Tx, body: string, among?: readonly string[]): Promise<ReadonlySet<string>>;
  /** Once after all changes to people in a body. */
  afterChanges?(tx: Tx, body: string, changedBy: ChangedBy): Promise<Followed>;
}

/**
 * Whether a hold forbids somebody to delete something of their own now, even if it is being placed at this moment: one on
 * them, on the group that it is about, or on people and words in its texts.
 */
export type DeletionGuard = (
  tx: Tx,
  person: { body: string; personId: string },
  about: { groupId: string | null; texts: readonly string[] },
) => Promise<boolean>;

/** Who gets a mail; null if they have left or may not use the portal. */
export type RecipientFinder = (personId: string) => Promise<{ name: string; email: string } | null>;

/** The registered chat groups that somebody administers. */
export type AdministeredGroups = (
  person: { body: string; personId: string },
  tx?: Tx,
) => Promise<readonly { id: string; reference: string; name: string }[]>;

/** What is open and waits for roles of a body, in words such as "2 open cases"; not within a transaction. */
export type OpenDuties = (body: string, roles: readonly DutyRole[]) => Promise<string[]>;

/** What lower rooms ask of higher ones, or tell them. */
export interface Connections {
  person: readonly PersonListener[];
  isDeletionHeld: DeletionGuard;
  findRecipient: RecipientFinder;
  listAdministeredGroups: AdministeredGroups;
  listOpenDuties: OpenDuties;
}

declare global {
  interface ProcessShared {
    connections?: Connections;
  }
}

/** Registers them, replacing any earlier ones: when the portal, a command or a test file starts. */
export function setConnections(connections: Connections): void {
  shared.connections = connections;
}

/** @throws Error if nothing was registered: an action would silently lose its consequences */
export function getConnections(): Connections {
  if (!shared.connections) throw new Error("The rooms of server are not connected: call connectRooms() at the start.");
  return shared.connections;
}
