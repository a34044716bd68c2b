import { employeeOf } from "./person.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { NAO } from "./policy.ts";

test("a page is also there as Markdown, for whoever may see the page", async ({
  playwright,
  baseURL,
  visit,
  signInAs,
}) => {
  await signInAs(employeeOf(NAO));
  const { request } = visit.page.context();
  const page = await request.get("/policies/nao", { headers: { accept: "text/html" } });
  expect(page.headers()["link"]).toContain('</policies/nao.md>; rel="alternate"; type="text/markdown"');
  expect(page.headers()["vary"]).toMatch(/\bAccept\b(?!-)/);
  const text = await request.get("/policies/nao.md");
  expect(text.status()).toBe(200);
  expect(text.headers()["content-type"]).toBe("text/markdown; charset=utf-8");
  expect(await text.text()).toContain('<a id="clause-4.3"></a>**4.3**');
  const { etag = "" } = text.headers();
  expect((await request.get("/policies/nao.md", { headers: { "if-none-match": etag } })).status()).toBe(304);
  const preferred = await request.get("/policies/nao", { headers: { accept: "text/markdown, text/html;q=0.5" } });
  expect(await preferred.text()).toBe(await text.text());
  for (const address of [
    "/llms.txt",
    "/policies/nao/versions/1.1.md",
    "/policies/nao/clauses/4.3.md",
    "/matrix.md?policy=nao",
  ])
    expect((await request.get(address)).headers()["content-type"], address).toMatch(/^text\/markdown/);
  for (const address of ["/policies/nothing.md", "/policies/nao/clauses/99.md", "/policies/nao/about.md"])
    expect((await request.get(address)).status(), address).toBe(404);

  const stranger = await playwright.request.newContext({ baseURL: baseURL ?? "" });
  const refused = await stranger.get("/policies/nao.md", { maxRedirects: 0 });
  expect([refused.status(), refused.headers()["location"]?.split("?")[0]]).toEqual([303, "/sign-in"]);
  await stranger.dispose();
});

test("another body's people read it as text as they read the page", async ({ playwright, baseURL }) => {
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", {
    role: "Employee",
    body: "Nottingham City Council",
  });
  const cookie = await visit.cookie();
  const answer = await fetch(`${baseURL}/policies/nao.md`, { headers: { cookie } });
  expect(await answer.text()).toContain("does not bind you");
});
