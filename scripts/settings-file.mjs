// @ts-check
// The service's settings for whoever starts the portal or a command by hand: the same file that systemd and podman read.
import { readFileSync } from "node:fs";

/**
 * Adds what the file named by SETTINGS_FILE holds to the environment; what is set there already stays. Its lines are as
 * systemd reads an EnvironmentFile: NAME=value, quotes around a value left off, nothing else special in it; lines that begin
 * with # or ; are remarks.
 * @throws {Error} with one sentence where it cannot be read
 */
export function takeSettingsFile() {
  const file = process.env["SETTINGS_FILE"]?.trim();
  if (!file) return;
  let text;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? error.code : String(error);
    throw new Error(
      `SETTINGS_FILE is "${file}", which this account cannot read (${reason}): chgrp it to the portal's group and chmod 640, or name another file.`,
    );
  }
  for (const line of text.split(/\r?\n/)) {
    const [, name, value = ""] = /^\s*([A-Za-z_]\w*)=(.*?)\s*$/.exec(line) ?? [];
    if (name) process.env[name] ??= /^(["'])(.*)\1$/.exec(value.trim())?.[2] ?? value.trim();
  }
}
