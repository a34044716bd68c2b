import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { startIdentityProvider, type IdentityProvider } from "../server/testing/identity-provider.ts";
import { test as base, expect } from "./fixture.ts";
import { runPortal, type OwnPortal } from "./own-portal.ts";
import { PortalPage } from "./page/portal-page.ts";
import type { Visit } from "./visit.ts";

const BODY = "example-borough";
const ANN = "ann@example-borough.example.invalid";
const STRANGER = "stranger@elsewhere.example.invalid";
const ELSEWHERE = "eli@nao.example.invalid";
const ACCOUNTS = [
  { email: ANN, name: "Ann Sampleton", groups: [] },
  { email: STRANGER, name: "Stranger Sampleton", groups: [] },
  { email: ELSEWHERE, name: "Eli Sampleton", groups: [] },
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
        const grant = (email: string, ...more: string[]) => {
          const command = ["scripts/run.mjs", "scripts/people-grant.ts", email, "administrator", ...more];
          execFileSync(process.execPath, command, { env: { ...env, BODIES: "" }, stdio: "pipe" });
        };
        grant(ANN, "--body", BODY, "--name", "Ann Sampleton");
        grant(ELSEWHERE, "--body", "nao", "--name", "Eli Sampleton"); // a body that this portal does not serve
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

async function sayWho({ page }: Visit, email: string): Promise<void> {
  await expect(page.getByRole("heading", { name: "Work account" })).toBeVisible();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Go on" }).click();
}

/** Goes to the provider as Ann, and stops before its answer reaches the portal. @returns the address that the answer is */
async function answerOf({ page }: Visit): Promise<string> {
  await page.goto("/sign-in/start?returnTo=/matrix");
  const { request } = page.context(); // with the browser's cookies
  let answer = await request.post(page.url(), { form: { login: ANN }, maxRedirects: 0 });
  for (let step = 0; step < 5; step++) {
    const location = new URL(answer.headers()["location"] ?? "", answer.url()).href;
    if (location.includes("/sign-in/callback?")) return location;
    answer = await request.get(location, { maxRedirects: 0 });
  }
  throw new Error("The provider did not answer.");
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

test("a person of a body that is not served, a wrong state and a code that has expired get nobody in", async ({
  visit,
  place,
}) => {
  const { page } = visit;
  const heading = (words: string) => page.getByRole("heading", { name: words, exact: true });
  await page.goto("/sign-in/start?returnTo=/matrix");
  await sayWho(visit, ELSEWHERE);
  await expect(heading("Your employer does not use this portal")).toBeVisible();
  await page.context().clearCookies();
  const state = await answerOf(visit);
  await page.goto(state.replace(/state=[^&]+/, "state=another"));
  await expect(heading("Signing in did not work")).toBeVisible();
  await page.context().clearCookies();
  place.provider.setCodeSeconds(1);
  const late = await answerOf(visit);
  await pause(2_200);
  await page.goto(late);
  await expect(heading("Signing in did not work")).toBeVisible();
  place.provider.setCodeSeconds(60);
  await page.goto("/matrix");
  await expect(heading("Sign in")).toBeVisible();
});

test("nobody signs in as an invented person", async ({ place, request }) => {
  const page = await request.get(`${place.address}/sign-in`);
  expect(await page.text()).not.toContain("invented");
  const sent = await request.post(`${place.address}/sign-in/send`, { form: { personId: "x" }, maxRedirects: 0 });
  expect(sent.headers()["location"]).toContain("refused=");
});
