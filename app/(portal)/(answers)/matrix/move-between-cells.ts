const KEYS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"] as const;
const CELL = "td a[data-cell]";

/**
 * Arrow keys move between cells as they appear on the screen, table or list; Home and End to the ends of a row, with
 * Control to those of the table. Every cell stays a Tab stop.
 */
export function moveBetweenCells(event: React.KeyboardEvent<HTMLElement>): void {
  const key = KEYS.find((one) => one === event.key);
  const isAtEnds = key === "Home" || key === "End";
  if (!key || event.altKey || event.metaKey || event.shiftKey || (event.ctrlKey && !isAtEnds)) return;
  if (!(event.target instanceof Element)) return;
  const from = event.target.closest(CELL);
  const row = from?.closest("tr");
  if (!from || !row) return;
  const inRow = cellsIn(row);
  const all = cellsIn(event.currentTarget);
  const at = inRow.findIndex((cell) => cell === from);
  const ends = event.ctrlKey ? all : inRow;
  const to = {
    ArrowLeft: () => inRow[at - 1],
    ArrowRight: () => inRow[at + 1],
    ArrowUp: () => nearest(from, all, -1),
    ArrowDown: () => nearest(from, all, 1),
    Home: () => ends[0],
    End: () => ends.at(-1),
  }[key]();
  event.preventDefault(); // also at the edge: if the page suddenly scrolled, the reader would lose their place
  to?.focus();
}

/** The cells that are shown: not the links of a reason within one, nor the rows that a phone leaves out. */
const cellsIn = (part: Element): HTMLElement[] =>
  [...part.querySelectorAll<HTMLElement>(CELL)].filter((cell) => cell.getClientRects().length > 0);

/** The cell below (1) or above (-1) another: the nearest one in the next line. */
function nearest(from: Element, all: readonly HTMLElement[], direction: 1 | -1): HTMLElement | undefined {
  const own = from.getBoundingClientRect();
  const others = all.map((cell) => ({ cell, box: cell.getBoundingClientRect() }));
  const beyond = others
    .filter(({ box }) => (box.top - own.top) * direction > 1)
    .sort(
      (a, b) =>
        (a.box.top - b.box.top) * direction || Math.abs(a.box.left - own.left) - Math.abs(b.box.left - own.left),
    );
  const line = beyond[0]?.box.top ?? 0;
  return beyond
    .filter(({ box }) => Math.abs(box.top - line) <= 1)
    .sort((a, b) => Math.abs(a.box.left - own.left) - Math.abs(b.box.left - own.left))[0]?.cell;
}
