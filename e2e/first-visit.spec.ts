import { expect, test } from "./fixture.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { HomePage } from "./page/home-page.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { NotFoundPage } from "./page/not-found-page.ts";
import { LibraryPage } from "./page/library-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { QuestionPage } from "./page/question-page.ts";
import { SignInPage } from "./page/sign-in-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL, NAO, NOTTINGHAM } from "./policy.ts";

const EMPLOYEE = employeeOf(NOTTINGHAM);

test("every page asks who is there and then leads to where one was going", async ({ visit }) => {
  const wanted = [
    "/policies",
    "/policies/nao",
    "/check?policy=nao&device=personal",
    "/matrix?policy=bromsgrove-redditch&alternative=yes",
    "/",
  ];
  for (const path of wanted) {
    await test.step(path, async () => {
      await visit.page.goto(path);
      const signIn = await SignInPage.shown(visit);
      await signIn.signIn(EMPLOYEE);
      await expect(visit.page).toHaveURL(path);
      await expect(visit.page.getByRole("heading", { level: 1 })).not.toHaveText("Who are you today?");
      await visit.page.getByRole("button", { name: "Sign out" }).click();
      await SignInPage.shown(visit);
    });
  }
});

test("whoever is not signed in does not learn which addresses exist", async ({ visit, signInAs, expectNotFound }) => {
  await visit.page.goto("/policies/there-is-no-such-policy");
  await SignInPage.shown(visit);
  await signInAs(EMPLOYEE);
  expectNotFound("/policies/there-is-no-such-policy");
  const notFound = await NotFoundPage.open(visit, "/policies/there-is-no-such-policy");
  await notFound.goHome();
  await HomePage.shown(visit);
});

test("a newcomer meets the invented council first", async ({ visit }) => {
  const signIn = await SignInPage.open(visit);
  await expect(signIn.main.getByRole("heading", { level: 2 }).first()).toHaveText(MODEL.body);
});

test("the accessibility statement can be read before signing in", async ({ visit }) => {
  const signIn = await SignInPage.open(visit);
  await signIn.follow(() => visit.page.getByRole("link", { name: "Accessibility" }).click());
  await PortalPage.openAt(visit, "/accessibility-statement", "Accessibility statement");
});

test("a leaver is refused kindly and another person still gets in", async ({ visit }) => {
  await visit.page.goto("/policies");
  const signIn = await SignInPage.shown(visit);
  await signIn.signIn({ role: "Leaver", body: NOTTINGHAM.body });
  const refused = await SignInPage.shown(visit);
  await expect(refused.refusal("This person has left")).toBeVisible();
  await expect(refused.main).toContainText("ask your administrator");
  await refused.signIn(EMPLOYEE);
  await LibraryPage.shown(visit);
});

test("signing out closes the portal, on the way back too", async ({ visit, signInAs }) => {
  const home = await signInAs(EMPLOYEE);
  await home.goTo("Policies");
  const library = await LibraryPage.shown(visit);
  await library.signOut();
  await SignInPage.shown(visit);
  await visit.page.goto("/policies");
  await SignInPage.shown(visit);
});

test("the start page leads on to the answer, the text and the table", async ({ visit, signInAs }) => {
  const home = await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await home.choose("Check a message");
  await (await CheckStartPage.shown(visit)).begin();
  const question = await QuestionPage.shown(visit, BROMSGROVE_REDDITCH.asksFirst);
  await question.goBack();
  await (await HomePage.shown(visit)).choose("Read the policy");
  await PolicyPage.shown(visit, BROMSGROVE_REDDITCH);
  await (await HomePage.open(visit)).goTo("All pages");
  await (await PortalPage.openAt(visit, "/more", "All pages")).followLink("See it in one table");
  await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await (await PortalPage.openAt(visit, "/more", "All pages")).followLink("All policies");
  const library = await LibraryPage.shown(visit);
  await library.goTo("Check a message");
  await (await CheckStartPage.shown(visit)).begin();
  await (await QuestionPage.shown(visit, BROMSGROVE_REDDITCH.asksFirst)).goTo("Matrix");
  await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
});

test("two people at one browser: the second sees their own employer's policy", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NAO));
  const home = await signInAs({ role: "Governance officer", body: NOTTINGHAM.body });
  await expect(visit.page.getByRole("banner")).toContainText("Governance officer");
  await home.choose("Read the policy");
  await PolicyPage.shown(visit, NOTTINGHAM);
});
