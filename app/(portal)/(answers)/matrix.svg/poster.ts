import { create } from "xmlbuilder2";
import type { XMLBuilder } from "xmlbuilder2/lib/interfaces.js";
import { DEPENDS_SHAPE, type ShapePart, VERDICT_SHAPES } from "#app/(portal)/(policy)/_verdict/verdict-shape.ts";
import type { Verdict } from "#domain/policy/decision/verdict.ts";

export interface PosterCell {
  /** Null if it depends. */
  verdict: Verdict | null;
  /** The word for it; null if it depends. */
  word: string | null;
  /** Below the verdict, in small type. */
  notes: readonly string[];
  /** Below them, emphasised. */
  marks: readonly string[];
}

export interface Poster {
  /** Above the heading: which policy. */
  kicker: string;
  heading: string;
  /** The assumptions, one paragraph each. */
  assumptions: readonly string[];
  corner: string;
  columns: readonly string[];
  rows: readonly { label: string; cells: readonly PosterCell[] }[];
  /** At the foot: version, dates, address, fingerprint, one paragraph each. */
  foot: readonly string[];
}

const FACE = "Atkinson Hyperlegible Next, Atkinson Hyperlegible, Arial, Helvetica, sans-serif";
const INK = "#17202e";
const SOFT = "#4a5361";
/** Dark on a light background, so that it also reads well in black and white. */
const COLOURS: Record<Verdict | "depends", { ink: string; field: string }> = {
  never: { ink: "#9f1d24", field: "#fbe7e5" },
  "exception-only": { ink: "#6d2a72", field: "#f4e7f6" },
  "via-communications": { ink: "#1b4f94", field: "#e4edfb" },
  discouraged: { ink: "#7d4700", field: "#fdeed3" },
  "with-care": { ink: "#0a6259", field: "#dbf2ed" },
  allowed: { ink: "#256b2b", field: "#e2f4dc" },
  "not-covered": { ink: "#4a4f58", field: "#eceef0" },
  depends: { ink: INK, field: "#f1efe7" },
};

const [LONG_MM, SHORT_MM] = [420, 297];
const LINE = 1.28;

/** A piece of text in one size: its lines, and the space they take. */
type Block = { lines: string[]; size: number; isBold: boolean; height: number };

/** The layout, on a sheet some units wide and high. */
type Layout = ReturnType<typeof layOut>;

/**
 * A matrix as a poster: a self-contained A3 SVG, portrait or landscape, whichever gives the larger letters. The sheet
 * is laid out in units that shrink until everything fits, so nothing is ever cut off.
 */
export function drawPoster(poster: Poster): string {
  const candidates = [fit(poster, LONG_MM, SHORT_MM), fit(poster, SHORT_MM, LONG_MM)].sort((a, b) => a.scale - b.scale);
  const [{ layout, mm } = fit(poster, LONG_MM, SHORT_MM)] = candidates;
  const svg = create({ version: "1.0", encoding: "UTF-8" }).ele("http://www.w3.org/2000/svg", "svg", {
    width: `${mm.width}mm`,
    height: `${mm.height}mm`,
    viewBox: `0 0 ${round(layout.width)} ${round(layout.height)}`,
    "font-family": FACE,
    fill: INK,
    lang: "en-GB",
  });
  svg.ele("title").txt(clean(`${poster.heading} ${poster.kicker}`));
  svg.ele("rect", { width: "100%", height: "100%", fill: "#ffffff" });
  draw(svg, poster, layout);
  return svg.doc().end({ prettyPrint: true });
}

function fit(poster: Poster, widthMm: number, heightMm: number) {
  for (let scale = 0.7; ; scale *= 1.03) {
    const layout = layOut(poster, widthMm * scale, heightMm * scale, scale);
    if (layout.spare >= 0 && (layout.isWhole || scale > SMALLEST))
      return { layout, scale, mm: { width: widthMm, height: heightMm } };
  }
}

/** Letters shrink to this fraction of a comfortable size before a long word is split. */
const SMALLEST = 3;

function layOut(poster: Poster, width: number, height: number, scale: number) {
  const large = Math.sqrt(scale); // headings shrink less than cells
  const margin = 14 * scale;
  const inner = width - 2 * margin;
  const labelWidth = Math.min(inner * 0.24, 75 * large, (1.6 * inner) / (poster.columns.length + 1));
  const cellWidth = (inner - labelWidth) / poster.columns.length;
  let isWhole = true;
  const text = (words: string, room: number, size: number, isBold = false): Block => {
    const lines = wrapText(clean(words), room / size, isBold);
    isWhole &&= lines.join(" ") === clean(words).trim().replaceAll(/\s+/g, " ");
    return { lines, size, isBold, height: lines.length * size * LINE };
  };
  const inCell = cellWidth - GAP - 2 * PAD;
  const columns = poster.columns.map((label) => text(label, inCell, 5.4, true));
  const corner = text(poster.corner, labelWidth - PAD, 4.4);
  const rows = poster.rows.map(({ label, cells }) => {
    const labelBlock = text(label, labelWidth - PAD, 5.4, true);
    const blocks = cells.map(({ word, notes, marks }) => ({
      verdict: text(word ?? "Depends on:", inCell - MARK - 1.5, 5.4, true),
      notes: notes.map((note) => text(note, inCell, 4.2)),
      marks: marks.map((mark) => text(mark, inCell, 4.2, true)),
    }));
    const heights = blocks.map(
      ({ verdict, notes, marks }) => Math.max(verdict.height, MARK) + tall([...notes, ...marks]) + 2 * PAD,
    );
    return { label: labelBlock, cells: blocks, height: Math.max(labelBlock.height + 2 * PAD, ...heights) + GAP };
  });
  const kicker = text(poster.kicker, inner, 6 * large);
  const heading = text(poster.heading, inner, 12 * large, true);
  const assumptions = poster.assumptions.map((words) => text(words, inner, 5.4 * large));
  const areWordsWhole = isWhole; // an address or a fingerprint may be split
  const foot = poster.foot.map((words) => text(words, inner, 3.9 * large));
  const columnsHeight = Math.max(corner.height, ...columns.map((block) => block.height)) + 3;
  const used =
    kicker.height + heading.height + tall(assumptions) + 8 * large + columnsHeight + sum(rows.map((row) => row.height));
  const spare = height - 2 * margin - used - 6 * large - tall(foot);
  return {
    width,
    height,
    margin,
    labelWidth,
    cellWidth,
    kicker,
    heading,
    assumptions,
    corner,
    columns,
    rows,
    columnsHeight,
    foot,
    /** Remaining height; negative if it does not fit. */
    spare,
    /** Whether no word had to be split. */
    isWhole: areWordsWhole,
  };
}

/** Space between cells and inside them, and the side of a mark. */
const [GAP, PAD, MARK] = [2, 3, 7];
/** Cells are not stretched beyond this multiple of what they need. */
const MOST_STRETCHED = 1.2;

function draw(svg: XMLBuilder, poster: Poster, layout: Layout): void {
  const { margin, labelWidth, cellWidth, rows, columnsHeight } = layout;
  const write = (x: number, y: number, block: Block, fill: string = INK): number => {
    block.lines.forEach((line, at) => {
      svg
        .ele("text", {
          x: round(x),
          y: round(y + (at + 0.95) * block.size * LINE - (LINE - 1) * block.size * 0.5),
          fill,
          "font-size": round(block.size),
          ...(block.isBold && { "font-weight": 700 }),
        })
        .txt(line);
    });
    return y + block.height;
  };
  let y = write(margin, margin, layout.kicker, SOFT);
  y = write(margin, y, layout.heading) + 1.5;
  for (const block of layout.assumptions) y = write(margin, y, block);
  y += 5;
  write(margin, y + columnsHeight - 3 - layout.corner.height, layout.corner, SOFT);
  layout.columns.forEach((block, at) =>
    write(margin + labelWidth + at * cellWidth + PAD, y + columnsHeight - 3 - block.height, block),
  );
  y += columnsHeight;
  const stretch = layout.spare / rows.length;
  rows.forEach((row, at) => {
    const height = row.height + Math.min(stretch, row.height * MOST_STRETCHED);
    write(margin, y + (height - GAP - row.label.height) / 2, row.label);
    row.cells.forEach((cell, index) => {
      const verdict = poster.rows[at]?.cells[index]?.verdict ?? null;
      const { ink, field } = COLOURS[verdict ?? "depends"];
      const x = margin + labelWidth + index * cellWidth;
      svg.ele("rect", {
        x: round(x),
        y: round(y),
        width: round(cellWidth - GAP),
        height: round(height - GAP),
        rx: 2,
        fill: field,
        stroke: ink,
        "stroke-width": 0.4,
      });
      const needed = Math.max(cell.verdict.height, MARK) + tall([...cell.notes, ...cell.marks]);
      const top = y + (height - GAP - needed) / 2;
      const word = Math.max(cell.verdict.height, MARK);
      drawMark(svg, verdict, x + PAD, top + (word - MARK) / 2);
      write(x + PAD + MARK + 1.5, top + (word - cell.verdict.height) / 2, cell.verdict, ink);
      let below = top + word;
      for (const block of [...cell.notes, ...cell.marks]) below = write(x + PAD, below, block);
    });
    y += height;
  });
  let foot = layout.height - margin - tall(layout.foot);
  for (const block of layout.foot) foot = write(margin, foot, block, SOFT);
}

function drawMark(svg: XMLBuilder, verdict: Verdict | null, x: number, y: number): void {
  const { ink, field } = COLOURS[verdict ?? "depends"];
  const group = svg.ele("g", { transform: `translate(${round(x)} ${round(y)}) scale(${round(MARK / 24)})` });
  const looks: Record<ShapePart["kind"], Record<string, string>> = {
    body: { fill: ink, stroke: ink },
    cut: { fill: "none", stroke: field },
    dot: { fill: field },
    line: { fill: "none", stroke: ink },
  };
  for (const { kind, d, width, dashes } of verdict === null ? DEPENDS_SHAPE : VERDICT_SHAPES[verdict])
    group.ele("path", {
      d,
      ...looks[kind],
      "stroke-width": width ?? 0,
      "stroke-linejoin": "round",
      ...(dashes ? { "stroke-dasharray": dashes } : { "stroke-linecap": "round" }),
    });
}

const tall = (blocks: readonly Block[]): number => sum(blocks.map(({ height }) => height));

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const round = (units: number): number => Math.round(units * 100) / 100;

/** Without the characters that XML does not allow in a text. */
const clean = (words: string): string =>
  words.replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").toWellFormed();

/** The font it measures with: the widest that may be substituted for ours. */
const WIDTHS: readonly (readonly [characters: RegExp, em: number])[] = [
  [/[ijlI.,:;'’‘|!()[\]]/u, 0.4],
  [/[ fr t“”"/-]/u, 0.46],
  [/[mwMW@%—]/u, 1.02],
  [/[A-Z&]/u, 0.78],
  [/[\p{ASCII}\p{Script=Latin}]/u, 0.65],
];
const WIDEST = 1.1;
const BOLD = 1.12;

/** The greatest width of a text, relative to its size. It may be shown in a different font from the intended one. */
export function widthOf(text: string, isBold = false): number {
  let em = 0;
  for (const character of text) em += widthOfCharacter(character);
  return isBold ? em * BOLD : em;
}

const known = new Map<string, number>();

function widthOfCharacter(character: string): number {
  const em = known.get(character) ?? WIDTHS.find(([characters]) => characters.test(character))?.[1] ?? WIDEST;
  if (known.size < 1000) known.set(character, em);
  return em;
}

/**
 * A text in lines no wider than `width` (relative to the size of the text). A word that is too wide on its own is
 * split, so nothing is ever cut off and no letters are lost.
 */
export function wrapText(text: string, width: number, isBold = false): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer, isBold) <= width) {
      line = longer;
      continue;
    }
    if (line !== "") lines.push(line);
    line = "";
    for (const character of word) {
      if (line !== "" && widthOf(line + character, isBold) > width) {
        lines.push(line);
        line = "";
      }
      line += character;
    }
  }
  return line === "" ? lines : [...lines, line];
}
