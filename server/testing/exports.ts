import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { unzipSync } from "fflate";
import type { Actor } from "#domain/access/permission/permission.ts";
import { main } from "#server/evidence/journal/verify.mjs";
import { exportEvidence } from "#server/evidence/journal/export-service.ts";
import { getJwks } from "#server/evidence/signing-key/queries.ts";

/** A folder for the exports of one test file. */
export class ExportFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), "with-care-export-"));
  private count = 0;

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  /** A path in it that was not given out before. */
  next(): string {
    return path.join(this.path, String(++this.count));
  }

  /** Exports and unpacks the evidence of a period. @returns the folder that the ZIP file made */
  async export(actor: Actor, { from = "2026-01-01", until = "2026-11-24", holds = "texts" } = {}): Promise<string> {
    const day = (text: string) => ({ kind: "day", day: text }) as const;
    const result = await exportEvidence(actor, { from: day(from), until: day(until), holds });
    if (result.code !== "exported") throw new Error(JSON.stringify(result));
    const pieces: Uint8Array[] = [];
    for await (const piece of result.archive) pieces.push(piece);
    const target = this.next();
    let folder = "";
    for (const [name, bytes] of Object.entries(unzipSync(Buffer.concat(pieces)))) {
      folder = path.join(target, name.split("/")[0] ?? "");
      mkdirSync(path.dirname(path.join(target, name)), { recursive: true });
      writeFileSync(path.join(target, name), bytes);
    }
    return folder;
  }

  /** Saves the keys that the portal publishes now. @returns the file */
  async saveKeys(): Promise<string> {
    const file = `${this.next()}.json`;
    writeFileSync(file, JSON.stringify(await getJwks()));
    return file;
  }
}

/** Runs the program that checks exports, in this process. @param args as on its command line */
export async function verifyExported(...args: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = [];
  const code = await main(args, (line) => void lines.push(line));
  return { code, said: lines.join("\n") };
}
