/** One measurement as `npm run bench` prints it; every value is a cost, so lower is always better. */
export interface Line {
  /** The part, a slash, and what was measured: `decide/nao`. */
  name: string;
  value: number;
  /** Of both values. */
  unit: "µs" | "ms" | "bytes" | "points lost" | "shift";
  /** What it is compared with. */
  peer: string;
  peerValue: number;
  /** `value` divided by `peerValue`: below 1 we are cheaper. */
  ratio: number;
}

/** What can be chosen on the command line. */
export interface PartOptions {
  /** In the body of the parts `size` and `jobs`. */
  people: number;
}

/** Measures one part; passes on each line as soon as it is known. Throws an Error that says what is wrong. */
export type Part = (
  print: (line: Line) => void,
  say: (progress: string) => void,
  options: PartOptions,
) => Promise<void>;

/** The line for two values, rounded to a meaningful precision. */
export function lineOf({ value, peerValue, ...named }: Omit<Line, "ratio">): Line {
  return {
    name: named.name,
    value: rounded(value),
    unit: named.unit,
    peer: named.peer,
    peerValue: rounded(peerValue),
    ratio: rounded(value / peerValue),
  };
}

/** The median of some numbers; for an even number of them, the mean of the two in the middle. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((one, other) => one - other);
  const [below, above] = [sorted[Math.floor((sorted.length - 1) / 2)], sorted[Math.floor(sorted.length / 2)]];
  if (below === undefined || above === undefined) throw new Error("There is no median of nothing.");
  return (below + above) / 2;
}

function rounded(value: number): number {
  if (!Number.isFinite(value))
    throw new Error("A measurement came to nothing: the machine's clock is too coarse for it.");
  return Number.isInteger(value) ? value : Number(value.toPrecision(4));
}
