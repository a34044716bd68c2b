/**
 * The Merkle tree over a body's chain (RFC 9162, section 2.1). Its leaves are the hashes of the rows, in their order; hashes
 * are in hexadecimal.
 */

/** SHA-256 of bytes, given and answered in hexadecimal; handed in, because `domain` computes with nothing of the machine. */
export type Sha256OfHex = (hex: string) => string;

/** The hash of a whole subtree of 2^level leaves; `index` counts those of its level from the left, from 0. */
export type ReadNode = (level: number, index: number) => Promise<string>;

export interface MerkleTree {
  sha256: Sha256OfHex;
  node: ReadNode;
}

/** @param hash of a row */
export const leafHash = (sha256: Sha256OfHex, hash: string): string => sha256(`00${hash}`);

export const nodeHash = (sha256: Sha256OfHex, left: string, right: string): string => sha256(`01${left}${right}`);

/** The hash above so many neighbours of one level: a power of two of them. @throws RangeError for another number */
export function hashAbove(sha256: Sha256OfHex, hashes: readonly string[]): string {
  if (hashes.length === 0 || !isPowerOfTwo(hashes.length))
    throw new RangeError("A subtree has a power of two of nodes.");
  let level = [...hashes];
  while (level.length > 1)
    level = level.flatMap((left, at) => (at % 2 === 0 ? [nodeHash(sha256, left, level[at + 1] ?? "")] : []));
  return level[0] ?? "";
}

/** The root over the first `size` leaves. */
export const rootOf = async (tree: MerkleTree, size: number): Promise<string> =>
  size === 0 ? tree.sha256("") : hashOver(tree, 0, size);

/** What proves that a leaf is in the tree of that size, from its neighbour up. @param index from 0 */
export async function inclusionPath(tree: MerkleTree, index: number, size: number): Promise<string[]> {
  if (index < 0 || index >= size) throw new RangeError(`There is no leaf ${index} in a tree of ${size}.`);
  const path: string[] = [];
  for (let [from, to] = [0, size]; to - from > 1;) {
    const middle = from + split(to - from);
    if (index < middle) {
      path.unshift(await hashOver(tree, middle, to));
      to = middle;
    } else {
      path.unshift(await hashOver(tree, from, middle));
      from = middle;
    }
  }
  return path;
}

/** What proves that the tree of `second` leaves begins with that of `first`, at least one. */
export async function consistencyPath(tree: MerkleTree, first: number, second: number): Promise<string[]> {
  if (first < 1 || first > second) throw new RangeError(`A tree of ${second} does not continue one of ${first}.`);
  const path: string[] = [];
  let [from, to] = [0, second];
  while (first < to) {
    const middle = from + split(to - from);
    if (first <= middle) {
      path.unshift(await hashOver(tree, middle, to));
      to = middle;
    } else {
      path.unshift(await hashOver(tree, from, middle));
      from = middle;
    }
  }
  // Whoever checks has the first root already, where that is this subtree.
  return from === 0 ? path : [await hashOver(tree, from, to), ...path];
}

/** The hash over the leaves from one to before another, where the first of them begins a subtree. */
async function hashOver(tree: MerkleTree, from: number, to: number): Promise<string> {
  const size = to - from;
  if (isPowerOfTwo(size)) return tree.node(31 - Math.clz32(size), from / size);
  const middle = from + split(size);
  return nodeHash(tree.sha256, await hashOver(tree, from, middle), await hashOver(tree, middle, to));
}

/** The largest power of two below a number; positions are below 2^31. */
const split = (size: number): number => 2 ** (31 - Math.clz32(size - 1));

const isPowerOfTwo = (size: number): boolean => (size & (size - 1)) === 0;

/** A root that the rows up to `size` should come to, and who says so. */
export interface ExpectedRoot {
  size: number;
  root: string;
  /** "the head published on 30 November 2026" */
  name: string;
}

/** Computes the tree while rows pass by, in their order, and compares it with what is known of it; memory does not grow with them. */
export class TreeCheck {
  private size = 0;
  /** The whole subtrees from the left, each smaller than the one before. */
  private readonly whole: { level: number; hash: string }[] = [];

  /**
   * @param stored hashes of nodes by "level index"
   * @param expected roots that were signed
   */
  constructor(
    private readonly sha256: Sha256OfHex,
    private readonly stored: ReadonlyMap<string, string>,
    private readonly expected: readonly ExpectedRoot[],
  ) {}

  /** Takes the hash of the next row. @returns what is wrong from here on, or null */
  next(hash: string): string | null {
    this.size++;
    let node = { level: 0, hash: leafHash(this.sha256, hash) };
    for (let left = this.whole.at(-1); left?.level === node.level; left = this.whole.at(-1)) {
      this.whole.pop();
      node = { level: node.level + 1, hash: nodeHash(this.sha256, left.hash, node.hash) };
      const kept = this.stored.get(`${node.level} ${this.size / 2 ** node.level - 1}`);
      if (kept !== undefined && kept !== node.hash)
        return `the hash that is kept for it and the ${2 ** node.level - 1} rows before it is another one: proofs would be wrong`;
    }
    this.whole.push(node);
    const other = this.expected.find(({ size, root }) => size === this.size && root !== this.root());
    return other
      ? `the rows up to it do not come to ${other.name}: the chain was written anew, here or further up`
      : null;
  }

  /** After the last row. @returns what is wrong with its end, or null */
  end(): string | null {
    const beyond = this.expected.find(({ size }) => size > this.size);
    return beyond
      ? `the row is missing, and ${beyond.name} counts ${beyond.size} rows: the newest rows were cut off`
      : null;
  }

  private root(): string {
    return this.whole.map(({ hash }) => hash).reduceRight((right, left) => nodeHash(this.sha256, left, right));
  }
}
