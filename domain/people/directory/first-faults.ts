import type { RowFault } from "./import-row.ts";

/** How many faults of a list are stored and shown. */
export const MOST_FAULTS = 1000;

/**
 * The faults in a list: the first thousand by row, and the total. A list of a hundred thousand rows may have several in
 * each, and nobody reads them all.
 */
export class FirstFaults {
  #count = 0;
  #kept: RowFault[] = [];

  /** The total. */
  get count(): number {
    return this.#count;
  }

  push(fault: RowFault): void {
    this.#count++;
    this.#kept.push(fault);
    if (this.#kept.length >= 2 * MOST_FAULTS) this.#kept = this.list();
  }

  /** By row; those of one row in the order found. */
  list(): RowFault[] {
    return this.#kept.sort((a, b) => a.row - b.row).slice(0, MOST_FAULTS);
  }
}
