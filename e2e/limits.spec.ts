import { connect } from "node:net";
import { expectNoAxeViolations } from "./accessibility.ts";
import { HttpVisit } from "./http-visit.ts";
import { expect, test as base } from "./own-portal.ts";
import { inRole } from "./person.ts";
import { MODEL } from "./policy.ts";
import { questionFields } from "./question-by-http.ts";
import { sendRaw } from "./raw-request.ts";
import { signInByHttp } from "./sign-in-by-http.ts";
import { startPostgresql } from "../scripts/test-postgresql.mjs";
import { startTcpProxy, type TcpProxy } from "../scripts/test-tcp-proxy.mjs";

const PLANTED = "planted-secret";
const SIGN_INS = 12;
const CONNECTIONS = 100;

const test = base.extend<object, { database: TcpProxy | null }>({
  // Without PostgreSQL on this machine the portal has its own database, which cannot be away.
  database: [
    async ({}, use) => {
      const postgresql = await startPostgresql();
      if (!postgresql) return use(null);
      const proxy = await startTcpProxy(postgresql.url.replace("postgres@", `postgres:${PLANTED}-database@`));
      await use(proxy);
      await proxy.close();
      postgresql.stop();
    },
    { scope: "worker", timeout: 600_000 },
  ],
  settings: [
    async ({ database }, use) => {
      await use({
        ...(database && { DATABASE_URL: database.url, EVALUATION: "1" }),
        AUTH_SECRET: `${PLANTED}-auth-of-thirty-two-characters`,
        SMTP_URL: `smtp://a:${PLANTED}-mail@127.0.0.1:9`,
        LIMIT_SIGN_IN: String(SIGN_INS),
        LIMIT_SEARCH: "3",
        LIMIT_CONNECTIONS: String(CONNECTIONS),
      });
    },
    { scope: "worker" },
  ],
});

const EMPLOYEE = inRole("Employee", MODEL);

// Before the other test, which uses up the sign-ins.
test("a portal refuses in bounded time what is not for it, and says who it was", async ({
  playwright,
  portal: { address, log },
}) => {
  const { host } = new URL(address);
  const context = await playwright.request.newContext({ baseURL: address, extraHTTPHeaders: { origin: address } });
  const logged = () =>
    log()
      .split("\n")
      .filter((line) => line.startsWith("{"))
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  await test.step("other protocols, addresses that are none, other hosts", async () => {
    const upgrade = ["connection: Upgrade", "upgrade: websocket"];
    const requests: [string[], string][] = [
      [["GET /tasks HTTP/1.1", `host: ${host}`, ...upgrade], "400"],
      [["GET /_next/hmr HTTP/1.1", `host: ${host}`, ...upgrade], "400"],
      [["POST /tasks HTTP/1.1", `host: ${host}`, ...upgrade, "content-length: 5"], "400"],
      [["GET * HTTP/1.1", `host: ${host}`, "connection: close"], "400"],
      [["OPTIONS * HTTP/1.1", `host: ${host}`, "connection: close"], "400"],
      [["CONNECT db.example:5432 HTTP/1.1", `host: ${host}`], "405"],
      [["GET http://evil.example/ HTTP/1.1", `host: ${host}`, "connection: close"], "421"],
      [["GET / HTTP/1.1", "host: evil.example", "connection: close"], "421"],
      [["GET / HTTP/1.0"], "421"],
      [["GET /api/health HTTP/1.0"], "200"],
      [["GET /api/health/live HTTP/1.1", "host: evil.example", "connection: close"], "200"],
      [["GET /sign-in HTTP/1.1", "host: LOCALHOST.:80", "connection: close"], "200"],
      [[`GET ${address}/sign-in HTTP/1.1`, "host: evil.example", "connection: close"], "200"],
    ];
    const before = logged().length;
    for (const [lines, status] of requests)
      expect((await sendRaw(address, lines)).slice(0, 12), lines.join()).toBe(`HTTP/1.1 ${status}`);
    await expect
      .poll(() => logged().length - before, "a line each, but for health checks")
      .toBeGreaterThanOrEqual(requests.length - 2);
    const elsewhere = await sendRaw(address, ["GET / HTTP/1.1", "host: evil.example", "connection: close"]);
    expect(elsewhere).toContain(`<a href="${address}">`);
    const many = Array.from({ length: 40 }, () =>
      sendRaw(address, ["GET /tasks HTTP/1.1", `host: ${host}`, ...upgrade]),
    );
    for (const answer of await Promise.all(many)) expect(answer).toMatch(/^HTTP\/1\.1 400/);
  });

  await test.step("a large body is read from who may send one, and from nobody else", async () => {
    const send = (cookie: string, path = "/admin/people/import/send") =>
      sendRaw(address, [
        `POST ${path} HTTP/1.1`,
        `host: ${host}`,
        `cookie: ${cookie}`,
        "content-type: multipart/form-data; boundary=a",
        "content-length: 40000000",
        "expect: 100-continue",
      ]);
    expect(await send("with-care.session_token=invented.signature")).toMatch(/^HTTP\/1\.1 401 [^]*Sign in first/);
    await signInByHttp(context, address, EMPLOYEE);
    const employee = context.storageState();
    expect(await send("x=y")).toMatch(/^HTTP\/1\.1 401 /);
    const theirs = (await employee).cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
    const started = Date.now();
    const refused = context.post("/admin/people/import/send", {
      multipart: { file: { name: "people.csv", mimeType: "text/csv", buffer: Buffer.alloc(3_000_000, "a") } },
      maxRedirects: 0,
    });
    expect([(await refused).status(), await (await refused).text()]).toEqual([
      403,
      expect.stringContaining("You cannot send this"),
    ]);
    expect(Date.now() - started).toBeLessThan(20_000);
    expect((await context.post("/tasks/feed/send", { data: Buffer.alloc(1_200_000) })).status()).toBe(413);
    await expect
      .poll(() => logged().filter(({ status, path }) => status === 403 && path === "/admin/people/import/send"))
      .toEqual([expect.objectContaining({ address: "127.0.0.1", person: expect.stringMatching(/^[\w-]{5,}$/) })]);
    expect(
      logged()
        .filter(({ status }) => status === 401)
        .some((line) => "person" in line),
    ).toBe(false);
    expect(log()).not.toContain(theirs.split("=")[1]);
    await signInByHttp(context, address, inRole("Administrator", MODEL));
    const taken = await context.post("/admin/people/import/send", {
      multipart: { file: { name: "people.csv", mimeType: "text/csv", buffer: Buffer.alloc(1_200_000, "a") } },
      maxRedirects: 0,
    });
    expect([taken.status(), taken.headers()["location"]]).toEqual([
      303,
      expect.stringMatching(/^\/admin\/people\/import/),
    ]);
  });

  await test.step("a form of very many fields is not taken apart", async () => {
    const data = "a=&".repeat(333_000);
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    for (const path of ["/tasks/feed/send", "/policies", "/sign-in/send"]) {
      const answer = await context.post(path, { data, headers });
      expect([answer.status(), await answer.text()]).toEqual([413, expect.stringContaining("more than 2,000 fields")]);
    }
  });

  await test.step("connections from one place are counted", async () => {
    const { hostname, port } = new URL(address);
    const sockets = Array.from({ length: CONNECTIONS }, () => connect(Number(port), hostname).on("error", () => {}));
    await expect.poll(() => logged().some(({ why }) => why === "crowded")).toBe(true);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await context.get("/api/health/live").catch(() => null))?.status()).toBe(200);
  });
  await context.dispose();
});

test("a portal holds while its database is away, and says what it cannot do", async ({
  browser,
  playwright,
  portal: { address, log },
  database,
}) => {
  const visit = await HttpVisit.as(playwright.request, address, EMPLOYEE);
  const fields = await questionFields(visit, "model", "4.3");
  const timed = async (path: string) => {
    const started = Date.now();
    const answer = await visit.get(path);
    expect(Date.now() - started, path).toBeLessThan(5_000);
    return answer;
  };
  const context = await browser.newContext({ baseURL: address, javaScriptEnabled: false });
  await signInByHttp(context.request, address, EMPLOYEE);
  const [session] = await context.cookies();
  const page = await context.newPage();
  await page.goto("/policies/model/ask?clause=4.3");
  await page.getByLabel("Your question").fill("Who keeps the list?\nAnd <b>where</b>?");

  for (const trouble of database ? (["cut", "hang"] as const) : [])
    await test.step(trouble, async () => {
      database?.[trouble]();
      const [home, policies, programs, health, ...others] = await Promise.all([
        ...["/", "/policies/model", "/api/v1/policies", "/api/health"].map(timed),
        ...["/accessibility-statement", "/sign-in", "/not-found", "/icon.svg", "/api/v1/openapi.json"].map(timed),
      ]);
      expect([home?.status, policies?.status, health?.status]).toEqual([503, 503, 503]);
      expect(home?.text).toContain("The portal cannot reach its records");
      expect(home?.text).toMatch(/give this number: <strong[^>]*>\w{4}-\w{4}-\w{4}</);
      expect(programs?.status, "without a token, nothing is asked of the database").toBe(401);
      expect(others.map(({ status }) => status)).toEqual([200, 200, 404, 200, 200]);
      const started = Date.now();
      await page.getByRole("button", { name: /^(Send my question|Send it again)$/ }).click();
      expect(Date.now() - started).toBeLessThan(5_500);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("The portal cannot reach its records");
      await expect(page.getByText("Nothing was saved.", { exact: true })).toBeVisible();
      database?.comeBack();
      await expect.poll(async () => (await visit.get("/")).status, { timeout: 60_000 }).toBe(200);
    });
  await test.step("and then it is done, once", async () => {
    await page.getByRole("button", { name: /^(Send my question|Send it again)$/ }).click();
    await expect(page).toHaveURL(/\/questions\/ASK-/);
    await expect(page.getByText("And <b>where</b>?")).toBeVisible();
    const first = await visit.post("/policies/model/ask/send", { ...fields, question: "Once?" });
    expect((await visit.post("/policies/model/ask/send", { ...fields, question: "Once?" })).location).toBe(
      first.location,
    );
  });

  await test.step("who asks too often waits, and loses nothing", async () => {
    const tooMany = await browser.newContext({ baseURL: address });
    const other = await tooMany.newPage();
    const form = { personId: "nobody", returnTo: "/policies" };
    let answer = await tooMany.request.post("/sign-in/send", { form, maxRedirects: 0 });
    for (let sent = 1; answer.status() !== 429 && sent <= SIGN_INS; sent++)
      answer = await tooMany.request.post("/sign-in/send", { form, maxRedirects: 0 });
    expect(answer.status()).toBe(429);
    expect(Number(answer.headers()["retry-after"])).toBeGreaterThan(0);
    expect(await answer.text()).toMatch(/Wait \d+ seconds?, then send it again/);
    await other.goto("/sign-in");
    await other.getByRole("button", { name: "Sign in" }).first().click();
    await expect(other.getByRole("heading", { level: 1 })).toHaveText("Wait a moment");
    await expectNoAxeViolations({ page: other, hasJavaScript: true });
    await tooMany.close();
    for (const [index, status] of [200, 200, 200, 429].entries())
      expect((await visit.get(`/search?q=word${index}`)).status).toBe(status);
  });

  await test.step("every answer has its headers, whatever it is", async () => {
    const paths = [
      "/",
      "/sign-in",
      "/nowhere",
      "/policies/nowhere",
      "/search?q=x",
      "/%E0%A4%A",
      "/icon.svg",
      "/favicon.ico",
    ];
    const script = /\/_next\/static\/[^"]+\.js/.exec((await visit.get("/sign-in")).text)?.[0] ?? "";
    for (const path of [
      ...paths,
      script,
      "/_next/static/nothing.js",
      "/api/health",
      "/api/v1/policies",
      "/matrix.csv?policy=model",
    ]) {
      const headers = (await context.request.get(path, { maxRedirects: 0 })).headers();
      expect(headers["content-security-policy"], path).toMatch(/frame-ancestors 'none'/);
      expect(headers["content-security-policy"], path).not.toContain("unsafe");
      expect(headers, path).toMatchObject({
        "x-content-type-options": "nosniff",
        "x-frame-options": "DENY",
        "referrer-policy": "same-origin",
        "cross-origin-resource-policy": "same-origin",
        "cross-origin-opener-policy": "same-origin",
        "cross-origin-embedder-policy": "require-corp",
        "x-permitted-cross-domain-policies": "none",
      });
      expect(headers["cache-control"], path).toMatch(
        /_next\/static\/(?!nothing)/.test(path) ? /^public/ : /private|no-store|max-age=0/,
      );
      for (const absent of ["server", "x-powered-by", "strict-transport-security"])
        expect(headers[absent], path).toBeUndefined();
    }
  });

  await test.step("the log has one line for each request, and no secret", async () => {
    const answer = await context.request.get("/policies/nowhere?words=asked-for");
    const id = answer.headers()["x-request-id"];
    expect(await answer.text()).not.toContain(PLANTED);
    await expect
      .poll(
        () =>
          log()
            .split("\n")
            .filter((line) => line.includes(`"id":"${id}"`)).length,
      )
      .toBe(1);
    const lines = log()
      .split("\n")
      .slice(0, -1)
      .filter((line) => line.startsWith("{"));
    for (const line of lines) expect(JSON.parse(line)).toHaveProperty("level");
    expect(log().split("\n")).toContain(`With Care is ready: ${address}`);
    for (const secret of [PLANTED, session?.value ?? "none", "asked-for", "Who keeps the list"])
      expect(log()).not.toContain(secret);
  });
  await context.close();
});
