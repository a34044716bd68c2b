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
