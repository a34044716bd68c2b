// @ts-check
// The scripts of the few pages that have one (app/_island), each bundled into one file next to the framework's own.
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const FOLDER = "app/_island";

/**
 * Bundles each island into `static/island` of a build, and records the addresses in `islands.json`: name → address.
 * Components are written for React; the browser gets Preact, which is a tenth of the size.
 * @param {string} distDir
 */
export async function bundleIslands(distDir) {
  const { build } = await import("esbuild");
  const { metafile } = await build({
    entryPoints: readdirSync(FOLDER).map((file) => path.join(FOLDER, file)),
    outdir: path.join(distDir, "static", "island"),
    entryNames: "[name]-[hash]",
    bundle: true,
    minify: true,
    metafile: true,
    format: "esm",
    target: "es2022",
    jsx: "automatic",
    alias: {
      react: "preact/compat",
      "react-dom/client": "preact/compat/client",
      "react/jsx-runtime": "preact/jsx-runtime",
    },
    define: { "process.env.NODE_ENV": '"production"' },
    logLevel: "warning",
    legalComments: "none",
  });
  const strangers = Object.keys(metafile.inputs).filter((file) => /^(server|prisma)\//.test(file));
  if (strangers.length > 0) throw new Error(`Browsers must not load ${strangers.join(", ")}: hand the page its data.`);
  const sources = Object.entries(metafile.outputs).map(([file, { entryPoint = "" }]) => [
    path.parse(entryPoint).name,
    `/_next/static/island/${path.basename(file)}`,
  ]);
  writeFileSync(path.join(distDir, "islands.json"), JSON.stringify(Object.fromEntries(sources)));
}
