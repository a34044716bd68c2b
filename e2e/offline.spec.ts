import { expect, test } from "./fixture.ts";
import { PortalPage } from "./page/portal-page.ts";
import { employeeOf } from "./person.ts";
import { MODEL } from "./policy.ts";

const HEADING = "When you are offline";

test("the offline card is there without a connection, and nothing personal with it", async ({ visit, signInAs }) => {
  const { page } = visit;
  const context = page.context();
  await signInAs(employeeOf(MODEL));
  const name = await page.locator('header a[href="/me"]').innerText();
  expect(name).toMatch(/\w+ \w+/);
  const card = await PortalPage.openAt(visit, "/offline", HEADING);
  await expect(card.main.getByText("This browser now keeps the card.")).toBeVisible();

  const expectCard = async () => {
    const shown = await PortalPage.openAt(visit, "/offline", HEADING);
    await expect(shown.main).toContainText(MODEL.body);
    await expect(shown.main).toContainText(/Fetched on \d+ \w+ \d{4}\. There may be a newer card/);
    await expect(shown.main.getByRole("heading", { name: MODEL.title })).toBeVisible();
    await expect(shown.main.getByRole("heading", { name: "Your phone is lost or stolen" })).toBeVisible();
    await expect(shown.main.getByRole("link", { name: "01632 960199" })).toHaveAttribute("href", "tel:01632960199");
    await expect(shown.main.locator('a[href^="mailto:"]').first()).toBeVisible();
    expect(await page.content()).not.toContain(name);
  };

  await test.step("offline, the card is there and nothing else is", async () => {
    await context.setOffline(true);
    await expectCard();
    await expect(page.goto("/policies")).rejects.toThrow(/ERR_/);
    await page.waitForURL("chrome-error://chromewebdata/"); // the browser's own page comes after the error
    await expectCard();
    const kept = await page.evaluate(async () => {
      const all = await Promise.all((await caches.keys()).map(async (one) => (await caches.open(one)).keys()));
      return all.flat().map(({ url }) => new URL(url).pathname);
    });
    expect(kept.filter((path) => !path.endsWith(".css"))).toEqual(["/offline"]);
  });

  await test.step("signed out, the card still names nobody, and a newer one asks to sign in", async () => {
    await context.setOffline(false);
    await (await PortalPage.openAt(visit, "/tasks", "Your tasks")).signOut();
    await page.goto("/offline");
    await expect(page).toHaveURL(/\/sign-in\?returnTo=%2Foffline$/);
    await context.setOffline(true);
    await expectCard();
  });
});
