import { expect, test } from "./fixture.ts";
import { SignInPage } from "./page/sign-in-page.ts";
import { employeeOf } from "./person.ts";
import { NAO } from "./policy.ts";

test("programs can ask how the portal is", async ({ request }) => {
  const response = await request.get("/api/health");
  expect(response.status()).toBe(200);
  expect(await response.json()).toEqual({
    status: "ok",
    database: "ok",
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
  });
  expect(await (await request.get("/api/health/live")).json()).toEqual({ status: "ok" });
  const ready = await request.get("/api/health/ready");
  expect(await ready.json()).toEqual({
    status: "ok",
    database: "ok",
    migrations: "ok",
    content: "ok",
    timedWork: "ok",
  });
  const authorization = `Bearer ${"x".repeat(40)}`;
  for (const headers of [{}, { authorization }, { authorization: "Bearer " }]) {
    expect((await request.get("/api/metrics", { headers })).status()).toBe(401);
    for (const path of ["/api/backup", "/api/doctor"])
      expect((await request.post(path, { headers })).status(), path).toBe(401);
  }
});

test("every page forbids what is not its own, and any script", async ({ request }) => {
  for (const path of ["/sign-in", "/accessibility-statement", "/privacy", "/nowhere"]) {
    const headers = (await request.get(path)).headers();
    const policy = headers["content-security-policy"] ?? "";
    expect(policy).not.toContain("unsafe");
    for (const part of ["script-src 'none'", "object-src 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy, path).toContain(part);
    expect(policy, path).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin" });
    expect(headers["x-powered-by"]).toBeUndefined();
  }
});

test("whoever is not signed in is sent to sign in, also with a forged cookie", async ({ playwright, baseURL }) => {
  for (const cookie of ["", "with-care.session_token=forged.signature"]) {
    const request = await playwright.request.newContext({
      baseURL: baseURL ?? "",
      extraHTTPHeaders: cookie ? { cookie } : {},
    });
    const response = await request.get("/policies?a=b", { maxRedirects: 0 });
    expect([303, 307]).toContain(response.status());
    expect(response.headers()["location"]).toBe("/sign-in?returnTo=%2Fpolicies%3Fa%3Db");
    await request.dispose();
  }
});

test("signing in never leads to another site", async ({ visit, baseURL }) => {
  for (const elsewhere of ["//evil.invalid", "/\\evil.invalid", "https://evil.invalid/", "/%09/evil.invalid"]) {
    await visit.page.goto(
      `/sign-in?returnTo=${elsewhere.startsWith("/%") ? elsewhere : encodeURIComponent(elsewhere)}`,
    );
    const signIn = await SignInPage.shown(visit);
    await signIn.signIn(employeeOf(NAO));
    await expect(visit.page).toHaveURL(`${baseURL}/`);
  }
});

test("the session cookie is out of reach for scripts and other sites", async ({ context, signInAs }) => {
  await signInAs(employeeOf(NAO));
  const [session, ...others] = await context.cookies();
  expect(others).toEqual([]);
  expect(session).toMatchObject({ name: "with-care.session_token", httpOnly: true, sameSite: "Lax", secure: false });
});
