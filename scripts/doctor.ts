/**
 * `npm run doctor [-- --json]`: looks at everything that the portal needs, and says for each what to do; works beside a
 * running portal, on a stopped one, and where there is no database to reach. Exit 0: no fault. 1: a fault. 2: it could
 * not look.
 */
import { z } from "zod";
import { clock } from "#server/base/clock.ts";
import { EnvironmentError, readEnvironment, withoutSignIn, type Env } from "#server/base/environment/environment.mjs";
import { examine, type HealthLine, type Patient } from "#server/shell/health/checks.ts";
import { openToRead, readArguments, runCommand } from "./command.ts";
import { askRunningPortal, notUnderstood } from "./running-portal.ts";

const USE = "Use: npm run doctor [-- --json]";
const MARKS = { ok: "ok     ", warning: "warning", fault: "FAULT  " };

const answerSchema = z.object({
  lines: z.array(
    z.object({
      name: z.string(),
      title: z.string(),
      state: z.enum(["ok", "warning", "fault"]),
      says: z.string(),
      todo: z.string(),
    }),
  ),
});

await runCommand(
  "The portal could not be looked at",
  async () => {
    const { json } = readArguments(USE, { options: { json: { type: "boolean", default: false } } }).values;
    const lines = await look();
    console.log(json ? JSON.stringify(lines, null, 2) : inWords(lines));
    process.exitCode = lines.some(({ state }) => state === "fault") ? 1 : 0;
  },
  2,
);

function inWords(lines: readonly HealthLine[]): string {
  const counted = (state: HealthLine["state"], words: string) =>
    `${lines.filter((line) => line.state === state).length} ${words}`;
  return [
    ...lines.map(({ state, title, says, todo }) =>
      [`${MARKS[state]}  ${title}: ${says}`, todo].filter(Boolean).join(" "),
    ),
    [counted("ok", "ok"), counted("warning", "to look at"), counted("fault", "at fault")].join(", ") + ".",
  ].join("\n");
}

async function look(): Promise<HealthLine[]> {
  const { env, settingsProblem } = readSettings();
  const patient = { env, settingsProblem, databaseProblem: null, now: clock.now(), node: process.versions.node };
  let database: Patient["database"];
  try {
    database = await openToRead(env, null);
  } catch (error) {
    const databaseProblem = error instanceof Error ? error.message : String(error);
    return examine({ ...patient, database: null, databaseProblem }, { isWhole: true });
  }
  if (database === null) return askPortal(env);
  return examine({ ...patient, database }, { isWhole: true }).finally(() => database.close());
}

/** The settings as the portal takes them, or else as other commands do. @throws EnvironmentError where neither can be */
function readSettings(): { env: Env; settingsProblem: string | null } {
  try {
    return { env: readEnvironment(process.env, process.cwd()), settingsProblem: null };
  } catch (error) {
    if (!(error instanceof EnvironmentError)) throw error;
    return { env: readEnvironment(withoutSignIn(process.env), process.cwd()), settingsProblem: error.message };
  }
}

/** The embedded database belongs to one process; if a portal is running on it, that one looks. */
async function askPortal(env: Env): Promise<HealthLine[]> {
  const { address, response } = await askRunningPortal(env, "doctor", "/api/doctor", {});
  const read = answerSchema.safeParse(await response.json().catch(() => null));
  if (!read.success) throw notUnderstood(address);
  return read.data.lines;
}
