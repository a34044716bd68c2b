import { appendFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { expect, runPortal } from "./own-portal.ts";
import { test as base } from "@playwright/test"; // pages of other sites are what is tested here

interface Intranet {
  portal: string;
  /** A page of the intranet with these lines, at an origin of the body's file, or at another one. */
  page(lines: string, isAllowed?: boolean): string;
}

const BODY = "example-borough";

/** A portal whose body lets one page of its intranet frame it, and two sites that try. */
const test = base.extend<object, { intranet: Intranet }>({
  intranet: [
    async ({}, use) => {
      let lines = "";
      const sites = [0, 1].map(() =>
        createServer((_, res) =>
          res.setHeader("content-type", "text/html").end(`<!doctype html><h1>Intranet</h1>${lines}`),
        ),
      );
      for (const site of sites) await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
      const [allowed = "", other = ""] = sites.map(
        (site) => `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
      );
      await runPortal(
        async ({ address }) => {
          await use({
            portal: address,
            page(given, isAllowed = true) {
              lines = given;
              return isAllowed ? allowed : other;
            },
          });
        },
        undefined,
        ({ CONTENT_DIR = "" }) =>
          appendFileSync(path.join(CONTENT_DIR, "bodies", `${BODY}.yaml`), `embedding: { origins: ["${allowed}"] }\n`),
      );
      for (const site of sites) site.close();
    },
    { scope: "worker", timeout: 300_000 },
  ],
});

const framesOf = (portal: string) => ({
  script: `<p><a href="${portal}/matrix?policy=model" data-with-care="${portal}/embed/${BODY}/model/matrix">The matrix</a></p><script src="${portal}/embed.js" defer></script>`,
  frame: `<iframe src="${portal}/embed/${BODY}/model/check" title="The check" width="320" height="600"></iframe>`,
});

test("the matrix stands on a page of the intranet, as tall as it has to be", async ({ intranet, page }) => {
  await page.goto(intranet.page(framesOf(intranet.portal).script));
  const frame = page.frameLocator('iframe[title="The matrix"]');
  await expect(frame.getByRole("table")).toBeVisible();
  const inside = await frame.locator("#main").evaluate((main) => Math.ceil(main.getBoundingClientRect().bottom));
  await expect
    .poll(() => page.locator("iframe").evaluate((element) => element.getBoundingClientRect().height))
    .toBeGreaterThanOrEqual(inside);
  await frame.getByRole("link", { name: /^See why/ }).click();
  await page.waitForURL(/\/sign-in\?returnTo=/);
});

test("the check begins there, at 320 pixels, in the dark and without scripts", async ({ intranet, browser }) => {
  const context = await browser.newContext({
    javaScriptEnabled: false,
    colorScheme: "dark",
    viewport: { width: 360, height: 700 },
  });
  const page = await context.newPage();
  await page.goto(intranet.page(framesOf(intranet.portal).frame));
  const frame = page.frameLocator('iframe[title="The check"]');
  const answers = frame.getByRole("listitem").getByRole("link");
  expect(await answers.count()).toBeGreaterThan(1);
  await answers.first().click();
  await page.waitForURL(/\/sign-in\?returnTo=%2Fcheck%3Fpolicy%3Dmodel/);
  await page.goto(intranet.page(framesOf(intranet.portal).script));
  await expect(page.getByRole("link", { name: "The matrix" })).toBeVisible();
  await context.close();
});

test("no other site may frame it, and nothing else may be framed", async ({ intranet, page, request }) => {
  await page.goto(intranet.page(framesOf(intranet.portal).frame, false));
  await expect(page.frameLocator("iframe").getByRole("listitem")).toHaveCount(0);
  const own = (await request.get(`${intranet.portal}/embed/${BODY}/model/matrix`)).headers();
  expect(own["content-security-policy"]).toMatch(/frame-ancestors http:\/\/127\.0\.0\.1:\d+$/);
  expect(own["x-frame-options"]).toBeUndefined();
  expect(own["set-cookie"]).toBeUndefined();
  expect(own["cache-control"]).toBe("public, max-age=300");
  const signIn = (await request.get(`${intranet.portal}/sign-in`)).headers();
  expect(signIn).toMatchObject({ "x-frame-options": "DENY" });
  expect(signIn["content-security-policy"]).toContain("frame-ancestors 'none'");
  for (const address of [`/embed/${BODY}/nao/matrix`, "/embed/nao/nao/matrix", `/embed/${BODY}/model/tasks`])
    expect((await request.get(intranet.portal + address)).status(), address).toBe(404);
});
