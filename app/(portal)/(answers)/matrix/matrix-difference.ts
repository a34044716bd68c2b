import type { MatrixPicture } from "./matrix-picture.ts";

/** What a screen reader announces after a change. */
export function differenceInWords(before: MatrixPicture, after: MatrixPicture): string {
  const { rows, columns, cells } = after;
  if (before.rows.name !== rows.name || before.columns.name !== columns.name)
    return `The rows are now “${rows.ask}”, the columns “${columns.ask}”.`;
  const all = cells.flat();
  const old = before.cells.flat();
  const changed = all.filter(({ cell }, at) => JSON.stringify(cell.split) !== JSON.stringify(old[at]?.cell.split));
  if (changed.length === 0) return `No verdict changed in the ${all.length} cells.`;
  return `${changed.length} of ${all.length} cells changed.`;
}
