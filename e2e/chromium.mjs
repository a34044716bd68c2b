// @ts-check
import { existsSync } from "node:fs";

/** Without windows it does what the whole browser does for a page, at half the work; Debian's command only calls it. */
const SYSTEM_CHROMIUM = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
];

/** The system's own Chromium, or undefined: then Playwright's is needed (`npx playwright install chromium`). */
export const chromiumPath = SYSTEM_CHROMIUM.find((file) => existsSync(file));

/** It may neither update itself nor call anybody; as root, as in a container, it can't make a sandbox. */
export const chromiumArguments = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // One site, and nothing that a graphics card would draw: fewer processes that have to talk to each other.
  "--in-process-gpu",
  "--disable-software-rasterizer",
  "--renderer-process-limit=2",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
