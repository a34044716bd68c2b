import { setTimeout as pause } from "node:timers/promises";
import { lineOf, type Part } from "./line.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { attribute, BODY, get } from "./portal-page.ts";
import { signIn } from "./sample-session.ts";
import { makePostgresqlDatabase } from "./write-database.ts";

const PEOPLE = 100_000;
/** Whatever else the portal does, it must answer within a second that it is alive. */
const BOUND = { unit: "ms", peer: "the bound", peerValue: 1_000 } as const;
const ASK_EVERY_MS = 50;
const IMPORT = "/admin/people/import";
const EMPLOYERS = ["Bromsgrove District Council", "Redditch Borough Council"];

/** The longest time that /api/health/live takes while a list of 100,000 people is checked, and while it is imported. */
export const benchImport: Part = async (print, say) => {
  await measure("embedded", {});
  const database = await makePostgresqlDatabase();
  if (!database) return say("import: no PostgreSQL was found, so only the embedded database is measured");
  await measure("postgresql", { DATABASE_URL: database.url, EVALUATION: "1" }).finally(() => database.drop());

  async function measure(kind: string, settings: Record<string, string>): Promise<void> {
    say(`import: building and starting a copy of the portal, ${kind}`);
    const portal = await startPortalCopy(settings);
    try {
      const cookie = await signIn(portal.origin, BODY, "administrator");
      const send = async (path: string, body: FormData) => {
        const headers = { cookie, origin: portal.origin };
        const response = await fetch(portal.origin + path, { method: "POST", body, headers, redirect: "manual" });
        return response.headers.get("location") ?? "";
      };
      let checked = "";
      const check = await longestAnswer(portal.origin, async () => {
        checked = await send(`${IMPORT}/send`, fields({ file: new File([listOfPeople()], "people.csv") }));
        if (!/import\/[0-9a-f]{32}$/.test(checked)) throw new Error(`The list was not checked: "${checked}".`);
      });
      const confirm = await longestAnswer(portal.origin, async () => {
        const { pathname } = new URL(checked, portal.origin);
        const page = await get(portal.origin + pathname, cookie);
        const [ticket = ""] = /<input\b[^>]*\bname="openedBy"[^>]*>/.exec(page) ?? [];
        const done = await send(
          `${pathname}/send`,
          fields({ openedBy: attribute(ticket, "value") ?? "", many: "yes" }),
        );
        if (!done.endsWith("?done=1")) throw new Error(`The list was not imported: "${done}".`);
      });
      say(`import: checked in ${check.seconds} s, imported in ${confirm.seconds} s`);
      print(lineOf({ name: `import/${kind}/check`, value: check.longest, ...BOUND }));
      print(lineOf({ name: `import/${kind}/take-over`, value: confirm.longest, ...BOUND }));
    } finally {
      await portal.stop();
    }
  }
};

function fields(values: Record<string, string | File>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.append(name, value);
  return form;
}

function listOfPeople(): string {
  const rows = Array.from({ length: PEOPLE }, (_, at) => {
    const manager = at === 0 ? "" : `p${Math.floor(at / 10)}@list.example`;
    return `p${at}@list.example,Person ${at},${EMPLOYERS[at % 2]},Team ${at % 5000},${manager},employee,2020-01-01`;
  });
  return ["E-mail,Name,Employer,Team,Line manager,Kind,Start", ...rows].join("\n");
}

/** Asks every 50 ms whether the portal is alive, without waiting for the previous answer. */
async function longestAnswer(origin: string, work: () => Promise<void>): Promise<{ longest: number; seconds: number }> {
  let longest = 0;
  const asked: Promise<void>[] = [];
  const ask = async () => {
    const start = performance.now();
    const response = await fetch(`${origin}/api/health/live`);
    await response.arrayBuffer();
    longest = Math.max(longest, performance.now() - start);
  };
  await ask();
  longest = 0;
  const start = performance.now();
  let isOver = false;
  const working = work().finally(() => (isOver = true));
  while (!isOver) {
    asked.push(ask());
    await pause(ASK_EVERY_MS);
  }
  await working;
  const seconds = Math.round((performance.now() - start) / 1000);
  await Promise.all(asked);
  return { longest, seconds };
}
