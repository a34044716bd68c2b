import "server-only";
import { evaluate } from "@mdx-js/mdx";
import type { MDXContent } from "mdx/types";
import * as runtime from "react/jsx-runtime";
import type { PolicyVersion } from "#domain/policy/policy.ts";

/** Compiled texts by version hash: the bytes of a hash never change. The oldest goes when there are many. */
const compiled = new Map<string, Promise<MDXContent>>();
const MOST_KEPT = 200;

/**
 * Turns a version's text into a component. `parsePolicyText` has refused everything in it that is not content.
 * @returns a component that takes the policy components (Clause, Callout, Gap) as `components`
 */
export function compilePolicyText({ hash, text }: Pick<PolicyVersion, "hash" | "text">): Promise<MDXContent> {
  const known = compiled.get(hash);
  if (known) return known;
  const content = evaluate(text, runtime).then((module) => module.default);
  compiled.set(hash, content);
  content.catch(() => compiled.delete(hash));
  const [oldest] = compiled.keys();
  if (compiled.size > MOST_KEPT && oldest !== undefined) compiled.delete(oldest);
  return content;
}
