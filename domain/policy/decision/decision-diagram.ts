/**
 * Multi-valued decision diagrams, reduced and ordered: a function of some facts as a graph that stores equal parts only
 * once. The cost of a computation depends on the number of nodes, not on the number of situations (ADR 049).
 */

/** A node's number, or a leaf if below 0. Within one `Diagrams`, equal functions have equal refs. */
export type Ref = number;

/** The value if no condition holds. */
export const NONE = -1;

/** For each axis the index of the answer given, or OPEN. */
export type Digits = ArrayLike<number>;
export const OPEN = -1;

/** For each axis the answers for which something holds; null if any answer will do. */
export type Condition = readonly (readonly boolean[] | null)[];

/** With more nodes than this, working out a table would take seconds and hundreds of megabytes. */
const MOST_NODES = 250_000;

/** Combining several diagrams looks at more places than it makes nodes. */
const MOST_PAIRS = 2 * MOST_NODES;

/** Refs are between this and its negative, so that two fit into one number. */
const HALF = 2 ** 25;
const keyOf = (one: Ref, other: Ref) => (one + HALF) * 2 * HALF + other + HALF;

/** Too much to keep apart: the diagram of these rules has more than MOST_NODES nodes. */
export class DiagramLimitError extends RangeError {
  constructor() {
    super(
      `The rules depend on each other in more ways than can be kept apart (${MOST_NODES.toLocaleString("en-GB")}), so nothing can be proven of them. Use fewer facts in one set of rules, let rules that stand close to each other speak of the same facts, or split the policy in two.`,
    );
    this.name = "DiagramLimitError";
  }
}

/** Situations with the same value: for each axis the indexes of its answers, or null if it may have any. */
export interface Cube {
  value: number;
  answers: (readonly number[] | null)[];
}

/** Diagrams over the same axes, which share their nodes. */
export class Diagrams {
  /** Axis → level. */
  private readonly levels: readonly number[];
  private readonly levelOfNode: number[] = [];
  private readonly childrenOfNode: (readonly Ref[])[] = [];
  /** The axes that a node depends on, as one bit each; computed on demand. */
  private readonly axesOfNode: (bigint | undefined)[] = [];
  /** Hash table of the nodes: open addressing, at most half full, 0 for free, otherwise the node's number plus 1. */
  private places = new Int32Array(1024);
  private readonly cofactors = new Map<number, Ref>();

  /**
   * @param sizes for each axis the number of its answers
   * @param order the axes from the top of the diagram down; affects only the number of nodes
   * @param most adding a node beyond this many throws a DiagramLimitError
   */
  constructor(
    readonly sizes: readonly number[],
    readonly order: readonly number[] = [...sizes.keys()],
    private readonly most = MOST_NODES,
  ) {
    const levels = new Array<number>(sizes.length);
    order.forEach((axis, level) => (levels[axis] = level));
    this.levels = levels;
  }

  /** The function with the same value everywhere; from NONE up. */
  leaf(value: number): Ref {
    return -2 - value;
  }

  /** The value of a leaf; undefined for a node. */
  valueOf(ref: Ref): number | undefined {
    return ref < 0 ? -2 - ref : undefined;
  }

  /** The axis of a node, and where its answers lead; null for a leaf. */
  nodeAt(ref: Ref): { axis: number; children: readonly Ref[] } | null {
    return ref < 0 ? null : { axis: this.order[this.levelOf(ref)] ?? 0, children: this.children(ref) };
  }

  private levelOf(ref: Ref): number {
    return ref < 0 ? this.order.length : (this.levelOfNode[ref] ?? 0);
  }

  private children(ref: Ref): readonly Ref[] {
    return this.childrenOfNode[ref] ?? [];
  }

  private node(level: number, children: readonly Ref[]): Ref {
    const [first = this.leaf(NONE)] = children;
    if (children.every((child) => child === first)) return first;
    const place = this.placeOf(level, children);
    const same = this.places[place] ?? 0;
    if (same > 0) return same - 1;
    const made = this.levelOfNode.push(level) - 1;
    if (made >= this.most) throw new DiagramLimitError();
    this.childrenOfNode.push(children);
    this.places[place] = made + 1;
    if (made * 2 > this.places.length) this.spread();
    return made;
  }

  /** The slot of the node with these children, or a free one for it. */
  private placeOf(level: number, children: readonly Ref[]): number {
    let hash = level;
    for (const child of children) hash = Math.imul(hash ^ child, 0x9e3779b1) ^ (hash >>> 15);
    const last = this.places.length - 1;
    for (let place = hash & last; ; place = (place + 1) & last) {
      const found = (this.places[place] ?? 0) - 1;
      if (found < 0) return place;
      const others = this.children(found);
      if (this.levelOfNode[found] === level && children.every((child, at) => child === others[at])) return place;
    }
  }

  private spread(): void {
    this.places = new Int32Array(this.places.length * 2);
    this.levelOfNode.forEach((level, ref) => (this.places[this.placeOf(level, this.children(ref))] = ref + 1));
  }

  /**
   * The number of the first condition that holds, NONE if none does. Built from the top down; equal parts further down
   * are recognised by the set of conditions that can still be the first.
   * @throws DiagramLimitError
   */
  firstOf(conditions: readonly Condition[]): Ref {
    // Sets of conditions, one bit each.
    const bits = (holds: (condition: Condition) => boolean) =>
      conditions.reduce((set, condition, at) => (holds(condition) ? set | (1n << BigInt(at)) : set), 0n);
    const levels = this.order.map((axis, level) => ({
      speaks: bits((condition) => (condition[axis] ?? null) !== null),
      settled: bits((condition) => this.order.slice(level).every((other) => (condition[other] ?? null) === null)),
      allowed: Array.from({ length: this.sizes[axis] ?? 0 }, (_, answer) =>
        bits((condition) => condition[axis]?.[answer] ?? true),
      ),
      known: new Map<bigint, Ref>(),
    }));
    let places = 0;
    const build = (from: number, open: bigint): Ref => {
      if (open === 0n) return this.leaf(NONE);
      // Conditions after the first one that is certain to hold can no longer be the first.
      const sure = open & (levels[from]?.settled ?? open);
      const last = sure & -sure;
      const alive = sure === 0n ? open : open & ((last << 1n) - 1n);
      if (alive === last) return this.leaf(last.toString(2).length - 1);
      const level = levels.findIndex(({ speaks }, at) => at >= from && (speaks & alive) !== 0n);
      const { known, allowed } = levels[level] ?? { known: new Map<bigint, Ref>(), allowed: [] };
      const same = known.get(alive);
      if (same !== undefined) return same;
      if (++places > MOST_NODES) throw new DiagramLimitError();
      const made = this.node(
        level,
        allowed.map((set) => build(level + 1, alive & set)),
      );
      known.set(alive, made);
      return made;
    };
    return build(0, (1n << BigInt(conditions.length)) - 1n);
  }

  /**
   * Combines the values of several functions, situation by situation.
   * @param of the owner of the refs, if not this object: over the same axes in the same order
   * @param digits answers that are given: the function no longer depends on these
   * @throws DiagramLimitError
   */
  combine(
    roots: readonly Ref[],
    join: (values: readonly number[]) => number,
    of: Diagrams = this,
    digits: Digits = [],
  ): Ref {
    const known = new Map<number | string, Ref>();
    const walk = (refs: readonly Ref[]): Ref => {
      const [one = 0, other = 0] = refs;
      const key = refs.length > 2 ? refs.join() : keyOf(one, other);
      const same = known.get(key);
      if (same !== undefined) return same;
      if (known.size > MOST_PAIRS) throw new DiagramLimitError();
      const level = refs.reduce((least, ref) => Math.min(least, of.levelOf(ref)), this.order.length);
      const axis = this.order[level];
      const below = (answer: number) =>
        walk(refs.map((ref) => (of.levelOf(ref) === level ? (of.children(ref)[answer] ?? ref) : ref)));
      const given = digits[axis ?? -1] ?? OPEN;
      const made =
        axis === undefined
          ? this.leaf(join(refs.map((ref) => -2 - ref)))
          : given === OPEN
            ? this.node(
                level,
                Array.from({ length: this.sizes[axis] ?? 0 }, (_, answer) => below(answer)),
              )
            : below(given);
      known.set(key, made);
      return made;
    };
    return walk(roots);
  }

  /** The function with some answers given, depending only on the other axes. @throws DiagramLimitError */
  restrict(root: Ref, digits: Digits): Ref {
    let ref = root;
    for (let level = this.order.length - 1; level >= 0; level--) {
      const answer = digits[this.order[level] ?? 0] ?? OPEN;
      if (answer !== OPEN) ref = this.cofactor(ref, level, answer);
    }
    return ref;
  }

  /** The function with one answer given. @throws DiagramLimitError */
  withAnswer(root: Ref, axis: number, answer: number): Ref {
    return this.cofactor(root, this.levels[axis] ?? 0, answer);
  }

  private cofactor(ref: Ref, level: number, answer: number): Ref {
    const own = this.levelOf(ref);
    if (own > level) return ref;
    if (own === level) return this.children(ref)[answer] ?? ref;
    const key = (ref * this.order.length + level) * 64 + answer;
    const known = this.cofactors.get(key);
    if (known !== undefined) return known;
    const made = this.node(
      own,
      this.children(ref).map((child) => this.cofactor(child, level, answer)),
    );
    this.cofactors.set(key, made);
    return made;
  }

  /** The value in a situation that gives every axis. */
  valueAt(root: Ref, digits: Digits): number {
    let ref = root;
    while (ref >= 0) ref = this.children(ref)[digits[this.order[this.levelOf(ref)] ?? 0] ?? 0] ?? this.leaf(NONE);
    return -2 - ref;
  }

  /**
   * The number of situations with each value of the function; if some answers are given, among those situations only.
   */
  tally(root: Ref, digits: Digits = []): Map<number, number> {
    // How many situations the open axes from a level down make up.
    const below = new Array<number>(this.order.length + 1).fill(1);
    for (let level = this.order.length - 1; level >= 0; level--) {
      const axis = this.order[level] ?? 0;
      below[level] = (below[level + 1] ?? 1) * ((digits[axis] ?? OPEN) === OPEN ? (this.sizes[axis] ?? 1) : 1);
    }
    const skipped = (from: number, ref: Ref) => (below[from] ?? 1) / (below[this.levelOf(ref)] ?? 1);
    const weights = new Float64Array(Math.max(0, root + 1));
    const totals = new Map<number, number>();
    const add = (ref: Ref, count: number) => {
      if (ref < 0) totals.set(-2 - ref, (totals.get(-2 - ref) ?? 0) + count);
      else weights[ref] = (weights[ref] ?? 0) + count;
    };
    add(root, skipped(0, root));
    for (const ref of this.reachable(root, digits))
      for (const child of this.childrenWith(ref, digits))
        add(child, (weights[ref] ?? 0) * skipped(this.levelOf(ref) + 1, child));
    return totals;
  }

  /** All values that the function has with some answers given. */
  values(root: Ref, digits: Digits = []): number[] {
    return this.reachable(root, digits).flatMap((ref) => (ref < 0 ? [-2 - ref] : []));
  }

  /** The axes that the function depends on, in ascending order. */
  axesOf(root: Ref): number[] {
    const axes = this.axisBits(root);
    return [...this.sizes.keys()].filter((axis) => (axes >> BigInt(axis)) & 1n);
  }

  private axisBits(ref: Ref): bigint {
    if (ref < 0) return 0n;
    const own = 1n << BigInt(this.order[this.levelOf(ref)] ?? 0);
    return (this.axesOfNode[ref] ??= this.children(ref).reduce((axes, child) => axes | this.axisBits(child), own));
  }

  /**
   * Which pairs of answers of an axis matter: there is a situation in which the value with the one answer and the value
   * with the other, all else being equal, match the test. Equal values never do.
   */
  pairsWhere(
    root: Ref,
    axis: number,
    pairs: readonly [one: number, other: number][],
    isAsked: (one: number, other: number) => boolean,
  ): [one: number, other: number][] {
    const here = this.reachable(root, []).filter((ref) => this.nodeAt(ref)?.axis === axis);
    return pairs.filter(([one, other]) => {
      const seen = new Set<number>();
      const search = (a: Ref, b: Ref): boolean => {
        const key = keyOf(a, b);
        if (a === b || seen.has(key)) return false;
        seen.add(key);
        const [levelA, levelB] = [this.levelOf(a), this.levelOf(b)];
        const level = Math.min(levelA, levelB);
        if (level === this.order.length) return isAsked(-2 - a, -2 - b);
        const size = this.sizes[this.order[level] ?? 0] ?? 0;
        for (let answer = 0; answer < size; answer++) {
          const nextA = levelA === level ? (this.children(a)[answer] ?? a) : a;
          const nextB = levelB === level ? (this.children(b)[answer] ?? b) : b;
          if (search(nextA, nextB)) return true;
        }
        return false;
      };
      return here.some((ref) => search(this.children(ref)[one] ?? ref, this.children(ref)[other] ?? ref));
    });
  }

  private childrenWith(ref: Ref, digits: Digits): readonly Ref[] {
    if (ref < 0) return [];
    const given = digits[this.order[this.levelOf(ref)] ?? 0] ?? OPEN;
    const children = this.children(ref);
    return given === OPEN ? children : children.slice(given, given + 1);
  }

  /** Every node before those that it leads to, leaves last. */
  private reachable(root: Ref, digits: Digits): Ref[] {
    const found: Ref[] = [];
    const leaves = new Set<Ref>(root < 0 ? [root] : []);
    // A node is created after those that it leads to.
    const isReached = new Uint8Array(Math.max(0, root + 1));
    if (root >= 0) isReached[root] = 1;
    for (let ref = root; ref >= 0; ref--) {
      if (isReached[ref] !== 1) continue;
      found.push(ref);
      for (const child of this.childrenWith(ref, digits))
        if (child < 0) leaves.add(child);
        else isReached[child] = 1;
    }
    return [...found, ...leaves];
  }

  /** For each value that the function has with some answers given, one situation; an open axis may have any answer. */
  *examples(root: Ref, digits: Digits = []): Generator<Cube> {
    const cameFrom = new Map<Ref, { from: Ref; answer: number } | null>([[root, null]]);
    const waiting = [root];
    for (let ref = waiting.pop(); ref !== undefined; ref = waiting.pop()) {
      if (ref < 0) yield { value: -2 - ref, answers: this.wayTo(ref, cameFrom, digits) };
      const children = this.children(ref);
      const given = ref < 0 ? OPEN : (digits[this.order[this.levelOf(ref)] ?? 0] ?? OPEN);
      for (let answer = children.length - 1; answer >= 0; answer--) {
        const child = children[answer] ?? ref;
        if (cameFrom.has(child) || (given !== OPEN && given !== answer)) continue;
        cameFrom.set(child, { from: ref, answer });
        waiting.push(child);
      }
    }
  }

  private wayTo(
    leaf: Ref,
    cameFrom: ReadonlyMap<Ref, { from: Ref; answer: number } | null>,
    digits: Digits,
  ): Cube["answers"] {
    const answers = this.freeBeside(digits);
    for (let step = cameFrom.get(leaf); step; step = cameFrom.get(step.from))
      answers[this.order[this.levelOf(step.from)] ?? 0] = [step.answer];
    return answers;
  }

  private freeBeside(digits: Digits): Cube["answers"] {
    return this.sizes.map((_, axis) => ((digits[axis] ?? OPEN) === OPEN ? null : [digits[axis] ?? 0]));
  }

  /** The first situation with a value and some answers given, the last axis varying fastest; null if there is none. */
  first(root: Ref, value: number, digits: Digits = []): number[] | null {
    const leads = new Set([this.leaf(value)]);
    for (const ref of this.reachable(root, digits).reverse())
      if (this.childrenWith(ref, digits).some((child) => leads.has(child))) leads.add(ref);
    if (!leads.has(root)) return null;
    const found = this.sizes.map((_, axis) => digits[axis] ?? OPEN);
    const isStillLed = () => {
      const seen = new Set([root]);
      for (const ref of seen) {
        if (ref < 0) return true;
        for (const child of this.childrenWith(ref, found)) if (leads.has(child)) seen.add(child);
      }
      return false;
    };
    found.forEach((given, axis) => {
      if (given === OPEN)
        do found[axis] = (found[axis] ?? 0) + 1;
        while (!isStillLed());
    });
    return found;
  }

  /** All situations with some answers given, in cubes that do not overlap; only values for which `wanted` is true. */
  *cubes(root: Ref, digits: Digits = [], wanted: (value: number) => boolean = () => true): Generator<Cube> {
    const useful = new Set<Ref>();
    for (const ref of this.reachable(root, digits).reverse())
      if (ref < 0 ? wanted(-2 - ref) : this.childrenWith(ref, digits).some((child) => useful.has(child)))
        useful.add(ref);
    yield* this.cubesFrom(root, this.freeBeside(digits), useful);
  }

  private *cubesFrom(ref: Ref, answers: Cube["answers"], useful: ReadonlySet<Ref>): Generator<Cube> {
    if (!useful.has(ref)) return;
    const node = this.nodeAt(ref);
    if (!node) {
      yield { value: -2 - ref, answers };
      return;
    }
    const given = answers[node.axis];
    const led = new Map<Ref, number[]>();
    node.children.forEach((child, at) => {
      if (!given || given.includes(at)) led.set(child, [...(led.get(child) ?? []), at]);
    });
    for (const [child, places] of led) yield* this.cubesFrom(child, answers.with(node.axis, places), useful);
  }
}

/**
 * An order of axes that keeps diagrams of these conditions small: axes that occur in the same condition are close to
 * each other. It starts from the given order and from `spectralOrder`, improves each by moving one axis at a time as
 * long as the conditions span fewer levels, and takes the one in which they span fewest. Reversed, they span the same:
 * it is turned so that `low` are in the lower half, where their answers can be compared without looking at most of the
 * diagram.
 */
export function closeOrder(axes: number, conditions: readonly Condition[], low: readonly number[] = []): number[] {
  const groups = conditions.map((condition) => condition.flatMap((answers, axis) => (answers ? [axis] : [])));
  const given = mended([...Array(axes).keys()], groups);
  const found = mended(spectralOrder(axes, groups), groups);
  const best = spans(found, groups) < spans(given, groups) ? found : given;
  const above = low.reduce((sum, axis) => sum + (axes - 1) / 2 - best.indexOf(axis), 0);
  return above > 0 ? best.reverse() : best;
}

type Groups = readonly (readonly number[])[];

/** How many levels the groups span, in total. */
function spans(order: readonly number[], groups: Groups): number {
  const levels = new Array<number>(order.length);
  order.forEach((axis, level) => (levels[axis] = level));
  let sum = 0;
  for (const group of groups) {
    let [least, most] = [order.length, 0];
    for (const axis of group) {
      const level = levels[axis] ?? 0;
      if (level < least) least = level;
      if (level > most) most = level;
    }
    if (most > least) sum += most - least;
  }
  return sum;
}

function mended(start: readonly number[], groups: Groups): number[] {
  let best = [...start];
  let least = spans(best, groups);
  for (let before = Infinity; least < before;) {
    before = least;
    for (const axis of start) {
      const others = best.filter((one) => one !== axis);
      for (let place = 0; place <= others.length; place++) {
        const order = others.toSpliced(place, 0, axis);
        const sum = spans(order, groups);
        if (sum < least) [best, least] = [order, sum];
      }
    }
  }
  return best;
}

/**
 * Axes by their position on a line on which those of one group are close together: the second eigenvector of the
 * graph's Laplacian (Fiedler), by power iteration.
 */
function spectralOrder(axes: number, groups: Groups): number[] {
  const pairs = groups.flatMap((group) =>
    group.flatMap((one) =>
      group.filter((other) => other !== one).map((other) => ({ one, other, by: 1 / group.length })),
    ),
  );
  const degree = new Float64Array(axes);
  for (const { one, by } of pairs) degree[one] = (degree[one] ?? 0) + by;
  const shift = 2 * Math.max(1, ...degree);
  let places = Float64Array.from({ length: axes }, (_, axis) => axis);
  for (let round = 0; round < ROUNDS; round++) {
    const moved = places.map((place, axis) => (shift - (degree[axis] ?? 0)) * place);
    for (const { one, other, by } of pairs) moved[one] = (moved[one] ?? 0) + by * (places[other] ?? 0);
    const mean = moved.reduce((sum, place) => sum + place, 0) / axes;
    const length = Math.hypot(...moved.map((place) => place - mean)) || 1;
    places = moved.map((place) => (place - mean) / length);
  }
  return [...places.keys()].sort((one, other) => (places[one] ?? 0) - (places[other] ?? 0) || one - other);
}

/** Enough for the axes to settle; the order only has to be a good one. */
const ROUNDS = 100;
