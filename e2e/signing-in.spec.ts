import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import {
  startIdentityProvider,
  type IdentityProvider,
  type ProviderAccount,
  type ProviderFault,
} from "../server/testing/identity-provider.ts";
import { test as base, expect } from "./fixture.ts";
import { runPortal, type OwnPortal } from "./own-portal.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TokenPage } from "./page/token-page.ts";
import type { Visit } from "./visit.ts";

const BODY = "example-borough";
const ANN = "ann@example-borough.example.invalid";
const STRANGER = "stranger@elsewhere.example.invalid";
const ELSEWHERE = "eli@nao.example.invalid";
const NEWCOMER = "nia@example-borough.example.invalid";
const LEAVER = "leo@example-borough.example.invalid";
const BEA = "bea@example-borough.example.invalid";
const ACCOUNTS: ProviderAccount[] = [
  { email: NEWCOMER, name: "Nia Newton", groups: [] },
  { email: LEAVER, name: "Leo Leaverton", groups: [] },
  { email: ANN, name: "Ann Sampleton", groups: [] },
  { email: STRANGER, name: "Stranger Sampleton", groups: [] },
  { email: ELSEWHERE, name: "Eli Sampleton", groups: [] },
  { login: "bea", email: BEA, name: "Bea Sampleton", groups: [] },
  { login: "bea-anew", email: BEA, name: "Bea Sampleton", groups: [] },
  { login: "unsure", email: "una@example-borough.example.invalid", name: "Una", groups: [], emailVerified: false },
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
        const provider = (made.provider = await startIdentityProvider(address, ACCOUNTS, { saysWhen: true }));
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
        grant(BEA, "--body", BODY, "--name", "Bea Sampleton");
        grant(ELSEWHERE, "--body", "nao", "--name", "Eli Sampleton"); // a body that this portal does not serve
      });
      await made.provider?.close();
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

test.describe.configure({ mode: "default" }); // one portal for all of them, not one for each worker

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

// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

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

  test("before an act that gives rights one signs in again, and comes back to what was typed", async ({
    visit,
    place,
  }) => {
    const { page } = visit;
    place.provider.setSignedInAgo(16 * 60);
    await page.goto("/sign-in/start?returnTo=/admin/tokens/new");
    await sayWho(visit, ANN);
    const name = "Directory, without JavaScript";
    const form = await FormPage.at(visit, "Make a token");
    await form.field("Which program is it for?").fill(name);
    await form.main.getByRole("checkbox", { name: "Change the people of your body (SCIM)" }).check();
    await form.main.getByRole("radio").first().check();
    await form.main.getByRole("button", { name: "Make the token" }).click();

    place.provider.setSignedInAgo(0);
    const again = await FormPage.at(visit, "Sign in again");
    await again.main.getByRole("link", { name: "Sign in again" }).click();
    await sayWho(visit, STRANGER);
    // The provider signs the one before out first, by a form that a script sends where there is one.
    await page.getByRole("button", { name: "Continue" }).click();
    await expect(page.getByRole("heading", { name: "You signed in as somebody else" })).toBeVisible();
    await page.context().clearCookies({ name: /^_(session|interaction)/ }); // signs out at the provider
    await again.main.getByRole("link", { name: "Sign in again" }).click();
    await sayWho(visit, ANN);

    const back = await FormPage.refused(visit, "Make a token");
    await expect(back.errorSummary).toContainText("You had to sign in again");
    await expect(back.field("Which program is it for?")).toHaveValue(name);
    await expect(back.main.getByRole("checkbox", { name: "Change the people of your body (SCIM)" })).toBeChecked();
    await back.main.getByRole("button", { name: "Make the token" }).click();
    expect(await (await TokenPage.made(visit)).token()).not.toBe("");
  });
});

test("a provider that does not say when somebody signed in is refused with the reason, and asked no second time", async ({
  visit,
  place,
}) => {
  const { page } = visit;
  place.provider.setSignedInAgo(16 * 60);
  await page.goto("/sign-in/start?returnTo=/matrix");
  await sayWho(visit, ANN);
  place.provider.setMaxAge("ignores");
  await page.goto("/sign-in/again?returnTo=/admin/tokens");
  await page.getByRole("main").getByRole("link", { name: "Sign in again" }).click();
  await expect(page.getByRole("heading", { name: "We could not tell that you signed in again" })).toBeVisible();
  expect(place.log()).toContain("A sign-in was refused: not-recent");
  await page.getByRole("main").getByRole("link", { name: "Go back without signing in" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Tokens for programs");
  place.provider.setMaxAge("asks");
  place.provider.setSignedInAgo(0);
});

test("another account with one's address is refused until an administrator releases one, who is signed out", async ({
  visit,
  browser,
  place,
}) => {
  const { page } = visit;
  const at = async (login: string) => {
    const context = await browser.newContext();
    const bea = await context.newPage();
    await bea.goto(`${place.address}/sign-in/start?returnTo=/me`);
    await bea.getByLabel("E-mail address").fill(login);
    await bea.getByRole("button", { name: "Go on" }).click();
    return bea;
  };
  const first = await at("bea");
  await expect(first.getByRole("main")).toContainText("No other account opens the portal as you");
  const refused = await at("bea-anew");
  await expect(
    refused.getByRole("heading", { name: "Your e-mail address is tied to another work account" }),
  ).toBeVisible();
  const unsure = await at("unsure");
  await expect(unsure.getByRole("heading", { name: "Your e-mail address is not confirmed" })).toBeVisible();
  for (const why of ["bound", "unverified"]) expect(place.log()).toContain(`A sign-in was refused: ${why} (`);
  expect(place.log()).not.toContain(BEA);

  await page.goto("/sign-in/start?returnTo=/admin/people?q=bea");
  await sayWho(visit, ANN);
  await page.getByRole("main").getByRole("link", { name: "Bea Sampleton" }).click();
  await expect(page.getByRole("main")).toContainText("Another work account refused");
  await page.getByRole("button", { name: "Release Bea Sampleton from this account" }).click();
  await expect(page.getByRole("main")).toContainText("They are signed out.");
  await expect(page.getByRole("main")).toContainText("They are not tied to one yet.");
  await first.goto(`${place.address}/me`);
  await expect(first).toHaveURL(/\/sign-in/);
  const anew = await at("bea-anew");
  await expect(anew.getByRole("heading", { level: 1 })).toHaveText("You in this portal");
  await Promise.all([first, refused, unsure, anew].map((one) => one.context().close()));
});

test("somebody unknown, an answer sent twice, and a forged one are turned away, and told why", async ({ visit }) => {
  const { page } = visit;
  await page.goto("/sign-in/start?returnTo=/matrix");
  await sayWho(visit, STRANGER);
  await expect(page.getByRole("heading", { name: "We do not know you yet" })).toBeVisible();
  await visit.page.context().clearCookies();
  await page.goto("/sign-in/callback?code=forged&state=forged");
  await expect(page.getByRole("heading", { name: "This sign-in is over" })).toBeVisible();
  await page.goto("/sign-in/start?returnTo=//elsewhere.example");
  const answered = page.waitForRequest((request) => request.url().includes("/sign-in/callback?"));
  await sayWho(visit, ANN);
  const answer = (await answered).url();
  await expect(page).toHaveURL(/:\d+\/$/);
  await page.goto(answer);
  await expect(page.getByRole("heading", { name: "This sign-in is over" })).toBeVisible();
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
  await expect(heading("This sign-in is over")).toBeVisible();
  await page.context().clearCookies();
  place.provider.setCodeSeconds(1);
  const late = await answerOf(visit);
  await pause(2_200);
  await page.goto(late);
  await expect(heading("This sign-in is over")).toBeVisible();
  place.provider.setCodeSeconds(60);
  await page.goto("/matrix");
  await expect(heading("Sign in")).toBeVisible();
});

test("each refusal has its own words on the page, and its own reason in the log", async ({ visit, place }) => {
  const { page } = visit;
  const denied = (error_description: string) => ({ error: { error: "access_denied", error_description } });
  const refusals: readonly [ProviderFault, why: string, title: string][] = [
    [{ aheadSeconds: 120 }, "clock", "Two clocks do not agree"],
    [{ token: (all) => ({ ...all, aud: "another" }) }, "audience", "The answer was meant for another application"],
    [
      { token: (all) => ({ ...all, iss: `${all.iss}/` }) },
      "issuer",
      "The service that checks work accounts has another name than we expect",
    ],
    [denied(`AADSTS50105: ${ANN} is blocked.`), "not-assigned", "Your work account may not use this portal yet"],
    [denied("The user cancelled."), "cancelled", "You are not signed in"],
    [{ error: { error: "login_required" } }, "login-required", "Sign in to your work account first"],
  ];
  for (const [fault, why, title] of refusals) {
    place.provider.setFault(fault);
    await page.context().clearCookies();
    await page.goto("/sign-in/start?returnTo=/matrix");
    await sayWho(visit, ANN);
    await expect(page.getByRole("heading", { name: title, exact: true })).toBeVisible();
    await expect(page.getByText(`For your IT service desk: reason “${why}”.`)).toBeVisible();
    expect(place.log()).toContain(`A sign-in was refused: ${why} (`);
  }
  place.provider.setFault({});
  expect(place.log()).not.toContain(ANN);
  await page.getByRole("link", { name: "Sign in with your work account" }).click();
  await sayWho(visit, ANN);
  await expect(page).toHaveURL(/\/matrix\b/);
});

test("two tabs that both sign in both arrive", async ({ visit }) => {
  const { page } = visit;
  const other = await page.context().newPage();
  const tabs = [
    [page, "/tasks"],
    [other, "/me"],
  ] as const;
  for (const [tab, to] of tabs) await tab.goto(`/sign-in/start?returnTo=${to}`);
  for (const [tab, to] of tabs) {
    await sayWho({ ...visit, page: tab }, ANN);
    await expect(tab).toHaveURL(new RegExp(`${to}$`));
  }
  await page.reload();
  await expect(page).toHaveURL(/\/tasks$/);
});

test("a list of people is checked, put right and imported; who is new signs in, and who left is out at once", async ({
  visit,
  browser,
  place,
}) => {
  const { page } = visit;
  const main = page.getByRole("main");
  const signIn = async (email: string, at: Visit["page"] = page) => {
    await at.goto(`${place.address}/sign-in/start?returnTo=/me`);
    await at.getByLabel("E-mail address").fill(email);
    await at.getByRole("button", { name: "Go on" }).click();
  };
  const check = async (...lines: string[]) => {
    await PortalPage.openAt(visit, "/admin/people/import", "Import a list of people");
    const buffer = Buffer.from(["E-Mail;NAME;Team;line manager;Roles", ...lines].join("\r\n"));
    await main.getByLabel("The list").setInputFiles({ name: "people.csv", mimeType: "text/csv", buffer });
    await main.getByRole("button", { name: "Check the list" }).click();
  };
  const [ann, leo, nia] = [
    `${ANN};Ann Sampleton;;;administrator`,
    `${LEAVER};Leo Leaverton;Parks;;`,
    `${NEWCOMER};Nia Newton;Parks;;`,
  ];
  await signIn(ANN);
  await check(ann, leo);
  await main.getByRole("button", { name: "Import this list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The list is imported");

  const [leaver, newcomer] = [await browser.newContext(), await browser.newContext()];
  const [leaverPage, newcomerPage] = [await leaver.newPage(), await newcomer.newPage()];
  await signIn(LEAVER, leaverPage);
  await expect(leaverPage.getByRole("heading", { level: 1 })).toHaveText("You in this portal");

  await check(ann, nia, `${NEWCOMER};Twice;;;`, "nobody;=1+1;;;", `bo@${NEWCOMER.split("@")[1]};Bo;;${ANN};`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The list has faults");
  const own = "This would make you a line manager.";
  for (const words of ["is in rows 3 and 4", "“nobody” is not an e-mail address", "begins like a formula", own])
    await expect(main).toContainText(words);
  await check(ann, nia);
  const checked = await PortalPage.openAt(visit, new URL(page.url()).pathname, "Import this list?");
  expect(await checked.facts()).toMatchObject({ Added: "1", Changed: "0", "Have left": "1", Unchanged: "1" });
  await main.getByRole("button", { name: "Import this list" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("The list is imported");

  await leaverPage.goto(`${place.address}/tasks`);
  await expect(leaverPage).toHaveURL(/\/sign-in/);
  await leaver.clearCookies(); // the provider would not ask again who it is
  await signIn(LEAVER, leaverPage);
  await expect(leaverPage.getByRole("heading", { name: "This person has left" })).toBeVisible();

  await signIn(NEWCOMER, newcomerPage);
  await expect(newcomerPage.getByRole("heading", { level: 1 })).toHaveText("You in this portal");
  expect((await newcomerPage.goto(`${place.address}/evidence`))?.status()).toBe(404);
  await PortalPage.openAt(visit, "/admin/people?q=nia", "People");
  await main.getByRole("link", { name: "Nia Newton" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nia Newton");
  await main.getByRole("link", { name: "Change roles" }).click();
  await main.getByRole("checkbox", { name: "Auditor" }).check();
  await main.getByRole("button", { name: "Save roles" }).click();
  await expect(main).toContainText("From Employee to Employee, Auditor");
  expect((await newcomerPage.goto(`${place.address}/evidence`))?.status()).toBe(200);
  await main.getByRole("button", { name: /^End the session that began/ }).click();
  await expect(main).toContainText("Sessions of a person ended");
  await newcomerPage.goto(`${place.address}/me`);
  await expect(newcomerPage).toHaveURL(/\/sign-in/);
  await Promise.all([leaver.close(), newcomer.close()]);
});

test("nobody signs in as an invented person", async ({ place, request }) => {
  const page = await request.get(`${place.address}/sign-in`);
  expect(await page.text()).not.toContain("invented");
  const sent = await request.post(`${place.address}/sign-in/send`, { form: { personId: "x" }, maxRedirects: 0 });
  expect(sent.headers()["location"]).toContain("refused=");
});
