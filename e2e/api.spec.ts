import type { APIRequestContext } from "@playwright/test";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { FormPage } from "./page/form-page.ts";
import { PortalPage } from "./page/portal-page.ts";
import { TokenPage } from "./page/token-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { MODEL } from "./policy.ts";

const QUESTION = "What may it do?";
const FACTS = { facts: { app: "covered", audience: "child" } };
const EVALUATE = `/api/v1/policies/${MODEL.slug}/evaluate`;

// Made, shown once, used, revoked; the same with and without JavaScript.
// Pages without a script of their own send none: with and without JavaScript is the same journey.
test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("is made by an administrator, shown once, lets a program in, and out at once when it is revoked", async ({
    visit,
    signInAs,
    request,
  }) => {
    test.slow();
    const name = "Intranet home page";
    const home = await signInAs(inRole("Administrator", MODEL));
    await home.followLink("Tokens for programs");
    await (await FormPage.at(visit, "Tokens for programs")).followLink("Make a token");
    const form = await FormPage.at(visit, "Make a token");
    await form.write({ "Which program is it for?": name });
    await form.press("Make the token");
    const refused = await FormPage.refused(visit, "Make a token");
    await expect(refused.errorSummary).toContainText("Choose what the program may do.");
    await expect(refused.errorSummary).toContainText("Choose how long it is valid.");
    await expect(refused.field("Which program is it for?")).toHaveValue(name);
    await refused.group(QUESTION).getByRole("checkbox", { name: "Ask for the verdict of a situation" }).check();
    await refused.choose({ "How long is it valid?": "30 days" });
    await refused.press("Make the token");

    const made = await TokenPage.made(visit);
    const token = await made.token();
    expect(token).not.toBe("");
    expect(await made.facts()).toMatchObject({ For: name, State: "Active", "Last used": "Never", "Made by": "You" });
    await visit.page.reload();
    const again = await TokenPage.about(visit, name);
    expect(await again.token()).toBe("");
    await expect(again.main).toContainText("The token itself is not shown again");

    const ask = () => send(request, token);
    const verdict = await ask();
    expect(verdict.status()).toBe(200);
    expect(await verdict.json()).toMatchObject({ settled: true, verdict: "never", reasons: [{ clause: "3.9" }, {}] });
    expect((await request.get("/api/v1/policies", { headers: bearer(token) })).status(), "no scope").toBe(403);

    await visit.page.reload();
    const used = await TokenPage.about(visit, name);
    expect((await used.facts())["Last used"]).not.toBe("Never");
    await used.followLink("Revoke it");
    await (await FormPage.at(visit, `Revoke the token for ${name}?`)).press("Revoke the token");
    const revoked = await TokenPage.about(visit, name);
    expect(await revoked.facts()).toMatchObject({ State: "Revoked", "Revoked by": "You" });
    const late = await ask();
    expect(late.status()).toBe(401);
    expect(late.headers()["www-authenticate"]).toContain("Bearer");
    expect(await late.json()).toMatchObject({ status: 401, title: "A valid token is needed" });

    await signInAs(inRole("Auditor", MODEL));
    const evidence = await PortalPage.openAt(visit, "/evidence?event=api-token.revoked", "Evidence");
    await expect(evidence.main.getByRole("listitem").first()).toContainText(/revoked the token TOK-\w{4}-\w{4}/);
  });
});

test("programs get JSON, whatever they ask", async ({ request, signInAs, visit }) => {
  await signInAs(employeeOf(MODEL));
  expect((await visit.page.request.get("/api/v1/policies")).status(), "a session is no token").toBe(401);
  for (const path of ["/api/v1", "/api/v1/nothing", "/api/v1/policies/%E0%A4%A", "/api/v1/policies"]) {
    const response = await request.get(path);
    expect(response.status(), path).toBe(401);
    expect(response.headers()["content-type"], path).toBe("application/problem+json");
  }
  const document = await request.get("/api/v1/openapi.json");
  expect(document.status()).toBe(200);
  expect(await document.json()).toMatchObject({ openapi: "3.1.1" });
  const etag = document.headers()["etag"] ?? "";
  const again = await request.get("/api/v1/openapi.json", { headers: { "if-none-match": etag } });
  expect([again.status(), (await again.body()).length]).toEqual([304, 0]);
  const head = await request.head("/api/v1/openapi.json");
  expect([head.status(), head.headers()["etag"]]).toEqual([200, etag]);
});

test("a program begins a record; its person sees who began it, and discards it", async ({
  playwright,
  baseURL,
  request,
  signInAs,
  visit,
}) => {
  const administrator = await HttpVisit.as(playwright.request, baseURL ?? "", inRole("Administrator", MODEL));
  const asked = { name: "Case system", scopes: ["drafts:begin"], days: "30" };
  const shown = await administrator.get(await administrator.send("/admin/tokens/new/send", asked));
  const token = /wc_[\w-]{43}/.exec(shown.text)?.[0] ?? "";
  await administrator.dispose();
  await signInAs(employeeOf(MODEL));
  const own = await visit.page.request.get("/me/data");
  const { person } = (await own.json()) as { person: { id: string } };
  const begin = () =>
    request.post("/api/v1/drafts/records", {
      data: { for: person.id, about: "Closing the hall", saidOn: "2026-01-10" },
      headers: { ...bearer(token), "idempotency-key": "case-4711" },
    });
  const begun = await begin();
  expect(begun.status()).toBe(201);
  expect(await (await begin()).json(), "the same again").toEqual(await begun.json());
  const tasks = await PortalPage.openAt(visit, "/tasks", "Your tasks");
  await expect(tasks.main).toContainText("Begun for you by Case system");
  await tasks.followLink("Finish a captured record, or discard it");
  const form = await FormPage.at(visit, "Capture a record");
  await expect(form.main).toContainText("Begun for you by Case system");
  await expect(form.field("What is it about?")).toHaveValue("Closing the hall");
  await form.press("Discard it");
  const after = await PortalPage.openAt(visit, "/tasks", "Your tasks");
  await expect(after.main).not.toContainText("Begun for you by Case system");
});

// Over HTTP what the server's tests show in each of its cases.
test("an identity provider adds and deletes somebody until its token is revoked, and is told in SCIM's form", async ({
  playwright,
  baseURL,
  request,
}) => {
  const body = "A council (home working)";
  const administrator = await HttpVisit.as(playwright.request, baseURL ?? "", { role: "Administrator", body });
  const both = { name: "Both", scopes: ["directory", "evaluate"], days: "30" };
  const refused = await administrator.post("/admin/tokens/new/send", both);
  expect((await administrator.get(refused.location)).text).toContain("may do nothing else");
  const page = await administrator.send("/admin/tokens/new/send", { ...both, scopes: ["directory"] });
  const shown = (await administrator.get(page)).text;
  const token = /wc_[\w-]{43}/.exec(shown)?.[0] ?? "";
  expect(shown).toContain(`${baseURL}/scim/v2`);

  for (const path of ["/scim/v2", "/scim/v2/Users", "/scim/v2/Users/x", "/scim/v2/nothing/at/all"]) {
    const answer = await request.get(path);
    expect(answer.status(), path).toBe(401);
    expect(answer.headers()["content-type"], path).toBe("application/scim+json");
  }
  const people = (headers: Record<string, string>) => request.get("/scim/v2/Users?count=1", { headers });
  const withSession = await administrator.get("/scim/v2/Users");
  expect(withSession.status, "a session is no token").toBe(401);
  expect((await request.get("/api/v1/policies", { headers: bearer(token) })).status(), "no other interface").toBe(403);

  const sent = { schemas: ["urn:ietf:params:scim:schemas:core:2.0:User"], userName: "New.Starter@directory.invalid" };
  const headers = { ...bearer(token), "content-type": "application/scim+json" };
  const made = await request.post("/scim/v2/Users", { data: JSON.stringify(sent), headers });
  expect(made.status()).toBe(201);
  const { location = "" } = made.headers();
  expect(location).toMatch(`${baseURL}/scim/v2/Users/`);
  const read = await request.get(location, { headers });
  expect(await read.json()).toMatchObject({ userName: sent.userName, active: true });
  expect(
    (await request.get(location, { headers: { ...headers, "if-none-match": read.headers()["etag"] ?? "" } })).status(),
  ).toBe(304);
  expect((await request.post("/scim/v2/Users", { data: "{", headers })).status()).toBe(400);
  for (const path of [`${location}/`, location.replace("/scim/v2/", "/scim/v2//")]) {
    const answer = await request.get(path, { headers, maxRedirects: 0 });
    expect([answer.status(), await answer.json()], path).toMatchObject([200, { userName: sent.userName }]);
  }
  expect((await request.delete(`${location}/`, { headers, maxRedirects: 0 })).status()).toBe(204);

  expect((await people(bearer(token))).status()).toBe(200);
  await administrator.send(`${page.replace(/\?.*/, "")}/revoke/send`, {});
  expect((await people(bearer(token))).status()).toBe(401);
  await administrator.dispose();
});

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function send(request: APIRequestContext, token: string) {
  return request.post(EVALUATE, { data: FACTS, headers: bearer(token) });
}
