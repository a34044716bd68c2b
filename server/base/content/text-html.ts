import "server-only";
import { run } from "@mdx-js/mdx";
import type { MDXComponents } from "mdx/types";
import { createElement as h, type ReactNode } from "react";
import * as runtime from "react/jsx-runtime";
import { clauseAnchor, OF_BODY } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { compilePolicyText, onceForEachHash } from "./compile.ts";
import { htmlReact } from "./react-html.ts";

/**
 * A version's text in HTML, with these components for what policy authors may use (Clause, Callout, Gap) and for any
 * other element. It rejects like `compilePolicyText`.
 */
export async function writePolicyText(
  version: Pick<PolicyVersion, "hash" | "text">,
  components: MDXComponents,
): Promise<string> {
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
