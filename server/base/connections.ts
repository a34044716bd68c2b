import "server-only";
import type { ChangedBy } from "#domain/access/identity/person.ts";
import type { EvidenceEvent } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import type { Prisma } from "#server/base/db/generated/client.ts";
import { shared } from "./process-shared.mjs";

type Tx = Prisma.TransactionClient;

/** What follows from an act: for its journal, and whom to tell what. */
export interface Followed {
  evidence: EvidenceEvent[];
  notices: Notice[];
}

/**
 * What a noun above the directory does, in the same transaction, when somebody leaves, moves or comes back. The directory
 * knows none of them: server/shell/connect-rooms.ts names them at the start.
 */
export interface PersonListener {
  /** @returns with `groups`, how many chat groups they are to be taken out of */
  onLeaving?(
    tx: Tx,
    person: { body: string; personId: string },
    changedBy: ChangedBy & { reason: "left" | "changed-role" },
  ): Promise<Followed & { groups: number }>;
  /** Somebody is back who was said to have left. */
  onReturning?(tx: Tx, person: { body: string; personId: string }, changedBy: ChangedBy): Promise<Followed>;
  /** Ids of those for whom leaving or returning has consequences: lets a list of many people skip the others. */
  listConcerned?(tx: Tx, body: string): Promise<ReadonlySet<string>>;
  /** Once after all changes to people of a body. */
  afterChanges?(tx: Tx, body: string, changedBy: ChangedBy): Promise<Followed>;
}

/** Whether a hold forbids somebody to delete something of their own now, safe against one that is being placed. */
export type DeletionGuard = (tx: Tx, person: { body: string; personId: string }) => Promise<boolean>;

/** Who gets a mail; null where they have left, or may not use the portal. */
export type RecipientFinder = (personId: string) => Promise<{ name: string; email: string } | null>;

/** What lower rooms ask of higher ones, or tell them. */
export interface Connections {
  person: readonly PersonListener[];
  isDeletionHeld: DeletionGuard;
  findRecipient: RecipientFinder;
}

declare global {
  interface ProcessShared {
    connections?: Connections;
  }
}

/** Names them, in place of what was named: at the start of the portal, of a command, of a test file. */
export function setConnections(connections: Connections): void {
  shared.connections = connections;
}

/** @throws Error where nothing was named: an act would lose its consequences without a word */
export function getConnections(): Connections {
  if (!shared.connections) throw new Error("The rooms of server are not connected: call connectRooms() at the start.");
  return shared.connections;
}
