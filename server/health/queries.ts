import "server-only";
import { getDatabase } from "#server/db/database.ts";
import packageJson from "../../package.json" with { type: "json" };

const ANSWER_WITHIN_MS = 3_000;

export interface Health {
  status: "ok" | "error";
  /** "ok", or "error: …" in words that give away nothing. */
  database: string;
  version: string;
}

// A database that hangs is asked once, however many ask after its health.
let probe: Promise<string> | undefined;

/** How the portal is; answers within about three seconds, also when the database does not. Needs no sign-in. */
export async function getHealth(): Promise<Health> {
  probe ??= probeDatabase().finally(() => (probe = undefined));
  const database = await within(ANSWER_WITHIN_MS, probe);
  return { status: database === "ok" ? "ok" : "error", database, version: packageJson.version };
}

async function probeDatabase(): Promise<string> {
  try {
    await getDatabase().$queryRaw`SELECT 1`;
    return "ok";
  } catch {
    return "error: the database does not answer queries";
  }
}

async function within(milliseconds: number, answer: Promise<string>): Promise<string> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`error: no answer within ${milliseconds / 1000} seconds`), milliseconds);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
