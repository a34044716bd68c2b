import type { Verdict } from "#domain/policy/decision/verdict.ts";

/** Part of a mark, in a 24 × 24 square: its body, a line or dot cut out of it, or a line of its own. */
export interface ShapePart {
  kind: "body" | "cut" | "dot" | "line";
  d: string;
  /** Width of the line; for a body, of its outline. */
  width?: number;
  dashes?: string;
}

/** The shape of each verdict: all different, so that none depends on colour. */
export const VERDICT_SHAPES: Readonly<Record<Verdict, readonly ShapePart[]>> = {
  never: [
    { kind: "body", d: "M8.200 2h7.600L22 8.200v7.600L15.800 22H8.200L2 15.800V8.200z" },
    { kind: "cut", d: "M7 12h10", width: 2.6 },
  ],
  "exception-only": [
    { kind: "body", d: "M12 1.600 22.400 12 12 22.400 1.600 12z" },
    { kind: "dot", d: circle(12, 9.8, 2.5) },
    { kind: "cut", d: "M12 11.500v5", width: 2.3 },
  ],
  "via-communications": [
    { kind: "body", d: "M5 4h14a3 3 0 0 1 3 3v10a3 3 0 0 1-3 3H5a3 3 0 0 1-3-3V7a3 3 0 0 1 3-3z" },
    { kind: "cut", d: "M7 12h9m-3.600-4 4 4-4 4", width: 2.3 },
  ],
  discouraged: [
    { kind: "body", d: "M12 2.500 22.600 21H1.400z", width: 1.4 },
    { kind: "cut", d: "M12 9.200v5", width: 2.4 },
    { kind: "dot", d: circle(12, 17.7, 1.5) },
  ],
  "with-care": [
    { kind: "body", d: "M12 1.800 21 5v7c0 5-3.800 8.700-9 10.200C6.800 20.700 3 17 3 12V5z" },
    { kind: "cut", d: "m8 12 3 3 5.200-5.600", width: 2.4 },
  ],
  allowed: [
    { kind: "body", d: circle(12, 12, 10.2) },
    { kind: "cut", d: "m7.400 12.200 3.200 3.200 6-6.600", width: 2.4 },
  ],
  "not-covered": [
    { kind: "line", d: circle(12, 12, 9.6), width: 2.2, dashes: "4 3.200" },
    { kind: "line", d: "M8.500 12h7", width: 2.2 },
  ],
};

/** If several verdicts are possible: a fork in the road. */
export const DEPENDS_SHAPE: readonly ShapePart[] = [
  { kind: "line", d: "M3 12h6l6-6h5m-3-3 3 3-3 3M9 12l6 6h5m-3-3 3 3-3 3", width: 2.2 },
];

function circle(x: number, y: number, radius: number): string {
  return `M${x + radius} ${y}a${radius} ${radius} 0 1 1 ${-2 * radius} 0a${radius} ${radius} 0 1 1 ${2 * radius} 0z`;
}
