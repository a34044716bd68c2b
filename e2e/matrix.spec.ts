import { gzipSync } from "node:zlib";
import { approve, makeSent } from "./exception-by-http.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { Keyboard } from "./keyboard.ts";
import { MatrixPage } from "./page/matrix-page.ts";
import { PolicyPage } from "./page/policy-page.ts";
import { ResultPage } from "./page/result-page.ts";
import { employeeOf, inRole } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL, NAO, POLICIES } from "./policy.ts";
import type { VerdictWord } from "./verdict.ts";

const MATRIX = { tag: "@feature:matrix" };

const COLLEAGUE = "A colleague";
const PARTNER = "An official partner or a councillor";
const CUSTOMER = "A customer or resident";
const PUBLIC = "The public";

/** The source's own table (S3.13 to S3.20). */
const SOURCE: readonly [row: string, sensitive: VerdictWord, nonSensitive: VerdictWord][] = [
  [COLLEAGUE, "Never", "With care"],
  [PARTNER, "Never", "With care"],
  [CUSTOMER, "Never", "Never"],
  [PUBLIC, "Never", "Through Communications"],
];

test("the matrix of Bromsgrove and Redditch says what the source's table says", MATRIX, async ({ visit, signInAs }) => {
  const home = await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await home.goTo("Matrix");
  const matrix = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  for (const [row, sensitive, nonSensitive] of SOURCE) {
    expect(await matrix.verdictsIn(row, "Sensitive"), `${row}, sensitive`).toEqual([sensitive]);
    expect(await matrix.verdictsIn(row, "I'm not sure"), `${row}, not sure`).toEqual([sensitive]);
    expect(await matrix.verdictsIn(row, "Not sensitive"), `${row}, not sensitive`).toEqual([nonSensitive]);
  }
  await expect(matrix.main).toContainText(
    "This applies when it is about times, places or cover, no approved channel could do it now",
  );
  await expect(await matrix.cell(COLLEAGUE, "Not sensitive")).toContainText("Changes if");
});

test("other assumptions change the cells, and the address keeps them", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await matrix.assume({ "Could an approved channel do it now?": "Yes" });

  const withAnother = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await withAnother.verdictsIn(COLLEAGUE, "Not sensitive")).toEqual(["Not recommended"]);
  expect(await withAnother.verdictsIn(COLLEAGUE, "Sensitive")).toEqual(["Never"]);
  expect(await withAnother.verdictsIn(CUSTOMER, "Not sensitive")).toEqual(["Never"]);
  expect(await withAnother.verdictsIn(PUBLIC, "Not sensitive")).toEqual(["Through Communications"]);
  await expect(withAnother.main).toContainText("an approved channel could do it now");

  await withAnother.assume({ "Is there an approved exception that covers it?": "Yes" });
  const withException = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await withException.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["With care"]);
  await visit.page.reload();
  const reloaded = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await expect(reloaded.field("Could an approved channel do it now?")).toHaveValue("yes");
  expect(await reloaded.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["With care"]);

  await reloaded.followLink("Back to the policy's own assumptions");
  await expect(visit.page).toHaveURL("/matrix?policy=bromsgrove-redditch");
  const own = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  expect(await own.verdictsIn(CUSTOMER, "Sensitive")).toEqual(["Never"]);
});

test("a cell opens why, and goes on into the questions with its answers", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const sentence = "Do not send it yourself. It goes through corporate Communications.";
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await matrix.openCell(PUBLIC, "Not sensitive");
  const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await expect(opened.reason(sentence)).toBeInViewport();
  await expect(await opened.cell(PUBLIC, "Not sensitive")).toContainText("Selected");
  await opened.followLink("Read clause 3.8");
  await (await PolicyPage.shown(visit, BROMSGROVE_REDDITCH)).expectArrivedAt("3.8");
  await visit.page.goBack();
  const back = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
  await back.followLink("Go on with these answers");
  const result = await ResultPage.shown(visit, sentence);
  await result.expectVerdict("Through Communications");
  const lookedUp = expect.stringContaining("None that covers this");
  expect(await result.facts()).toMatchObject({
    For: PUBLIC,
    Sensitivity: "Not sensitive",
    "Approved exception": lookedUp,
  });
});

const PURPOSE_BY_PERSON = "What is the message for? Who is it for?";
const ALTERNATIVE = "Could an approved channel do it now?";

for (const javaScriptEnabled of [true, false])
  test.describe(javaScriptEnabled ? "with JavaScript" : "without JavaScript", () => {
    test.use({ javaScriptEnabled });

    test("any two questions are the axes, and what is left open is split", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      const own = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
      await own.assume({ Rows: "What is the message for?" });
      const byPurpose = await MatrixPage.shown(
        visit,
        BROMSGROVE_REDDITCH,
        "What is the message for? How sensitive is it?",
      );
      // Of a former axis nothing is assumed: it is open.
      await expect(byPurpose.field("Who is it for?")).toHaveValue("any");
      const open = await byPurpose.cell("Times, places or cover", "Not sensitive");
      await expect(open).toContainText(/Depends on:\s*Who is it for\?/);
      await expect(open).toContainText("Never in 2, Through Communications in 1, With care in 2");

      await byPurpose.assume({ Columns: "Who is it for?" });
      const byPerson = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH, PURPOSE_BY_PERSON);
      expect(byPerson.address).toBe("/matrix?policy=bromsgrove-redditch&rows=purpose&columns=audience");
      // The same question twice: the axis that was changed keeps it, the two are swapped.
      await byPerson.assume({ Rows: "Who is it for?" });
      await MatrixPage.shown(visit, BROMSGROVE_REDDITCH, "Who is it for? What is the message for?");
      await visit.page.goBack();
      await MatrixPage.shown(visit, BROMSGROVE_REDDITCH, PURPOSE_BY_PERSON);
      await byPerson.followLink("Swap rows and columns");
      await MatrixPage.shown(visit, BROMSGROVE_REDDITCH, "Who is it for? What is the message for?");
    });

    test("every address is put in order, and what is unknown is dropped", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      const states = {
        "content=any&exception=no&purpose=nonsense&unknown=1": "",
        "alternative=yes&alternative=maybe&rows=audience&columns=content": "&alternative=yes",
        "columns=audience&rows=audience": "&rows=content&columns=audience",
        "since=0.1&version=9&was=x&people=any": "&people=any",
        "content=sensitive": "",
        "content=sensitive&audience=public": "&audience=public&content=sensitive",
      };
      for (const [asked, shown] of Object.entries(states)) {
        await visit.page.goto(`/matrix?policy=bromsgrove-redditch&${asked}`);
        await expect(visit.page, asked).toHaveURL(`/matrix?policy=bromsgrove-redditch${shown}`);
      }
    });

    test("a cell that depends says on what, and goes on with what is known", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH, "alternative=any");
      const cell = await matrix.cell(COLLEAGUE, "Not sensitive");
      await expect(cell).toContainText("Not recommended in 1, With care in 1");
      await matrix.openCell(COLLEAGUE, "Not sensitive");
      const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
      const why = opened.reason("It depends on your other answers.");
      await expect(why).toContainText("Of 2 situations: Not recommended in 1, With care in 1.");
      await expect(why).toContainText("If an approved channel could do it now.");
      await opened.followLink("Go on with these answers");
      await expect(visit.page).toHaveURL(
        /\/check\?policy=bromsgrove-redditch&audience=colleague&.*content=non-sensitive/,
      );
      expect(visit.page.url()).not.toContain("any");
      await expect(visit.page.getByRole("heading", { level: 1 })).toHaveText(ALTERNATIVE);
    });

    test("marks what changed since another version", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(MODEL));
      const matrix = await MatrixPage.open(visit, MODEL, "purpose=emergency-call");
      await expect(matrix.main).not.toContainText("Changed");
      await matrix.main.getByText("Mark what changed between versions", { exact: true }).click();
      await matrix.field("Mark what changed since").selectOption({ label: "1.0 (old version)" });
      await matrix.follow(() => matrix.main.getByRole("button", { name: "Mark changes" }).click());
      const marked = await MatrixPage.shown(visit, MODEL);
      await expect(visit.page).toHaveURL(/since=1\.0&purpose=emergency-call/);
      const changed = await marked.table.getByText(/^Changed: was /).count();
      expect(changed).toBeGreaterThan(0);
      await expect(marked.main).toContainText(`${changed} of 15 cells changed since version 1.0.`);
      await marked.assume({ "What is the message for?": "Times, places or cover" });
      await expect(visit.page).toHaveURL(/since=1\.0/);
    });
  });

test("with JavaScript the filters answer at once, without a request, and Back goes through them", async ({
  visit,
  signInAs,
}) => {
  const { page } = visit;
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await page.waitForLoadState("networkidle");
  const requests: string[] = [];
  // The icon, which a browser looks at again with every address, is in its cache.
  page.on("request", (request) => {
    if (!request.url().includes("/icon.svg")) requests.push(request.url());
  });
  await matrix.main.getByText("Change rows, columns and what is assumed", { exact: true }).click();
  await matrix.field(ALTERNATIVE).focus();
  await matrix.assume({ [ALTERNATIVE]: "Yes" });
  await expect(matrix.field(ALTERNATIVE)).toBeFocused();
  expect(await matrix.verdictsIn(COLLEAGUE, "Not sensitive")).toEqual(["Not recommended"]);
  await expect(matrix.status).toHaveText("2 of 15 cells changed.");
  await expect(page).toHaveURL("/matrix?policy=bromsgrove-redditch&alternative=yes");
  await matrix.assume({ "What is the message for?": "Making a decision" });
  await matrix.followLink("Swap rows and columns");
  await expect(matrix.status).toContainText("The rows are now “How sensitive is it?”");
  await matrix.openCell("Not sensitive", COLLEAGUE);
  await expect(page.locator("#why")).toBeFocused();
  for (const query of [
    "&rows=content&columns=audience&purpose=decision&alternative=yes",
    "&purpose=decision&alternative=yes",
    "&alternative=yes",
    "",
  ]) {
    await page.goBack();
    await expect(page).toHaveURL(`/matrix?policy=bromsgrove-redditch${query}`);
  }
  await expect(matrix.field(ALTERNATIVE)).toHaveValue("no");
  expect(await matrix.verdictsIn(COLLEAGUE, "Not sensitive")).toEqual(["With care"]);
  await page.goForward();
  expect(await matrix.verdictsIn(COLLEAGUE, "Not sensitive")).toEqual(["Not recommended"]);
  expect(requests).toEqual([]);
  expect((await page.request.get("/icon.svg")).headers()["cache-control"]).toBe("private, max-age=3600");
});

test("arrow keys go from cell to cell, Enter opens why beside the matrix", async ({ visit, signInAs }) => {
  const { page } = visit;
  const keyboard = new Keyboard(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
  await expect(matrix.main.getByText("The arrow keys go from cell to cell.")).toBeVisible();
  const link = async (row: string, column: string) => (await matrix.cell(row, column)).getByRole("link");
  const press = async (key: string, row: string, column: string) => {
    await page.keyboard.press(key);
    await expect(await link(row, column), key).toBeFocused();
    await keyboard.expectVisibleFocus();
  };
  await keyboard.tabTo(await link(COLLEAGUE, "Sensitive"));
  await press("ArrowRight", COLLEAGUE, "I'm not sure");
  await press("End", COLLEAGUE, "Not sensitive");
  await press("ArrowRight", COLLEAGUE, "Not sensitive");
  await press("ArrowDown", PARTNER, "Not sensitive");
  await press("ArrowUp", COLLEAGUE, "Not sensitive");
  await press("Home", COLLEAGUE, "Sensitive");
  await press("Tab", COLLEAGUE, "I'm not sure");
  await press("Control+End", PUBLIC, "Not sensitive");
  await page.keyboard.press("Tab");
  await expect(matrix.table.locator(":focus")).toHaveCount(0);
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(page.locator("#why")).toBeFocused();
  const reason = matrix.reason("Do not send it yourself. It goes through corporate Communications.");
  await expect(reason).toBeInViewport();
  const [table, beside] = await Promise.all([matrix.table.boundingBox(), reason.boundingBox()]);
  expect(beside?.x ?? 0, "beside the matrix").toBeGreaterThanOrEqual((table?.x ?? 0) + (table?.width ?? 0));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(1280);
  await page.goBack();
  await expect(await link(PUBLIC, "Not sensitive")).toBeFocused();
});

for (const javaScriptEnabled of [true, false])
  test.describe(`on a phone, ${javaScriptEnabled ? "with" : "without"} JavaScript`, () => {
    test.use({ viewport: { width: 390, height: 844 }, javaScriptEnabled });

    test("one row stands at a time, and the reason where one taps", async ({ visit, signInAs }) => {
      await signInAs(employeeOf(BROMSGROVE_REDDITCH));
      const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
      await expect(matrix.table.getByRole("rowheader")).toHaveText([COLLEAGUE]);
      await expect(matrix.main.getByText(/arrow keys/)).toBeHidden();
      await matrix.followLink(PUBLIC);
      const row = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
      await expect(row.table.getByRole("rowheader")).toHaveText([PUBLIC]);
      await expect(visit.page).toHaveURL(/audience=public#matrix-table$/);
      await row.openCell(PUBLIC, "Not sensitive");
      const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
      const reason = opened.reason("Do not send it yourself. It goes through corporate Communications.");
      await expect(reason).toHaveCount(1);
      await expect(reason).toBeInViewport();
      await expect((await opened.cell(PUBLIC, "Not sensitive")).getByRole("region")).toBeVisible();
      if (javaScriptEnabled) await expect(visit.page.locator("#why-here")).toBeFocused();

      // One column at a time: the same, once the two are swapped.
      await opened.followLink("Choose by “How sensitive is it?” instead");
      const swapped = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH, "How sensitive is it? Who is it for?");
      await expect(swapped.table.getByRole("rowheader")).toHaveText(["Not sensitive"]);
      expect(await swapped.verdictsIn("Not sensitive", COLLEAGUE)).toEqual(["With care"]);
    });
  });

test.describe("between a phone and a wide screen, without scripts", () => {
  test.use({ viewport: { width: 800, height: 700 }, javaScriptEnabled: false });

  test("choosing a cell leads to it", async ({ visit, signInAs }) => {
    await signInAs(employeeOf(BROMSGROVE_REDDITCH));
    const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH);
    await matrix.openCell(PUBLIC, "Not sensitive");
    const opened = await MatrixPage.shown(visit, BROMSGROVE_REDDITCH);
    await expect(visit.page).toHaveURL(/#chosen$/);
    await expect(await opened.cell(PUBLIC, "Not sensitive")).toBeInViewport();
  });
});

test("whoever listens hears row, column and verdict, each once", async ({ visit, signInAs }) => {
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const matrix = await MatrixPage.open(visit, BROMSGROVE_REDDITCH, "alternative=any");
  const browser = await visit.page.context().newCDPSession(visit.page);
  const { nodes } = await browser.send("Accessibility.getFullAXTree");
  const namesOf = (role: string) =>
    nodes.filter((node) => node.role?.value === role && !node.ignored).map((node) => String(node.name?.value));
  expect(namesOf("columnheader")).toEqual(["Who is it for?", "Sensitive", "I'm not sure", "Not sensitive"]);
  expect(namesOf("rowheader")).toContain(PUBLIC);
  expect(namesOf("table")).toHaveLength(1);
  const links = namesOf("link");
  for (const row of await matrix.table.getByRole("rowheader").allTextContents())
    for (const column of ["Sensitive", "I'm not sure", "Not sensitive"]) {
      const [link = "", ...others] = links.filter((name) => name.startsWith(`${row}, ${column}: `));
      expect(others).toEqual([]);
      const verdict = link.slice(`${row}, ${column}: `.length);
      expect(verdict).toMatch(/^(Never|With care|Through Communications|Depends on: Could an approved)/);
      expect(verdict).not.toContain(row);
      expect(verdict.split(" in ")[0]).not.toContain(column);
      expect(namesOf("cell")).toContain(link);
    }
});

test("matrix, search and the offline card send one script each, at most 32 kB; no other page sends any, nor what the framework would", async ({
  visit,
  signInAs,
}) => {
  const { page } = visit;
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const SCRIPTED = ["/matrix", "/search", "/offline"];
  const slug = BROMSGROVE_REDDITCH.slug;
  const addresses = [
    `/matrix?policy=${slug}`,
    "/search?q=photo",
    "/offline",
    "/",
    "/tasks",
    "/policies",
    `/policies/${slug}`,
    `/check?policy=${slug}`,
    "/exceptions/new",
    "/incidents/new",
    "/me",
    "/nowhere",
  ];
  for (const address of addresses) {
    const response = await page.request.get(address);
    const html = await response.text();
    const scripts = [...html.matchAll(/<script\b[^>]*?(?:\bsrc="([^"]*)")?[^>]*>/g)].filter(
      ([tag]) => !tag.includes("application/json"),
    );
    const isScripted = SCRIPTED.some((path) => address.startsWith(path));
    expect(scripts, address).toHaveLength(isScripted ? 1 : 0);
    expect(html, address).not.toMatch(/__next_f|rel="(module)?preload"[^>]*as="script"|<portal-page/);
    expect(response.headers()["content-security-policy"], address).toContain(
      `script-src ${isScripted ? "'self'" : "'none'"}`,
    );
    for (const [, source = ""] of scripts)
      expect(gzipSync(await (await page.request.get(source)).body()).length, source).toBeLessThan(32_000);
  }
});

test("a policy page is at most 80 kB, and a page with its styles at most 29 kB compressed", async ({
  visit,
  signInAs,
}) => {
  const { request } = visit.page;
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  const html = await (await request.get(`/policies/${BROMSGROVE_REDDITCH.slug}`)).text();
  expect(html.length).toBeLessThan(80_000);
  const styles = [...html.matchAll(/<link rel="stylesheet" href="([^"]+)"/g)].map(([, href = ""]) => href);
  expect(styles.length).toBeGreaterThan(0);
  const files = await Promise.all(styles.map(async (href) => (await request.get(href)).body()));
  expect(gzipSync(Buffer.concat([Buffer.from(html), ...files])).length).toBeLessThan(29_000);
});

test("after signing out, Back shows nothing of the person", async ({ visit, signInAs }) => {
  const { page } = visit;
  await signInAs(employeeOf(BROMSGROVE_REDDITCH));
  await page.goto("/tasks");
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goBack();
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);
  await expect(page).toHaveURL(/\/sign-in/);
});

test("what my exception allows is marked, for me alone", async ({ visit, signInAs, playwright, baseURL }) => {
  const as = (person: Parameters<typeof signInAs>[0]) => HttpVisit.as(playwright.request, baseURL ?? "", person);
  const requester = inRole("Policy owner", NAO);
  const [asking, officer] = [await as(requester), await as(inRole("Governance officer", NAO))];
  const reference = await makeSent(asking, "nao", "4.3");
  await approve(officer, reference);
  const state = "device=personal&purpose=file";
  const file = await asking.get(`/matrix.csv?policy=nao&${state}`);
  expect(file.text).toContain(`Allowed under ${reference} until `);
  const poster = await asking.get(`/matrix.svg?policy=nao&${state}`);
  expect(poster.text).not.toContain(reference);
  expect((await officer.get(`/matrix.csv?policy=nao&${state}`)).text).not.toContain(reference);
  await signInAs(requester);
  const matrix = await MatrixPage.open(visit, NAO, "purpose=file");
  await expect(matrix.main).toContainText(/An exception of yours applies in \d+ of \d+ cells/);
  await expect(matrix.table.getByText(new RegExp(`^Allowed under ${reference} until `)).first()).toBeVisible();
  await Promise.all([asking.dispose(), officer.dispose()]);
});

test("the matrix as a file has a line for each cell", async ({ playwright, baseURL }) => {
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", employeeOf(BROMSGROVE_REDDITCH));
  const { status, text } = await visit.get("/matrix.csv?policy=bromsgrove-redditch&alternative=any");
  expect(status).toBe(200);
  const [head = "", ...lines] = text.replace("\uFEFF", "").trimEnd().split("\r\n");
  expect(head).toBe(
    "Version,Row: Who is it for?,Column: How sensitive is it?,Verdict,Clauses,Depends on,Verdict in how many situations,Situations,Assumed",
  );
  expect(lines).toHaveLength(15);
  expect(lines[2]).toMatch(
    /^v0\.2\.1,A colleague,Not sensitive,Depends,(?:"?(?:bromsgrove-redditch [\d.]+(?:; )?)+"?),Could an approved channel do it now\?,"Not recommended in 1, With care in 1",2,/,
  );
  expect((await visit.get("/matrix.csv?policy=nothing")).status).toBe(404);
  expect((await visit.get("/matrix.svg?policy=nothing")).status).toBe(404);
  await visit.dispose();
});

test("the poster is a sheet of A3 with all its words inside their fields", async ({ page, signInAs }) => {
  test.slow(); // a drawing for each policy and for the largest axes
  await signInAs(employeeOf(MODEL));
  const states = [
    ...POLICIES.map(({ slug }) => `policy=${slug}`),
    "policy=model&rows=purpose&columns=audience",
    "policy=model&rows=audience&columns=purpose&alternative=any&chat=any&since=1.0",
    "policy=nao&rows=purpose&columns=audience&consent=any&device=any",
  ];
  for (const state of states)
    await test.step(state, async () => {
      const response = await page.request.get(`/matrix.svg?${state}`);
      expect(response.headers()).toMatchObject({ "content-type": "image/svg+xml; charset=utf-8" });
      expect(response.headers()["content-disposition"]).toMatch(/^attachment; filename="matrix-[\w.-]+\.svg"$/);
      const svg = await response.text();
      expect(svg).toMatch(/<svg[^>]* width="(420mm" height="297mm|297mm" height="420mm)"/);
      expect(svg).not.toMatch(/<script|<style|href=|\son\w+=/);
      expect(svg.replaceAll(/\s+/g, " ")).toMatch(/[0-9a-f]{64}|[0-9a-f]{20,}<\/text>/);
      await page.setContent(svg.slice(svg.indexOf("<svg")));
      const outside = await page.evaluate(() => {
        const sheet = document.querySelector("svg")?.getBoundingClientRect();
        const fields = [...document.querySelectorAll("svg > rect")]
          .slice(1)
          .map((field) => field.getBoundingClientRect());
        const texts = [...document.querySelectorAll("text")];
        const boxes = texts.map((text) => text.getBoundingClientRect());
        const isIn = (box: DOMRect, around: DOMRect | undefined) =>
          around !== undefined &&
          box.left >= around.left - 0.5 &&
          box.right <= around.right + 0.5 &&
          box.top >= around.top - 0.5 &&
          box.bottom <= around.bottom + 0.5;
        return texts.flatMap((text, at) => {
          const box = boxes[at];
          if (!box) return [];
          const field = fields.find(
            (one) => one.left < box.left + 1 && one.right > box.left && one.top < box.top + 1 && one.bottom > box.top,
          );
          const isOver = texts.some((other, index) => {
            const that = boxes[index];
            return (
              index > at &&
              that &&
              other !== text &&
              that.left < box.right - 1 &&
              box.left < that.right - 1 &&
              that.top < box.bottom - box.height * 0.35 &&
              box.top < that.bottom - box.height * 0.35
            );
          });
          return !isIn(box, sheet) || (field && !isIn(box, field)) || isOver ? [text.textContent] : [];
        });
      });
      expect(outside).toEqual([]);
    });
});
