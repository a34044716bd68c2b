import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { findFreePort } from "../scripts/test-postgresql.mjs";
import { hiddenField } from "./exception-by-http.ts";
import { expect, test as base } from "./fixture.ts";
import { placeHold } from "./hold-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { plainText } from "./plain-text.ts";
import { FormPage } from "./page/form-page.ts";
import { TasksPage } from "./page/tasks-page.ts";
import { employeeOf, inRole, type Person } from "./person.ts";
import { MODEL } from "./policy.ts";

const DAY_MS = 86_400_000;
const NAME = "Depot rota";

/** A portal on which a group was approved eight days ago, by a clock that was set back. */
interface DuePortal {
  address: string;
  reference: string;
  administrators: [one: string, two: string];
}

const test = base.extend<object, { due: DuePortal }>({
  due: [
    async ({ playwright }, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), "with-care-e2e-due-"));
      const port = await findFreePort();
      const address = `http://127.0.0.1:${port}`;
      try {
        const early = await start(folder, port, 8 * DAY_MS);
        const group = await registerGroup((person) => HttpVisit.as(playwright.request, address, person));
        await stop(early);
        const now = await start(folder, port, 0);
        await use({ address, ...group });
        await stop(now);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    { scope: "worker", timeout: 600_000 },
  ],
  baseURL: async ({ due }, use) => {
    await use(due.address);
  },
});

async function start(folder: string, port: number, backMs: number): Promise<ChildProcess> {
  const clock = pathToFileURL(path.resolve("e2e/earlier-clock.mjs")).href;
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    stdio: "ignore",
    env: {
      ...process.env,
      PORT: String(port),
      HOST: "127.0.0.1",
      DATA_DIR: path.join(folder, "data"),
      CLOCK_BACK_MS: String(backMs),
      DATABASE_URL: "",
      EVALUATION: "",
      BODIES: "example-borough",
      APP_URL: "",
      AUTH_SECRET: "",
      NODE_OPTIONS: `--import=${clock}`,
    },
  });
  while ((await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null))?.status !== 200) {
    if (child.exitCode !== null) throw new Error("The portal did not come up.");
    await pause(200);
  }
  return child;
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise<void>((resolve) => child.once("close", () => resolve()));
  child.kill("SIGTERM");
  await ended;
}

/** Asks for a group that is cleared every seven days; its administrators agree, and a governance officer approves it. */
async function registerGroup(signIn: (person: Person) => Promise<HttpVisit>): Promise<Omit<DuePortal, "address">> {
  const first = await signIn(employeeOf(MODEL));
  const forms = (await first.get("/sign-in")).text.split("<form").map(plainText);
  const namesOf = (role: string) =>
    forms.flatMap((form) => new RegExp(`([A-Z]\\w+ [A-Z]\\w+), ${role}, ${MODEL.body}`).exec(form)?.[1] ?? []);
  const [one = "", two = ""] = namesOf("Employee");
  const [deputy = ""] = namesOf("Line manager");
  const location = await first.send("/groups/new/send", {
    step: "check",
    kind: "team",
    name: NAME,
    purpose: "Who covers which shift.",
    app: "WhatsApp",
    logo: "yes",
    administrator1: one,
    administrator2: two,
    deputy,
    members: two,
    retention: "days",
    retentionCount: "7",
    disappear: "0",
    timerBy: "administrators",
    canExport: "yes",
    assistant: "off",
    "reviewOn-day": "1",
    "reviewOn-month": "3",
    "reviewOn-year": String(new Date().getFullYear() + 1),
    startKey: crypto.randomUUID(),
  });
  const reference = /GRP-\w{4}-\w{4}/.exec(location)?.[0] ?? "";
  for (const name of [one, two])
    await (await signIn({ ...employeeOf(MODEL), name })).send(`/groups/${reference}/send`, { do: "consent" });
  const officer = await signIn(inRole("Governance officer", MODEL));
  const revision = hiddenField((await officer.get(`/groups/${reference}/decide`)).text, "revision");
  await officer.send(`/groups/${reference}/decide/send`, { revision, decision: "approve", reason: "" });
  return { reference, administrators: [one, two] };
}

// Without JavaScript.
test.describe("a clear-down", () => {
  test.use({ javaScriptEnabled: false });

  test("is asked for, held, released, done once, and told in the ledger", async ({
    due,
    visit,
    signInAs,
    playwright,
  }) => {
    test.slow(); // five visits
    const { reference, administrators, address } = due;
    const [one, two] = administrators;
    const { page } = visit;
    const clearDowns = `/groups/${reference}/clear-downs`;
    const officer = await HttpVisit.as(playwright.request, address, inRole("Governance officer", MODEL));

    await test.step("an administrator has a task, and is asked about requests before anything else", async () => {
      await signInAs({ ...employeeOf(MODEL), name: one });
      await expect((await TasksPage.open(visit)).about(reference)).toContainText(`Clear down “${NAME}”`);
      await page.goto(clearDowns);
      const ask = await FormPage.at(visit, "Clear down the group", reference);
      await expect(ask.button("The chat is cleared")).toHaveCount(0);
      await ask.press("Continue");
      const unanswered = await FormPage.refused(visit, "Clear down the group", reference);
      await unanswered.choose({ "Has anybody asked for these messages?": "No, not that I know of" });
      await unanswered.press("Continue");
      const steps = await FormPage.at(visit, "Clear down the group", reference);
      await expect(steps.field("Message to copy into the chat")).toHaveValue(
        /Please clear this chat on your phone today/,
      );
      await expect(steps.main).toContainText("WhatsApp on an iPhone");
    });

    await test.step("a hold that was placed meanwhile stops it", async () => {
      const hold = await placeHold(officer, { onSubject: "", groups: reference });
      await page.getByRole("radio", { name: "No, nothing of value" }).check();
      await page.getByRole("radio", { name: "Every member’s" }).check();
      await page.getByRole("button", { name: "The chat is cleared" }).click();
      const held = await FormPage.refused(visit, "Do not delete these messages", reference);
      await expect(held.errorSummary).toContainText("It is recorded that they were not cleared.");
      await expect(held.field("Message to copy into the chat")).toHaveValue(/Please delete nothing in this chat/);
      await page.goto(`/groups/${reference}/ledger`);
      const ledger = await FormPage.titled(visit, "Disposal ledger", `Disposal ledger of ${reference}`);
      await expect(ledger.main).toContainText("Not cleared: a hold");
      await officer.send(`/holds/${hold}/send`, { do: "end", endReason: "It was answered." });
      await expect((await TasksPage.open(visit)).about(reference)).toContainText(`Clear down “${NAME}”`);
    });

    await test.step("of two administrators one confirms, and the other sees who did", async () => {
      const second = await HttpVisit.as(playwright.request, address, { ...employeeOf(MODEL), name: two });
      const dueOn = hiddenField((await second.get(`${clearDowns}?asked=none`)).text, "dueOn");
      await page.goto(`${clearDowns}?asked=none`);
      const confirm = await FormPage.at(visit, "Clear down the group", reference);
      await page.getByRole("radio", { name: "Yes, and it was moved to the record first" }).check();
      await page.getByRole("radio", { name: "Every member’s" }).check();
      await confirm.press("The chat is cleared");
      const nowhere = await FormPage.refused(visit, "Clear down the group", reference);
      await nowhere.write({ "Where is it now?": "Case system, 2026/1184" });
      await nowhere.press("The chat is cleared");
      const done = await FormPage.at(visit, "Clear-downs", reference);
      await expect(done.main).toContainText("The clear-down is recorded");
      const { location: late } = await second.post(`${clearDowns}/send`, {
        do: "confirm",
        dueOn,
        holdAnswer: "none",
        records: "nothing",
        copies: "everybody",
        recordsMovedTo: "",
      });
      expect(plainText((await second.get(late)).text)).toContain(`${one} has confirmed this clear-down already.`);
      await second.dispose();
    });

    await test.step("the ledger answers a requester, on a page and as a file", async () => {
      await signInAs(inRole("Auditor", MODEL));
      await page.goto(`/groups/${reference}/ledger`);
      const ledger = await FormPage.titled(visit, "Disposal ledger", `Disposal ledger of ${reference}`);
      await expect(ledger.main).toContainText("Messages are cleared every 7 days.");
      await expect(ledger.main).toContainText(
        `${one} confirmed that every member’s copy is cleared. What was of value was moved to the record first`,
      );
      const file = await officer.get(`/groups/${reference}/ledger.csv`);
      expect(file.status).toBe(200);
      expect(file.text).toContain("Cleared after a hold");
      await officer.dispose();
    });
  });
});
