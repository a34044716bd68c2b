import "server-only";
import { createRequire } from "node:module";
import path from "node:path";

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
