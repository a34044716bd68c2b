/** The hash chain over a body's evidence: each row carries the hash of the one before it (DESIGN, "Data"). */

/** One row of the journal as it is stored. */
export interface EvidenceRow {
  body: string;
  position: number;
  event: string;
  at: Date;
  actor: string;
  subject: string;
  policy: string | null;
  version: string | null;
  contentHash: string | null;
  data: string;
  commitment: string | null;
  previousHash: string;
  hash: string;
}

export interface EvidenceDetailRow {
  body: string;
  position: number;
  salt: string;
  detail: string;
}

/** The previous hash of a chain's first row. */
export const CHAIN_START = "0".repeat(64);

/** SHA-256 of a text in UTF-8, hexadecimal; handed in, because `domain` computes with nothing of the machine. */
export type Sha256 = (text: string) => string;

/**
 * The text whose SHA-256 is a row's hash: a JSON array of its columns in this order, the time as ISO 8601 in UTC with
 * milliseconds. Anybody can compute it again with a JSON library and a hash function.
 */
export function textToHash(row: Omit<EvidenceRow, "hash">): string {
  return JSON.stringify([
    ...[1, row.body, row.position, row.event, row.at.toISOString(), row.actor, row.subject],
    ...[row.policy, row.version, row.contentHash, row.data, row.commitment, row.previousHash],
  ]);
}

/** The text whose SHA-256 is the commitment to a detail. */
export function textToCommit(salt: string, detail: string): string {
  return JSON.stringify([1, salt, detail]);
}

export interface ChainHead {
  position: number;
  hash: string;
}

/** What is wrong with the first bad row of a chain. */
export interface ChainFault {
  body: string;
  position: number;
  problem: string;
}

/** Checks rows as they come, in the order of their positions; memory does not grow with the chain. */
export class ChainCheck {
  private head: ChainHead = { position: 0, hash: CHAIN_START };

  constructor(
    private readonly body: string,
    private readonly sha256: Sha256,
  ) {}

  /** The last row that was right. */
  get verified(): ChainHead {
    return this.head;
  }

  /** @returns what is wrong with this row, or null and the chain goes on */
  next(row: EvidenceRow, detail: EvidenceDetailRow | undefined): ChainFault | null {
    const fault = (problem: string): ChainFault => ({ body: this.body, position: this.head.position + 1, problem });
    if (row.position !== this.head.position + 1) return fault(`the row is missing; the next one is ${row.position}`);
    if (row.previousHash !== this.head.hash)
      return fault("it does not carry the hash of the row before it: rows were removed, added or put in another order");
    if (row.hash !== this.sha256(textToHash(row))) return fault("its content does not match its hash: it was changed");
    if (detail && row.commitment !== this.sha256(textToCommit(detail.salt, detail.detail)))
      return fault("the text beside it does not match its commitment: it was changed");
    this.head = { position: row.position, hash: row.hash };
    return null;
  }
}
