import "server-only";
import { compile, run } from "@mdx-js/mdx";
import type { MDXContent } from "mdx/types";
import type { Root } from "mdast";
import * as runtime from "react/jsx-runtime";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { contentProblems, dropComments, sourceProblem } from "./policy-text.ts";

type Text = Pick<PolicyVersion, "hash" | "text">;
const MOST_KEPT = 200;

/** Makes something of a version's text once: the bytes of a hash never change. The oldest goes when there are many. */
export function onceForEachHash<Made>(make: (text: Text) => Promise<Made>): (text: Text) => Promise<Made> {
  const made = new Map<string, Promise<Made>>();
  return (text) => {
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
 * Turns a version's text into the body of a function that makes its elements. The compiler itself refuses what is not
 * content, on the tree that it compiles: whatever way a text came here, nothing in it can run. It rejects with an Error
 * that names the first problem where the text is not content.
 */
export const compilePolicyText = onceForEachHash(async ({ text }) => {
  refuse(sourceProblem(text));
  const options = { outputFormat: "function-body", providerImportSource: "@mdx-js/react" } as const;
  return String(await compile(text, { ...options, remarkPlugins: [contentOnly] }));
});

/** The same as a component that takes the policy components (Clause, Callout, Gap) as `components`. */
export const policyTextComponent = onceForEachHash(async (text): Promise<MDXContent> => {
  const code = await compilePolicyText(text);
  // Server components have no context, and so no provider.
  const { default: content } = await run(code, { ...runtime, useMDXComponents: () => ({}) });
  return content;
});

/** Stands between the parser and the compiler. */
function contentOnly() {
  return (tree: Root) => {
    refuse(contentProblems(tree)[0] ?? null);
    dropComments(tree);
  };
}

function refuse(problem: string | null): void {
  if (problem !== null) throw new Error(`The policy text is not content: ${problem}`);
}
