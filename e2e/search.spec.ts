import { expect, test } from "./fixture.ts";
import { Keyboard } from "./keyboard.ts";
import { CheckStartPage } from "./page/check-start-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { SearchPage } from "./page/search-page.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL, NAO } from "./policy.ts";

const SEARCH = { tag: "@feature:search" };

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test(
    "find a clause by a misspelt word of one's own, narrow it down, and follow it",
    SEARCH,
    async ({ visit, signInAs }) => {
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      await visit.page.getByRole("searchbox", { name: "Search the policies" }).fill("foto consnt form");
      await visit.page.getByRole("button", { name: "Search" }).click();
      const all = await SearchPage.shown(visit);
      await expect(all.field).toHaveValue("foto consnt form");
      await expect(all.status).toHaveText(/^\d+ clauses found for “foto consnt form”\./);
      await expect(all.result("9.3").first()).toContainText(`${BROMSGROVE_REDDITCH.title}, version 0.2.1`);
      await expect(all.result("9.3").first().locator("mark")).toContainText(["images", "photo", "consent", "form"]);
      await expect(all.main.getByText("not your employer")).toHaveCount(0);

      await all.narrow({ Policy: "All policies" });
      const wide = await all.search();
      await expect(wide.main.getByText("not your employer").first()).toBeVisible();

      await wide.narrow({ Policy: BROMSGROVE_REDDITCH.title });
      const narrowed = await wide.search();
      await expect(narrowed.main.getByText("not your employer")).toHaveCount(0);
      await narrowed.followResult("9.3");
      await (await PolicyPage.shown(visit, BROMSGROVE_REDDITCH)).expectArrivedAt("9.3");
    },
  );

  test("an old version is searched when it is chosen, and the result leads to its own address", async ({
    visit,
    signInAs,
  }) => {
    await signInAs(employeeOf(MODEL));
    const current = await SearchPage.open(visit, `q=child&policy=${MODEL.slug}`);
    await current.narrow({ Policy: MODEL.title, Version: "1.0" });
    const old = await current.search();
    await expect(old.results.first()).toContainText(`${MODEL.title}, version 1.0`);
    await old.followResult("3.9");
    expect(old.address).toBe(`/policies/${MODEL.slug}/versions/1.0#clause-3.9`);
  });

  test("say it in your own words: the right way is among the first three, and nothing found leads to a person", async ({
    visit,
    signInAs,
  }) => {
    await signInAs(employeeOf(MODEL));
    await visit.page.goto("/check");
    const start = await CheckStartPage.shown(visit);
    const found = await start.say("someone left but is still in the chat");
    const first = (await found.ways.allTextContents()).slice(0, 3);
    expect(first.join("\n")).toContain("Somebody left and is still in the chat");
    const nothing = await found.say("xyzzyq");
    await expect(nothing.main.getByRole("status")).toContainText("Nothing fits these words.");
    await nothing.follow(() => nothing.main.getByRole("button", { name: "Write to the policy owner" }).click());
    await expect(visit.page.getByLabel("Your question")).toHaveValue("xyzzyq");
  });

  test("what is empty, not found, too long or strange is answered plainly", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(NAO));
    const start = await SearchPage.open(visit);
    await start.followLink("lost phone");
    await expect((await SearchPage.shown(visit)).field).toHaveValue("lost phone");

    const nothing = await SearchPage.open(visit, "q=xyzzyq");
    await expect(nothing.status).toHaveText("Nothing found for “xyzzyq”.");
    await expect(nothing.field).toHaveValue("xyzzyq");
    await expect(nothing.main).toContainText("Information Security team");

    const long = await SearchPage.open(visit, `q=${"a".repeat(10_000)}`);
    await expect(long.main.getByRole("alert")).toContainText("Your search has 10000 characters.");
    await expect(visit.page).toHaveTitle("Error: Search – With Care");
    await expect(long.field).toHaveAttribute("aria-invalid", "true");

    for (const q of ["%00", "(.*)%2B%5B", "%3Cscript%3Ealert(1)%3C/script%3E", "%F0%9F%91%A9", "a&q=b", "__proto__"])
      await SearchPage.open(visit, `q=${q}`);
    const elsewhere = await SearchPage.open(visit, "q=phone&policy=nowhere");
    await expect(elsewhere.status).toHaveText("There is no such policy or version, or none that you may read.");
  });
});

test("what is typed is looked for at once: the focus stays, and the number of results is said", async ({
  visit,
  signInAs,
}) => {
  await signInAs(employeeOf(NAO));
  const search = await SearchPage.open(visit);
  await search.field.pressSequentially("foto");
  await expect(search.status).toHaveText(/clauses? found for “foto”|Nothing found for “foto”/);
  await search.field.pressSequentially(" public accounts comittee", { delay: 20 });
  await expect(search.status).toHaveText(/found for “foto public accounts comittee”/);
  await expect(search.field).toBeFocused();
  await expect(search.field).toHaveValue("foto public accounts comittee");
  expect(new URL(visit.page.url()).searchParams.get("q")).toBe("foto public accounts comittee");
  await expect(search.result("4.2").first()).toContainText("Public Accounts Committee");
  await SearchPage.shown(visit);
});

test("with the keyboard alone: from the header to a clause", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(NAO));
  const keyboard = new Keyboard(visit.page);
  await keyboard.tabTo(visit.page.getByRole("searchbox", { name: "Search the policies" }));
  await visit.page.keyboard.type("public accounts committee");
  await keyboard.press("Enter");
  const search = await SearchPage.shown(visit);
  await keyboard.tabTo(search.results.first().getByRole("link"));
  await search.follow(() => keyboard.press("Enter"));
  await expect(visit.page).toHaveURL(/\/policies\/nao#clause-\d\.\d$/);
});
