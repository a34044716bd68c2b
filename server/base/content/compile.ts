import "server-only";
import { evaluate } from "@mdx-js/mdx";
import type { MDXContent } from "mdx/types";
import type { Root } from "mdast";
import * as runtime from "react/jsx-runtime";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { contentProblems, dropComments, sourceProblem } from "./policy-text.ts";

/** Compiled texts by version hash: the bytes of a hash never change. The oldest goes when there are many. */
const compiled = new Map<string, Promise<MDXContent>>();
const MOST_KEPT = 200;

/**
 * Turns a version's text into a component. The compiler itself refuses what is not content, on the tree that it compiles:
 * whatever way a text came here, nothing in it can run.
 * @returns a component that takes the policy components (Clause, Callout, Gap) as `components`; it rejects with an Error
 *   that names the first problem where the text is not content
 */
export function compilePolicyText({ hash, text }: Pick<PolicyVersion, "hash" | "text">): Promise<MDXContent> {
  const known = compiled.get(hash);
  if (known) return known;
  const content = compile(text);
  compiled.set(hash, content);
  content.catch(() => compiled.delete(hash));
  const [oldest] = compiled.keys();
  if (compiled.size > MOST_KEPT && oldest !== undefined) compiled.delete(oldest);
  return content;
}

async function compile(text: string): Promise<MDXContent> {
  refuse(sourceProblem(text));
  const { default: content } = await evaluate(text, { ...runtime, remarkPlugins: [contentOnly] });
  return content;
}

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
