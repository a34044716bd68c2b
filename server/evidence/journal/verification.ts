import { ChainCheck, type ChainFault, type ChainHead } from "#domain/evidence/journal/chain.ts";
import type { TreeCheck } from "#domain/evidence/head/merkle.ts";
import type { Tx } from "#server/base/db/database.ts";
import { makeTreeCheck } from "#server/evidence/head/queries.ts";
import { findLooseDetail, listBodiesWithEvidence, listChain } from "./journal-repository.ts";
import { sha256 } from "./repository.ts";

const ROWS_AT_ONCE = 1000;

export interface ChainReport {
  body: string;
  /** The last valid row; its position is also the number of valid rows. */
  head: ChainHead;
  /** How many of those had their text erased. */
  erased: number;
  fault: ChainFault | null;
}

/** A head of a body's chain noted earlier, outside the database. */
export type KnownHead = ChainHead & { body: string };

/**
 * Checks the chains of all bodies from their first rows on, a page at a time, and that they come to every head that was
 * published or that a witness saw. Only reads; rows added meanwhile are
 * checked too.
 * @returns a report for each body that has evidence or a noted head; by slug
 */
export async function verifyChains(tx: Tx, known: readonly KnownHead[] = []): Promise<ChainReport[]> {
  const bodies = new Set([...(await listBodiesWithEvidence(tx)), ...known.map(({ body }) => body)]);
  const reports: ChainReport[] = [];
  for (const body of [...bodies].sort()) {
    const ofBody = known.filter((head) => head.body === body);
    reports.push(await verifyChain(tx, body, ofBody));
  }
  return reports;
}

async function verifyChain(tx: Tx, body: string, known: readonly ChainHead[]): Promise<ChainReport> {
  const check = new ChainCheck(body, sha256, known);
  const tree = await makeTreeCheck(tx, body);
  const fault = (await checkRows(tx, body, check, tree)) ?? check.end() ?? (await checkDetails(tx, body));
  return { body, head: check.verified, erased: check.erased, fault };
}

async function checkRows(tx: Tx, body: string, check: ChainCheck, tree: TreeCheck): Promise<ChainFault | null> {
  let after: number | null = null;
  for (;;) {
    const page = await listChain(tx, body, after, ROWS_AT_ONCE);
    for (const { row, detail } of page) {
      const fault = check.next(row, detail);
      const problem = fault === null ? tree.next(row.hash) : null;
      if (fault || problem !== null) return fault ?? { body, position: row.position, problem: problem ?? "" };
      after = row.position;
    }
    if (page.length < ROWS_AT_ONCE) break;
  }
  const problem = tree.end();
  return problem === null ? null : { body, position: (after ?? 0) + 1, problem };
}

async function checkDetails(tx: Tx, body: string): Promise<ChainFault | null> {
  const position = await findLooseDetail(tx, body);
  return position === null ? null : { body, position, problem: "there is a text for it, but the row is missing" };
}
