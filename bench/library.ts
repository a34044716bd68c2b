import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { lineOf, type Part } from "./line.ts";
import { writeLibrary } from "./library-content.ts";
import { BENCH_FOLDER } from "./portal-copy.ts";

const LARGE = { policies: 1_000, versions: 20 };
/** What the large one is compared with, times ten. */
const SMALL = { policies: 100, versions: 20 };

const measuredSchema = z.object({ ms: z.number(), bytes: z.number(), versions: z.number() });

/** Reading a large library at the start, the memory it takes, and checking it, against ten times a tenth of it. */
export const benchLibrary: Part = async (print, say) => {
  const folder = path.join(BENCH_FOLDER, "library");
  const times = LARGE.policies / SMALL.policies;
  try {
    const [small, large] = [SMALL, LARGE].map(({ policies, versions }) => {
      const libraryFolder = path.join(folder, String(policies));
      say(`library: writing ${policies} policies of ${versions} versions`);
      rmSync(libraryFolder, { recursive: true, force: true });
      writeLibrary(libraryFolder, { policies, versions });
      return libraryFolder;
    });
    for (const task of ["start", "check"]) {
      say(`library: ${task}`);
      const [little, much] = [measure(task, small ?? ""), measure(task, large ?? "")];
      const peer = `${times} × ${SMALL.policies} policies of ${SMALL.versions} versions`;
      print(lineOf({ name: `library/${task}`, value: much.ms, unit: "ms", peer, peerValue: times * little.ms }));
      print(
        lineOf({
          name: `library/${task}/memory`,
          value: much.bytes,
          unit: "bytes",
          peer,
          peerValue: times * little.bytes,
        }),
      );
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return Promise.resolve();
};

/** In its own process, so that one does not warm up another. */
function measure(task: string, folder: string): z.infer<typeof measuredSchema> {
  const args = ["--expose-gc", "--conditions=react-server", "--import", "tsx", "bench/library-child.ts", task, folder];
  const output = execFileSync(process.execPath, args, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return measuredSchema.parse(JSON.parse(output));
}
