import { rmSync } from "node:fs";

/** Runs once after all tests, when the portal has stopped. */
export default function removeData(): void {
  if (process.env.E2E_DATA_DIR) rmSync(process.env.E2E_DATA_DIR, { recursive: true, force: true });
}
