import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { ROOT } from "../scripts/prepare.mjs";
import { lineOf, median, type Part } from "./line.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { residentBytes } from "./process-cpu.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const STARTS = 5;
/** By then scheduled jobs have started as well. */
const SETTLED_AFTER_MS = 5_000;
const PROBE = path.join(ROOT, "bench", "start-probe.mjs");
const MOST_READY_MS = 3_000;
const MOST_BLOCKED_MS = 500;
const MEGABYTE = 2 ** 20;

/** From the start command to the first answer that the portal is ready, the longest that it did nothing else meanwhile, and the memory it has then, on a database that is there. */
export const benchStart: Part = async (print, say) => {
  await measure("embedded", {}, 500 * MEGABYTE);
  const database = await makePostgresqlDatabase();
  if (!database) return say("start: no PostgreSQL was found, so only the embedded database is measured");
  await measure("postgresql", { DATABASE_URL: database.url, EVALUATION: "1" }, 300 * MEGABYTE).finally(database.drop);

  async function measure(kind: string, settings: Record<string, string>, mostBytes: number): Promise<void> {
    const folder = mkdtempSync(path.join(tmpdir(), "with-care-bench-"));
    const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    process.once("exit", remove);
    const all = { ...settings, DATA_DIR: folder, START_PROBE: path.join(folder, "start-probe.json") };
    say(`start: building, and making the database, ${kind}`);
    await (await startPortalCopy(all)).stop();
    const starts: Awaited<ReturnType<typeof startOnce>>[] = [];
    for (let start = 1; start <= STARTS; start++) {
      say(`start: ${kind}, ${start} of ${STARTS}`);
      starts.push(await startOnce(all));
    }
    remove();
    const middle = (of: keyof (typeof starts)[number]) => median(starts.map((one) => one[of]));
    const bound = { unit: "ms", peer: "the bound" } as const;
    print(lineOf({ name: `start/ready/${kind}`, value: middle("ready"), ...bound, peerValue: MOST_READY_MS }));
    print(lineOf({ name: `start/blocked/${kind}`, value: middle("blocked"), ...bound, peerValue: MOST_BLOCKED_MS }));
    print(
      lineOf({
        name: `start/memory/${kind}`,
        value: middle("bytes"),
        unit: "bytes",
        peer: "the bound",
        peerValue: mostBytes,
      }),
    );
  }
};

async function startOnce(settings: Record<string, string> & { START_PROBE: string }) {
  const begun = performance.now();
  const portal = await startPortalCopy(settings, { node: ["--import", PROBE], readyPath: "/api/health/ready" });
  const ready = performance.now() - begun;
  await pause(SETTLED_AFTER_MS);
  const bytes = residentBytes(portal.pid);
  await portal.stop();
  return { ready, bytes, blocked: Number(readFileSync(settings.START_PROBE, "utf8")) };
}
