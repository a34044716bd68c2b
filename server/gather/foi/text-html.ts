import "server-only";
import { evaluate } from "@mdx-js/mdx";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { Html, html, type HtmlContent } from "./html.ts";

// React's own writer of HTML is not to be had where server components run. MDX takes whatever makes elements: here each
// is written at once, so that the pack has the same text as the page.

type Props = Readonly<Record<string, unknown>> & { children?: HtmlContent };
type Component = (props: Props) => Html;

/** Elements that Markdown makes; of another one only the content is written. */
const ELEMENTS = /^(p|h[1-6]|ul|ol|li|strong|em|code|pre|blockquote|table|thead|tbody|tr|th|td|del)$/;

const COMPONENTS: Readonly<Record<string, Component>> = {
  Clause: ({ id, kind, children }) =>
    html`<div class="clause" id="${clauseAnchor(String(id))}">
      <b>${String(id)}</b>
      <div>${kind === "risk" ? "Risk: " : ""}${children ?? null}</div>
    </div>`,
  Callout: ({ title, children }) =>
    html`<aside>${typeof title === "string" ? html`<h3>${title}</h3>` : null}${children ?? null}</aside>`,
  Gap: ({ children }) => html`<em>[${children ?? null}]</em>`,
};

/** A version's text as HTML that stands alone: clauses numbered, no scripts, no pictures, links to other sites only. */
export async function policyTextHtml({ text }: Pick<PolicyVersion, "text">): Promise<Html> {
  const { default: content } = await evaluate(text, { Fragment, jsx: makeElement, jsxs: makeElement });
  const written: unknown = content({ components: COMPONENTS });
  if (!(written instanceof Html)) throw new TypeError("The text made no HTML.");
  return written;
}

const Fragment: Component = ({ children }) => html`${children ?? null}`;

function makeElement(type: Component | string, props: Props): Html {
  if (typeof type === "function") return type(props);
  const children = props.children ?? null;
  if (type === "br" || type === "hr") return new Html(`<${type}>`);
  if (type === "img") return html`${typeof props["alt"] === "string" ? props["alt"] : ""}`;
  if (type === "a") {
    const href = typeof props["href"] === "string" ? props["href"] : "";
    return /^(https?:\/\/|mailto:|#)/i.test(href) ? html`<a href="${href}">${children}</a>` : html`${children}`;
  }
  if (!ELEMENTS.test(type)) return html`${children}`;
  return html`${new Html(`<${type}>`)}${children}${new Html(`</${type}>`)}`;
}
