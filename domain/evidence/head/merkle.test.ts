import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  consistencyPath,
  hashAbove,
  inclusionPath,
  leafHash,
  type MerkleTree,
  nodeHash,
  rootOf,
  TreeCheck,
} from "./merkle.ts";

const sha256 = (hex: string) => createHash("sha256").update(hex, "hex").digest("hex");

const treeOf = (leaves: readonly string[]): MerkleTree => ({
  sha256,
  node: (level, index) => {
    const width = 2 ** level;
    return Promise.resolve(
      hashAbove(
        sha256,
        leaves.slice(index * width, (index + 1) * width).map((leaf) => leafHash(sha256, leaf)),
      ),
    );
  },
});

/** RFC 9162, 2.1.1, word for word. */
function plainRoot(leaves: readonly string[]): string {
  const [only = ""] = leaves;
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return leafHash(sha256, only);
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(sha256, plainRoot(leaves.slice(0, k)), plainRoot(leaves.slice(k)));
}

// The example of RFC 6962's reference implementation (certificate-transparency, merkle_tree_test).
const LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const ROOTS = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const NODE = {
  leaf1: "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
  leaf4: "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
  leaves23: "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  leaves45: "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  leaves67: "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  leaves4567: "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
};

describe("the tree of RFC 9162", () => {
  const tree = treeOf(LEAVES);

  it("has the roots of the known example at every size", async () => {
    expect(await Promise.all(ROOTS.map((_, size) => rootOf(tree, size)))).toEqual(ROOTS);
  });

  it("has its inclusion proofs", async () => {
    expect(await inclusionPath(tree, 0, 1)).toEqual([]);
    expect(await inclusionPath(tree, 0, 8)).toEqual([NODE.leaf1, NODE.leaves23, NODE.leaves4567]);
    expect(await inclusionPath(tree, 5, 8)).toEqual([NODE.leaf4, NODE.leaves67, ROOTS[4]]);
    expect(await inclusionPath(tree, 2, 3)).toEqual([ROOTS[2]]);
    expect(await inclusionPath(tree, 1, 5)).toEqual([ROOTS[1], NODE.leaves23, NODE.leaf4]);
    await expect(inclusionPath(tree, 8, 8)).rejects.toThrow(RangeError);
  });

  it("has its consistency proofs", async () => {
    expect(await consistencyPath(tree, 1, 1)).toEqual([]);
    expect(await consistencyPath(tree, 1, 8)).toEqual([NODE.leaf1, NODE.leaves23, NODE.leaves4567]);
    expect(await consistencyPath(tree, 6, 8)).toEqual([NODE.leaves45, NODE.leaves67, ROOTS[4]]);
    expect(await consistencyPath(tree, 2, 5)).toEqual([NODE.leaves23, NODE.leaf4]);
    await expect(consistencyPath(tree, 0, 8)).rejects.toThrow(RangeError);
    await expect(consistencyPath(tree, 8, 7)).rejects.toThrow(RangeError);
  });
});

const leaves = fc
  .array(fc.uint8Array({ maxLength: 40 }), { minLength: 1, maxLength: 70 })
  .map((all) => all.map((bytes) => Buffer.from(bytes).toString("hex")));

it("comes to the same root as the definition, for any leaves", async () => {
  await fc.assert(
    fc.asyncProperty(leaves, async (some) => {
      expect(await rootOf(treeOf(some), some.length)).toBe(plainRoot(some));
    }),
  );
});

describe("rows that pass by", () => {
  const rows = Array.from({ length: 600 }, (_, at) => sha256(at.toString(16).padStart(4, "0")));
  const expected = (size: number) => ({ size, root: plainRoot(rows.slice(0, size)), name: `the head of ${size}` });
  const walk = (check: TreeCheck, some: readonly string[] = rows) => {
    for (const [at, row] of some.entries()) {
      const problem = check.next(row);
      if (problem !== null) return [at + 1, problem];
    }
    return [some.length, check.end()];
  };
  const leafNodes = (size: number) => rows.slice(0, size).map((row) => leafHash(sha256, row));

  it("come to every root that was published, and to the nodes that are kept", () => {
    const nodes = new Map([
      ["8 0", hashAbove(sha256, leafNodes(256))],
      ["8 1", hashAbove(sha256, leafNodes(512).slice(256))],
    ]);
    expect(walk(new TreeCheck(sha256, nodes, [1, 2, 255, 256, 257, 511, 600].map(expected)))).toEqual([600, null]);
  });

  it("are found where they do not", () => {
    const other = rows.with(99, sha256("ff"));
    const heads = [50, 100, 300].map(expected);
    expect(walk(new TreeCheck(sha256, new Map(), heads), other)).toEqual([
      100,
      expect.stringContaining("do not come to the head of 100"),
    ]);
    const nodes = new Map([["8 1", sha256("ff")]]);
    expect(walk(new TreeCheck(sha256, nodes, []))).toEqual([512, expect.stringContaining("proofs would be wrong")]);
    expect(walk(new TreeCheck(sha256, new Map(), heads), rows.slice(0, 299))).toEqual([
      299,
      expect.stringContaining("the head of 300 counts 300 rows"),
    ]);
  });
});
