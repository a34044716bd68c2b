import type { Page } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { employeeOf } from "./person.ts";
import { BROMSGROVE_REDDITCH, NAO, POLICIES } from "./policy.ts";

/** How many sheets a page makes, in the size that it asks for. */
async function sheetsOf(page: Page): Promise<number> {
  const file = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  return file.toString("latin1").match(/\/Type\s*\/Page(?![a-z])/g)?.length ?? 0;
}

// A card really fits on one page, in both sizes.
test("the card of every policy is one page of paper", async ({ page, signInAs }) => {
  test.slow(); // twelve documents
  await signInAs(employeeOf(NAO));
  for (const { slug, title } of POLICIES)
    for (const size of ["", "?size=wallet"])
      await test.step(`${slug}${size}`, async () => {
        await page.goto(`/policies/${slug}/card${size}`);
        await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
        expect(await sheetsOf(page)).toBe(1);
      });
});

test("a printed policy is a document: its foot names it, and nothing of the portal is around it", async ({
  page,
  signInAs,
}) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await page.goto(`/policies/${NAO.slug}`);
  await page.emulateMedia({ media: "print" });

  const main = page.getByRole("main");
  await expect(main.getByText(NAO.clause.text)).toBeVisible();
  await expect(main.getByRole("heading", { name: "Rules from outside" })).toBeVisible();
  for (const gone of ["navigation", "button", "banner", "contentinfo"] as const)
    await expect(page.getByRole(gone)).toHaveCount(0);
  await expect(main.getByRole("link", { name: /^Ask/ })).toHaveCount(0);

  const hash = /\b[0-9a-f]{64}\b/.exec(await main.innerText())?.[0] ?? "no fingerprint";
  const href = await page.locator('link[media="print"][href*="/print.css"]').getAttribute("href");
  const style = await page.request.get(href ?? "");
  expect(style.headers()["content-type"]).toContain("text/css");
  const text = await style.text();
  expect(text).toContain(`${NAO.body} · ${NAO.title} · version ${NAO.version}`);
  expect(text).toContain(hash);
  expect(text).toContain("counter(page)");
  expect(await sheetsOf(page)).toBeGreaterThan(2);
});
