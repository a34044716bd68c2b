import { createRequire } from "node:module";
import path from "node:path";
import { compile, run } from "@mdx-js/mdx";
import type { Root } from "mdast";
import type { MDXComponents } from "mdx/types";
import { createElement as h, type ReactNode } from "react";
import * as runtime from "react/jsx-runtime";
import { clauseAnchor, OF_BODY } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { contentProblems, dropComments, sourceProblem } from "./policy-text.ts";
import type { PlacedProblem } from "./plain-yaml.ts";
import { nameCells, withTables } from "./tables.ts";

/**
 * A version's text in HTML, with these components for what policy authors may use (Clause, Callout, Gap) and for any
 * other element. It rejects like `compilePolicyText`.
 */
export async function writePolicyText(version: Pick<PolicyVersion, "hash" | "text">, components: MDXComponents) {
  const code = await compilePolicyText(version);
  const { createElement, MDXProvider, renderToStaticMarkup, useMDXComponents } = htmlReact();
  const { default: content } = await run(code, { ...runtime, useMDXComponents });
  return renderToStaticMarkup(createElement(MDXProvider, { components }, createElement(content)));
}

/** A version's text as self-contained HTML: numbered clauses, no scripts, no pictures, links to other sites only. */
export const policyTextHtml = onceForEachHash((version) => writePolicyText(version, ALONE));

type Props<Names extends string> = Partial<Record<Names, string>> & { children?: ReactNode };

/** Without the portal around it. */
const ALONE: MDXComponents = {
  Clause: ({ id = "", kind, binds, children }: Props<"id" | "kind" | "binds">) =>
    h(
      "div",
      { className: "clause", id: clauseAnchor(id) },
      h("b", null, id),
      h("div", null, kind === "risk" ? "Risk: " : "", binds === "body" ? `${OF_BODY}: ` : "", children),
    ),
  Callout: ({ title, children }: Props<"title">) => h("aside", null, title ? h("h3", null, title) : null, children),
  Gap: ({ children }: Props<never>) => h("em", null, "[", children, "]"),
  a: ({ href = "", children }: Props<"href">) =>
    /^(https?:\/\/|mailto:|#)/i.test(href) ? h("a", { href }, children) : children,
  img: ({ alt = "" }: Props<"alt">) => alt,
};

interface HtmlReact {
  createElement: typeof import("react").createElement;
  renderToStaticMarkup: typeof import("react-dom/server").renderToStaticMarkup;
  MDXProvider: typeof import("@mdx-js/react").MDXProvider;
  useMDXComponents: typeof import("@mdx-js/react").useMDXComponents;
}

let loaded: HtmlReact | undefined;

/**
 * React with its HTML renderer, and the MDX provider. Node loads them from the packages: what the bundler gives to
 * server components has neither (docs/decisions/051-pages-drawn-once.md).
 */
export function htmlReact(): HtmlReact {
  if (loaded) return loaded;
  const load = createRequire(path.join(/* turbopackIgnore: true */ process.cwd(), "package.json"));
  const { createElement } = load("react") as Pick<HtmlReact, "createElement">;
  const { renderToStaticMarkup } = load("react-dom/server") as Pick<HtmlReact, "renderToStaticMarkup">;
  const { MDXProvider, useMDXComponents } = load("@mdx-js/react") as Pick<
    HtmlReact,
    "MDXProvider" | "useMDXComponents"
  >;
  return (loaded = { createElement, renderToStaticMarkup, MDXProvider, useMDXComponents });
}

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

function refuse(problem: PlacedProblem | null): void {
  if (problem) throw new Error(`The policy text is not content: line ${problem.line}: ${problem.message}`);
}
