// @ts-check
import { existsSync } from "node:fs";

const SYSTEM_CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser"];

/** The system's own Chromium, or undefined: then Playwright's is needed (`npx playwright install chromium`). */
export const chromiumPath = SYSTEM_CHROMIUM.find((file) => existsSync(file));

/** It may neither update itself nor call anybody; as root, as in a container, it can't make a sandbox. */
export const chromiumArguments = [
  ...["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync"],
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];
