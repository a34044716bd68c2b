// @ts-check
import { existsSync } from "node:fs";

/**
 * For pages the headless shell does the same as the full browser, at half the cost; Debian's command only wraps the
 * latter.
 */
const SYSTEM_CHROMIUM = [
  "/usr/lib/chromium/chromium-headless-shell",
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
];

/** The system's own Chromium, or undefined: then Playwright's is needed (`npx playwright install chromium`). */
export const chromiumPath = SYSTEM_CHROMIUM.find((file) => existsSync(file));

/** It may neither update itself nor contact anybody; as root, as in a container, it can't create a sandbox. */
export const chromiumArguments = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  // One site, and nothing that needs a graphics card: fewer processes that have to communicate.
  "--in-process-gpu",
  "--disable-software-rasterizer",
  "--renderer-process-limit=2",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
