import { createElement, Fragment, isValidElement, type ReactElement, type ReactNode } from "react";
import { htmlReact } from "#server/base/content/text-html.ts";
import { isDevelopment } from "#server/base/environment/env.ts";
import { getRequestContext } from "#server/base/request/context.ts";

/**
 * Renders a page's content to HTML, and gives the framework only that: it would render every element twice, first into
 * its own description of the page and then into HTML (docs/decisions/051-pages-drawn-once.md). Components may be
 * asynchronous, but hooks and browser components cannot be used in them. What they throw is thrown here.
 */
export async function drawOnce(page: ReactNode): Promise<ReactElement> {
  const html = htmlReact().renderToStaticMarkup(await resolve(page));
  const context = isDevelopment ? null : getRequestContext();
  if (!context) return <div dangerouslySetInnerHTML={{ __html: html }} />;
  context.page = html;
  return createElement("portal-page"); // server/shell/http/page-response.mjs puts the page in its place
}

/**
 * Keeps HTML that is rendered once for many readers as bytes: a page is rendered with a mark in its place, and
 * server/shell/http/page-response.mjs replaces that by the bytes. For `dangerouslySetInnerHTML` in what `drawOnce`
 * renders.
 */
export function keepBytes(html: Buffer): string {
  const context = isDevelopment ? null : getRequestContext();
  if (!context) return html.toString();
  const drawn = (context.kept ??= []);
  return `<kept-bytes>${drawn.push(html) - 1}</kept-bytes>`;
}

/** The same with every component called, including asynchronous ones: HTML elements remain. */
function resolve(node: ReactNode): ReactNode | Promise<ReactNode> {
  if (Array.isArray(node)) {
    const parts = (node as ReactNode[]).map(resolve);
    return parts.some(isPromise) ? Promise.all(parts.map(async (part) => part)) : (parts as ReactNode[]);
  }
  if (isPromise(node)) return (node as Promise<ReactNode>).then(resolve);
  if (!isValidElement<{ children?: ReactNode }>(node)) return node;
  if (typeof node.type === "function") {
    const call = node.type as (props: object) => ReactNode | Promise<ReactNode>;
    return resolve(call(node.props) as ReactNode);
  }
  const { children } = node.props;
  if (children === undefined) return node;
  const inside = resolve(children);
  if ((node.type as unknown) === Fragment) return inside;
  const withInside = (resolved: ReactNode) => ({ ...node, props: { ...node.props, children: resolved } });
  return isPromise(inside) ? (inside as Promise<ReactNode>).then(withInside) : withInside(inside as ReactNode);
}

const isPromise = (value: unknown): value is Promise<unknown> => value instanceof Promise;
