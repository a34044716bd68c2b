/**
 * Writes a compiled policy text, from its standard input, as HTML to its output, for the portal that starts it
 * (server/base/content/text-html.ts). No command. It runs without the condition `react-server`, under which there is neither React's writer of HTML nor a provider.
 */
import { text } from "node:stream/consumers";
import { run } from "@mdx-js/mdx";
import { MDXProvider, useMDXComponents } from "@mdx-js/react";
import React, { type ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import runtime from "react/jsx-runtime";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";

// React is CommonJS: what is packed without its development files has no names that could be imported one by one.
const h = React.createElement;

type Props<Names extends string> = Partial<Record<Names, string>> & { children?: ReactNode };

/** What policy authors may use, without the portal around it. */
const COMPONENTS = {
  Clause: ({ id = "", kind, children }: Props<"id" | "kind">) =>
    h(
      "div",
      { className: "clause", id: clauseAnchor(id) },
      h("b", null, id),
      h("div", null, kind === "risk" ? "Risk: " : "", children),
    ),
  Callout: ({ title, children }: Props<"title">) => h("aside", null, title ? h("h3", null, title) : null, children),
  Gap: ({ children }: Props<never>) => h("em", null, "[", children, "]"),
  a: ({ href = "", children }: Props<"href">) =>
    /^(https?:\/\/|mailto:|#)/i.test(href) ? h("a", { href }, children) : children,
  img: ({ alt = "" }: Props<"alt">) => alt,
};

const { default: content } = await run(await text(process.stdin), { ...runtime, useMDXComponents });
process.stdout.write(renderToStaticMarkup(h(MDXProvider, { components: COMPONENTS }, h(content))));
