/** The hash chain over a body's evidence: each row carries the hash of the one before it (docs/design.md, "Data"). */

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
  const { before, between } = textAroundPlace(row);
  return `${before}${row.position}${between}${JSON.stringify(row.previousHash)}]`;
}

/** The parts of that text for whoever knows all but the row's place: before its position, and from there to the previous hash. */
export function textAroundPlace(row: Omit<EvidenceRow, "position" | "previousHash" | "hash">) {
  const columns = [
    row.event,
    row.at.toISOString(),
    row.actor,
    row.subject,
    row.policy,
    row.version,
    row.contentHash,
    row.data,
    row.commitment,
  ];
  return { before: `[1,${JSON.stringify(row.body)},`, between: `,${JSON.stringify(columns).slice(1, -1)},` };
}

/** The text whose SHA-256 is the commitment to a detail. */
export const textToCommit = (salt: string, detail: string): string => JSON.stringify([1, salt, detail]);

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

/** Checks the rows of one body as they come, in the order of their positions; memory does not grow with the chain. */
export class ChainCheck {
  private head: ChainHead = { position: 0, hash: CHAIN_START };
  private erasedCount = 0;

  /** @param known heads of this chain that were noted earlier, outside the database */
  constructor(
    private readonly body: string,
    private readonly sha256: Sha256,
    private readonly known: readonly ChainHead[] = [],
  ) {}

  /** The last row that was right. */
  get verified(): ChainHead {
    return this.head;
  }

  /** Rows, of those that were right, whose text was erased. */
  get erased(): number {
    return this.erasedCount;
  }

  /**
   * Takes the next row. After a fault there is nothing to go on from.
   * @param detail the text beside the row, where it has one that was not erased
   * @returns what is wrong with this row, or null and the chain goes on
   */
  next(row: EvidenceRow, detail: EvidenceDetailRow | undefined): ChainFault | null {
    const expected = this.head.position + 1;
    if (row.position < expected) return this.fault(row.position, "a row was added before the first one");
    if (row.position > expected) return this.fault(expected, `the row is missing; the next one is ${row.position}`);
    if (row.previousHash !== this.head.hash)
      return this.fault(
        expected,
        "it does not carry the hash of the row before it: rows were removed, added or put in another order",
      );
    if (Number.isNaN(row.at.getTime()) || row.hash !== this.sha256(textToHash(row)))
      return this.fault(expected, "its content does not match its hash: it was changed");
    if (detail && row.commitment !== this.sha256(textToCommit(detail.salt, detail.detail)))
      return this.fault(expected, "the text beside it does not match its commitment: it was changed or added");
    if (this.known.some(({ position, hash }) => position === expected && hash !== row.hash))
      return this.fault(
        expected,
        "its hash is not the one that was noted: the chain was written anew, here or further up",
      );
    this.head = { position: row.position, hash: row.hash };
    if (row.commitment !== null && !detail) this.erasedCount++;
    return null;
  }

  /** After the last row. @returns a fault where a head that was noted lies beyond it */
  end(): ChainFault | null {
    const first = this.known
      .map(({ position }) => position)
      .sort((a, b) => a - b)
      .find((at) => at > this.head.position);
    if (first === undefined) return null;
    return this.fault(
      this.head.position + 1,
      `the row is missing, and row ${first} was there when its hash was noted: the newest rows were cut off`,
    );
  }

  private fault(position: number, problem: string): ChainFault {
    return { body: this.body, position, problem };
  }
}
