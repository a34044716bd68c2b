import type { RowFault } from "./import-row.ts";

/** As many faults of a list are kept and shown. */
export const MOST_FAULTS = 1000;

/**
 * The faults of a list: the first thousand by row, and how many there are. A list of a hundred thousand rows may have
 * several in each, and nobody reads them all.
 */
export class FirstFaults {
  #count = 0;
  #kept: RowFault[] = [];

  /** How many there are. */
  get count(): number {
    return this.#count;
  }

  push(fault: RowFault): void {
    this.#count++;
    this.#kept.push(fault);
    if (this.#kept.length >= 2 * MOST_FAULTS) this.#kept = this.list();
  }

  /** By row; those of one row as they were found. */
  list(): RowFault[] {
    return this.#kept.sort((a, b) => a.row - b.row).slice(0, MOST_FAULTS);
  }
}
