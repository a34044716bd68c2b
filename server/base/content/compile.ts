import "server-only";
import { compile } from "@mdx-js/mdx";
import type { Root } from "mdast";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { nameCells, withTables } from "./tables.ts";
import { contentProblems, dropComments, sourceProblem } from "./policy-text.ts";

type Text = Pick<PolicyVersion, "hash" | "text">;
const MOST_KEPT = 200;

/**
 * Makes something from a version's text once: the bytes behind a hash never change. The oldest is dropped when there
 * are many.
 */
export function onceForEachHash<Made, Of extends Text = Text>(make: (text: Of) => Promise<Made>) {
  const made = new Map<string, Promise<Made>>();
  return (text: Of): Promise<Made> => {
    const known = made.get(text.hash);
    if (known) return known;
    const making = make(text);
    made.set(text.hash, making);
    making.catch(() => made.delete(text.hash));
    const [oldest] = made.keys();
    if (made.size > MOST_KEPT && oldest !== undefined) made.delete(oldest);
    return making;
  };
}

/**
 * Turns a version's text into the body of a function that makes its elements. The compiler itself refuses anything that
 * is not content, on the tree that it compiles: wherever a text came from, nothing in it can run. It rejects with an
 * Error naming the first problem if the text is not content.
 */
export const compilePolicyText = onceForEachHash(async ({ text }) => {
  refuse(sourceProblem(text));
  const options = { outputFormat: "function-body", providerImportSource: "@mdx-js/react" } as const;
  return String(await compile(text, { ...options, remarkPlugins: [withTables, contentOnly] }));
});

/** Stands between the parser and the compiler. */
function contentOnly() {
  return (tree: Root) => {
    refuse(contentProblems(tree)[0] ?? null);
    dropComments(tree);
    nameCells(tree);
  };
}

function refuse(problem: string | null): void {
  if (problem !== null) throw new Error(`The policy text is not content: ${problem}`);
}
