import { execFileSync } from "node:child_process";
import { startIdentityProvider, type IdentityProvider } from "../server/testing/identity-provider.ts";
import { test as base, expect } from "./fixture.ts";
import { runPortal, type OwnPortal } from "./own-portal.ts";
import { PortalPage } from "./page/portal-page.ts";
import type { Visit } from "./visit.ts";

const BODY = "example-borough";
const ANN = "ann@example-borough.example.invalid";
const STRANGER = "stranger@elsewhere.example.invalid";
const ACCOUNTS = [
  { email: ANN, name: "Ann Sampleton", groups: [] },
  { email: STRANGER, name: "Stranger Sampleton", groups: [] },
];

interface Place extends OwnPortal {
  provider: IdentityProvider;
}

/** A portal whose people sign in at a real provider; Ann is its first administrator, made by the command. */
const test = base.extend<object, { place: Place }>({
  place: [
    async ({}, use) => {
      const made: { provider?: IdentityProvider } = {};
      const settings = async (address: string) => {
        const provider = (made.provider = await startIdentityProvider(address, ACCOUNTS));
        const { issuer, clientId, clientSecret } = provider;
        return { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret };
      };
      const run = async (portal: OwnPortal) => {
        if (made.provider) await use({ ...portal, provider: made.provider });
      };
      await runPortal(run, settings, (env) => {
        const grant = ["scripts/run.mjs", "scripts/people-grant.ts", ANN, "administrator"];
        execFileSync(process.execPath, [...grant, "--body", BODY, "--name", "Ann Sampleton"], { env, stdio: "pipe" });
      });
      await made.provider?.close();
    },
    { scope: "worker", timeout: 120_000 },
  ],
  baseURL: async ({ place }, use) => {
    await use(place.address);
  },
  otherOrigins: async ({ place }, use) => {
    await use([place.provider.issuer]);
  },
});

test.describe.configure({ mode: "default" }); // one portal for all of them, not one for each worker

async function sayWho({ page }: Visit, email: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Work account" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Go on" }).click();
}

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("one signs in with the work account, to where one was going, and out at both ends", async ({ visit }) => {
      const { page } = visit;
      const start = await PortalPage.openAt(visit, "/admin/tokens", "Sign in");
      await start.main.getByRole("link", { name: "Sign in with your work account" }).click();
      await sayWho(visit, ANN);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tokens for programs");
      await expect(page.getByText("Ann Sampleton").first()).toBeVisible();
      await page.getByRole("button", { name: "Sign out" }).click();
      await expect(page.getByRole("heading", { name: "Sign out of the work account?" })).toBeVisible();
      await page.getByRole("button", { name: "Yes" }).click();
      await expect(page).toHaveURL(/\/sign-in\b/);
      // The provider asks again who it is.
      await page.getByRole("link", { name: "Sign in with your work account" }).click();
      await expect(page.getByLabel("E-mail address")).toBeVisible();
    });
  });

test("somebody unknown, an answer sent twice, and a forged one are turned away, and told why", async ({ visit }) => {
  const { page } = visit;
  await page.goto("/sign-in/start?returnTo=/matrix");
  await sayWho(visit, STRANGER);
  await expect(page.getByRole("heading", { name: "We do not know you yet" })).toBeVisible();
  await visit.page.context().clearCookies();
  await page.goto("/sign-in/callback?code=forged&state=forged");
  await expect(page.getByRole("heading", { name: "Signing in did not work" })).toBeVisible();
  await page.goto("/sign-in/start?returnTo=//elsewhere.example");
  const answered = page.waitForRequest((request) => request.url().includes("/sign-in/callback?"));
  await sayWho(visit, ANN);
  const answer = (await answered).url();
  await expect(page).toHaveURL(/:\d+\/$/);
  await page.goto(answer);
  await expect(page.getByRole("heading", { name: "Signing in did not work" })).toBeVisible();
});

test("nobody signs in as an invented person", async ({ place, request }) => {
  const page = await request.get(`${place.address}/sign-in`);
  expect(await page.text()).not.toContain("invented");
  const sent = await request.post(`${place.address}/sign-in/send`, { form: { personId: "x" }, maxRedirects: 0 });
  expect(sent.headers()["location"]).toContain("refused=");
});
