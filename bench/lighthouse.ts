import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { chromiumArguments, chromiumPath } from "../e2e/chromium.mjs";
import { type ChildServer, startServer } from "./child-server.ts";
import { installForBench } from "./installed.ts";
import { type Line, lineOf, median, type Part } from "./line.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { ADDRESSES, BODY, get } from "./portal-page.ts";
import { signIn } from "./sample-session.ts";

const TOOLS = { lighthouse: "13.5.0", node: "22.23.3", serve: "14.2.7" };
const PAGES = ["home", "policy", "question", "result", "matrix"] as const;
const RUNS = 3;
const RUN_WITHIN_MS = 180_000;

const score = z.object({ score: z.number() });
const measure = z.object({ numericValue: z.number() });
const reportSchema = z.object({
  categories: z.object({ performance: score, accessibility: score, "best-practices": score }),
  audits: z.object({
    "largest-contentful-paint": measure,
    "total-blocking-time": measure,
    "cumulative-layout-shift": measure,
  }),
});
type Report = z.infer<typeof reportSchema>;

interface Figure extends Pick<Line, "unit" | "peer" | "peerValue"> {
  of: (report: Report) => number;
}
/** Lighthouse calls a page good from 90 points of 100. */
const lost = (category: keyof Report["categories"]): Figure => ({
  of: ({ categories }) => 100 - Math.round(100 * categories[category].score),
  unit: "points lost",
  peer: "good",
  peerValue: 10,
});
const FIGURES: Readonly<Record<string, Figure>> = {
  performance: lost("performance"),
  accessibility: lost("accessibility"),
  "best-practices": lost("best-practices"),
  lcp: {
    of: ({ audits }) => audits["largest-contentful-paint"].numericValue,
    unit: "ms",
    peer: "bound",
    peerValue: 1_000,
  },
  tbt: { of: ({ audits }) => audits["total-blocking-time"].numericValue, unit: "ms", peer: "bound", peerValue: 10 },
  cls: {
    of: ({ audits }) => audits["cumulative-layout-shift"].numericValue,
    unit: "shift",
    peer: "good",
    peerValue: 0.1,
  },
};

/** A page to measure: its address, and the cookie that it needs. */
interface Measured {
  address: string;
  cookie?: string;
}

/**
 * What Lighthouse says of the main pages on a phone, for an employee, and of the policy's text as a page of Docusaurus
 * and of Starlight.
 */
export const benchLighthouse: Part = async (print, say) => {
  say("lighthouse: installing Lighthouse");
  const folder = await installForBench("lighthouse", TOOLS);
  const node = path.join(folder, "node_modules", "node", "bin", "node");
  const peers = await startPeerSites(BODY, { folder, node }, say);
  say("lighthouse: building and starting a copy of the portal");
  const portal = await startPortalCopy();
  try {
    const cookie = await signIn(portal.origin, BODY);
    const pages: Record<string, Measured> = {};
    for (const name of PAGES) {
      pages[name] = { address: portal.origin + ADDRESSES[name], cookie };
      for (let asked = 0; asked < 3; asked++) await get(pages[name].address, cookie); // it is loaded when it is first asked for
    }
    for (const [name, { origin }] of Object.entries(peers)) pages[name] = { address: origin };
    const reports = new Map<string, Report[]>(Object.keys(pages).map((name) => [name, []]));
    for (let run = 1; run <= RUNS; run++)
      for (const [name, page] of Object.entries(pages)) {
        say(`lighthouse: ${name}, ${run} of ${RUNS}`);
        reports.get(name)?.push(await runLighthouse({ folder, node }, page, `${name}-${run}`));
      }
    for (const [page, ofPage] of reports)
      for (const [figure, { of, ...bound }] of Object.entries(FIGURES))
        print(lineOf({ name: `lighthouse/${page}/${figure}`, value: median(ofPage.map(of)), ...bound }));
  } finally {
    await Promise.all([portal, ...Object.values(peers)].map((server) => server.stop()));
  }
};

/**
 * One run with the preset for phones: a slow processor and 4G, simulated. The report stays in the tool's folder.
 * @throws Error if it could not measure the page
 */
async function runLighthouse(
  tools: { folder: string; node: string },
  { address, cookie }: Measured,
  name: string,
): Promise<Report> {
  const file = path.join(tools.folder, "reports", `${name}.json`);
  mkdirSync(path.dirname(file), { recursive: true });
  const args = [
    "node_modules/lighthouse/cli/index.js",
    address,
    "--quiet",
    "--output=json",
    `--output-path=${file}`,
    "--only-categories=performance,accessibility,best-practices",
    "--no-enable-error-reporting",
    `--chrome-flags=--headless=new ${chromiumArguments.join(" ")}`,
    ...(cookie === undefined ? [] : [`--extra-headers=${JSON.stringify({ cookie })}`]),
  ];
  const env = { ...process.env, CHROME_PATH: chromiumPath ?? chromium.executablePath() };
  await promisify(execFile)(tools.node, args, { cwd: tools.folder, env, timeout: RUN_WITHIN_MS });
  return reportSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

/** A generator of documentation sites, with one page of text and nothing changed of what it comes with. */
interface Generator {
  packages: Readonly<Record<string, string>>;
  /** Where it looks for the page, as Markdown. */
  page: string;
  files: Readonly<Record<string, string>>;
  /** Arguments for Node. */
  build: readonly string[];
  /** The folder that it builds. */
  output: string;
}

const GENERATORS = {
  docusaurus: {
    packages: {
      "@docusaurus/core": "3.10.2",
      "@docusaurus/preset-classic": "3.10.2",
      "@mdx-js/react": "3.1.1",
      react: "19.2.0",
      "react-dom": "19.2.0",
    },
    page: "docs/index.md",
    files: {
      "docusaurus.config.mjs": `export default {
  title: "With Care",
  url: "http://127.0.0.1",
  baseUrl: "/",
  onBrokenLinks: "ignore",
  presets: [["classic", { docs: { routeBasePath: "/" }, blog: false }]],
};\n`,
    },
    build: ["node_modules/@docusaurus/core/bin/docusaurus.mjs", "build"],
    output: "build",
  },
  starlight: {
    packages: { "@astrojs/starlight": "0.42.4", astro: "7.3.5" },
    page: "src/content/docs/index.md",
    files: {
      "astro.config.mjs": `import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
export default defineConfig({ integrations: [starlight({ title: "With Care" })] });\n`,
      "src/content.config.ts": `import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";
import { defineCollection } from "astro:content";
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };\n`,
      "tsconfig.json": "{}\n",
    },
    build: ["node_modules/astro/bin/astro.mjs", "build"],
    output: "dist",
  },
} as const satisfies Record<string, Generator>;

const BUILD_WITHIN_MS = 600_000;
const START_WITHIN_MS = 30_000;
const BUILD_SETTINGS = { NODE_ENV: "production", ASTRO_TELEMETRY_DISABLED: "1", NO_UPDATE_NOTIFIER: "1" } as const;

/**
 * Builds sites of Docusaurus and Starlight with the text of a policy, and serves their files, compressed.
 * @param slug of the policy, whose newest version is used
 * @param tools where the package `serve` is installed, and the Node that can run the generators
 * @throws Error if one cannot be installed, built or started
 */
async function startPeerSites(
  slug: string,
  tools: { folder: string; node: string },
  say: (progress: string) => void,
): Promise<Record<keyof typeof GENERATORS, ChildServer>> {
  const page = await readMarkdown(slug);
  const start = async (name: keyof typeof GENERATORS) => {
    say(`lighthouse: installing and building the site of ${name}`);
    return serve(name, await buildSite(name, page, tools.node), tools.folder);
  };
  return { docusaurus: await start("docusaurus"), starlight: await start("starlight") };
}

async function buildSite(name: keyof typeof GENERATORS, page: string, node: string): Promise<string> {
  const generator: Generator = GENERATORS[name];
  const folder = await installForBench(name, generator.packages);
  for (const [file, text] of Object.entries({ ...generator.files, [generator.page]: page })) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  const env = { ...process.env, ...BUILD_SETTINGS };
  await promisify(execFile)(node, generator.build, { cwd: folder, env, timeout: BUILD_WITHIN_MS });
  return path.join(folder, generator.output);
}

function serve(name: string, folder: string, toolFolder: string): Promise<ChildServer> {
  return startServer({
    name: `The site of ${name}`,
    folder: toolFolder,
    args: (port) => ["node_modules/serve/build/main.js", "--listen", `tcp://127.0.0.1:${port}`, folder],
    readyPath: "/",
    withinMs: START_WITHIN_MS,
  });
}

/** The text of a policy's newest version as Markdown that any generator reads: clauses become paragraphs. */
async function readMarkdown(slug: string): Promise<string> {
  const { versions } = await readContent("content");
  const version = versions.flatMap((read) => wholeVersion(read) ?? []).findLast((one) => one.slug === slug);
  if (!version) throw new Error(`There is no policy "${slug}" that can be read: run npm run policy:check.`);
  const text = version.text
    .replace(/<Clause id="([^"]+)"[^>]*>/g, "$1 ")
    .replace(/<Callout title="([^"]+)"[^>]*>/g, "**$1**\n")
    .replace(/<\/?[A-Z]\w*[^>]*>/g, "");
  return `---\ntitle: ${JSON.stringify(version.frontMatter.title)}\n---\n${text}`;
}
