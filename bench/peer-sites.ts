import { execFile } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { startServer, type ChildServer } from "./child-server.ts";
import { installForBench } from "./installed.ts";

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
export async function startPeerSites(
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
