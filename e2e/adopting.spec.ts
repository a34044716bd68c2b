import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { startIdentityProvider, type IdentityProvider } from "../server/testing/identity-provider.ts";
import { test as base, expect } from "./fixture.ts";
import { runPortal, type OwnPortal } from "./own-portal.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TasksPage } from "./page/tasks-page.ts";

// The twelve steps of docs/adopting.md, from answers to somebody of the staff who signs in; unpacking is e2e/package.spec.ts.

const BODY = "northtown";
const ADMINISTRATOR = "ada@northtown.gov.uk";
const STAFF = "sam@northtown.gov.uk";
const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path fill="#1d4f91" d="M0 0h30v10H0z"/></svg>`;

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  execFileSync(process.execPath, ["scripts/run.mjs", `scripts/${command}.ts`, ...args], {
    env,
    encoding: "utf8",
    stdio: "pipe",
  });

/** A content folder made with the answers that the guide shows. */
function adoptAsShown(folder: string): string {
  const guide = readFileSync("docs/adopting.md", "utf8");
  const answers = path.join(folder, "answers.yaml");
  writeFileSync(answers, /```yaml\n(body:[^]*?)```/.exec(guide)?.[1] ?? "");
  const content = path.join(folder, "own");
  expect(run("adopt", ["--answers", answers, "--into", content])).toContain("Made ");
  expect(run("policy-check", ["--content", content])).toContain("No fault. 1 thing to put right");
  return content;
}

type Place = OwnPortal & { own: string };

/** Step 5: a look at it, with invented people. */
const looking = base.extend<object, { place: Place }>({
  place: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), "with-care-adopting-"));
      const own = adoptAsShown(folder);
      await runPortal(
        (portal) => use({ ...portal, own }),
        () => ({ CONTENT_DIR: own, BODIES: "" }),
      );
      rmSync(folder, { recursive: true });
    },
    { scope: "worker", timeout: 600_000 },
  ],
  baseURL: async ({ place }, use) => {
    await use(place.address);
  },
});

looking(
  "a new content folder can be looked at, and takes up what is saved before anything is published",
  async ({ visit, place }) => {
    const { page } = visit;
    await page.goto("/sign-in");
    await expect(page.getByRole("heading", { level: 2 })).toHaveText(["Northtown District Council"]);
    await page.getByRole("button", { name: /Policy owner, Northtown/ }).click();
    const policy = await PortalPage.openAt(visit, "/policies/messaging-apps", "Messaging apps at work", /With Care$/);
    await expect(policy.main).toContainText("Draft");
    const more = await PortalPage.openAt(visit, "/more", "All pages");
    await expect(more.main.getByRole("link", { name: "Compare policies" })).toHaveCount(0);
    const library = await PortalPage.openAt(visit, "/policies", "Policies");
    await expect(library.main.getByRole("link", { name: "Compare policies" })).toHaveCount(0);

    writeFileSync(path.join(place.own, "logo.svg"), LOGO);
    writeFileSync(
      path.join(place.own, "portal.yaml"),
      `name: Northtown Messages\naccent: "#1d4f91"\nlogo: logo.svg\nhome: { heading: Before you send it }\n`,
    );
    await expect(async () => {
      await page.goto("/");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Before you send it", { timeout: 500 });
    }).toPass();
    await expect(page).toHaveTitle("Before you send it – Northtown Messages");
    await expect(page.getByRole("banner").getByRole("link", { name: "Northtown Messages" })).toBeVisible();
    const logo = page.getByRole("banner").locator("img");
    expect(await logo.evaluate((image: HTMLImageElement) => [image.naturalWidth > 0, image.clientHeight])).toEqual([
      true,
      32,
    ]);
    const accent = await page.evaluate(() =>
      getComputedStyle(document.documentElement).getPropertyValue("--color-accent"),
    );
    expect(accent.trim()).toBe("#1d4f91");
    const picture = await page.request.get((await logo.getAttribute("src")) ?? "");
    expect(picture.headers()["content-security-policy"]).toBe("default-src 'none'; sandbox");

    // What is wrong changes nothing for readers.
    writeFileSync(path.join(place.own, "portal.yaml"), `accent: "#ffff00"\n`);
    const faults = await PortalPage.openAt(visit, "/tasks", "Your tasks", /Northtown Messages$/);
    await expect(async () => {
      await page.reload();
      await expect(faults.main).toContainText("portal.yaml", { timeout: 500 });
    }).toPass();
    await expect(page.getByRole("banner").getByRole("link", { name: "Northtown Messages" })).toBeVisible();
  },
);

/** Steps 7 to 12: published, with an identity provider, the first administrator and a list of people. */
const live = base.extend<object, { place: Place & { provider: IdentityProvider } }>({
  place: [
    async ({}, use) => {
      const folder = mkdtempSync(path.join(tmpdir(), "with-care-adopting-"));
      const own = adoptAsShown(folder);
      const text = path.join(own, "policies/messaging-apps/1.0/policy.mdx");
      const today = new Date().toISOString().slice(0, 10);
      const filled = readFileSync(text, "utf8")
        .replace("status: draft", "status: in force")
        .replace(/^(published|effective|reviewed): null$/gm, `$1: "${today}"`)
        .replace("reviewDue: null", `reviewDue: "${Number(today.slice(0, 4)) + 1}-01-31"`);
      writeFileSync(text, filled);
      expect(run("policy-publish", ["messaging-apps", "1.0", "--content", own, "--yes"])).toContain("Published");
      const made: { provider?: IdentityProvider } = {};
      const settings = async (address: string) => {
        const accounts = [
          { email: ADMINISTRATOR, name: "Ada Sampleton", groups: [] },
          { email: STAFF, name: "Sam Sampleton", groups: [] },
        ];
        const { issuer, clientId, clientSecret } = (made.provider = await startIdentityProvider(address, accounts));
        return {
          CONTENT_DIR: own,
          BODIES: "",
          OIDC_ISSUER: issuer,
          OIDC_CLIENT_ID: clientId,
          OIDC_CLIENT_SECRET: clientSecret,
        };
      };
      const start = async (portal: OwnPortal) => {
        if (made.provider) await use({ ...portal, own, provider: made.provider });
      };
      await runPortal(start, settings, (env) => {
        run("people-grant", [ADMINISTRATOR, "administrator", "--body", BODY, "--name", "Ada Sampleton"], env);
        const list = path.join(folder, "people.csv");
        writeFileSync(list, `name,email\nSam Sampleton,${STAFF}\n`);
        run("people-import", [list, "--body", BODY], env);
      });
      await made.provider?.close();
      rmSync(folder, { recursive: true });
    },
    { scope: "worker", timeout: 600_000 },
  ],
  baseURL: async ({ place }, use) => {
    await use(place.address);
  },
  otherOrigins: async ({ place }, use) => {
    await use([place.provider.issuer]);
  },
});

live("staff of a body of one's own sign in, and are asked to accept its policy", async ({ visit }) => {
  const { page } = visit;
  const start = await PortalPage.openAt(visit, "/tasks", "Sign in");
  await expect(start.main).toContainText("Northtown District Council");
  await start.main.getByRole("link", { name: "Sign in with your work account" }).click();
  await page.getByLabel("E-mail address").fill(STAFF);
  await page.getByRole("button", { name: "Go on" }).click();
  const tasks = await TasksPage.shown(visit);
  await expect(
    tasks.main.getByRole("link", { name: "Accept or decline “Messaging apps at work”, version 1.0" }),
  ).toBeVisible();
  const policy = await page.request.get("/policies/messaging-apps");
  expect(await policy.text()).not.toContain("Example Borough");
});
