import { execFile } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "@playwright/test";
import { z } from "zod";
import { chromiumArguments, chromiumPath } from "../e2e/chromium.mjs";
import { installForBench } from "./installed.ts";
import { lineOf, median, type Line, type Part } from "./line.ts";
import { startPeerSites } from "./peer-sites.ts";
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
