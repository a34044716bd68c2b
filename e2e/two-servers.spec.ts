import type { APIRequestContext } from "@playwright/test";
import { hiddenField } from "./exception-by-http.ts";
import { expect, test as base } from "./fixture.ts";
import { inRole, type Person } from "./person.ts";
import { plainText } from "./plain-text.ts";
import { BROMSGROVE_REDDITCH } from "./policy.ts";
import { SERVER_HEADER } from "./round-robin.mjs";
import { signInByHttp } from "./sign-in-by-http.ts";

interface Browser {
  /** The same cookies, each time at the server named. */
  at: Record<"first" | "second", APIRequestContext>;
}

/** Signs in at the first server. */
const test = base.extend<{ signIn: (person: Person) => Promise<Browser> }>({
  signIn: async ({ playwright, baseURL: address }, use) => {
    const baseURL = address ?? "";
    const contexts: APIRequestContext[] = [];
    const open = async (server: string, cookies?: Awaited<ReturnType<APIRequestContext["storageState"]>>) => {
      const extraHTTPHeaders = { [SERVER_HEADER]: server, origin: baseURL };
      const context = await playwright.request.newContext({
        baseURL,
        extraHTTPHeaders,
        maxRedirects: 0,
        ...(cookies && { storageState: cookies }),
      });
      contexts.push(context);
      return context;
    };
    await use(async (person) => {
      const first = await open("0");
      await signInByHttp(first, baseURL, person);
      return { at: { first, second: await open("1", await first.storageState()) } };
    });
    await Promise.all(contexts.map((context) => context.dispose()));
  },
});

const EMPLOYEE = inRole("Employee", BROMSGROVE_REDDITCH);
const ADMINISTRATOR = inRole("Administrator", BROMSGROVE_REDDITCH);

// All other journeys go through the same two servers, in turns; this one says which is asked what. Where
// there is no PostgreSQL there is one server, and nothing to say.
if (process.env["E2E_SERVERS"] === "2") {
  test("who signs in or out at one server has done so at the other, and so have ended sessions", async ({ signIn }) => {
    const [desk, phone] = [await signIn(EMPLOYEE), await signIn(EMPLOYEE)];
    for (const { at } of [desk, phone])
      for (const server of [at.first, at.second]) expect((await server.get("/me")).status()).toBe(200);
    await desk.at.second.post("/me/send", { form: { which: "others" } });
    for (const server of [phone.at.first, phone.at.second])
      expect((await server.get("/me")).headers()["location"]).toMatch(/^\/sign-in/);
    expect((await desk.at.first.get("/me")).status()).toBe(200);
    await desk.at.first.post("/sign-out");
    expect((await desk.at.second.get("/me")).headers()["location"]).toMatch(/^\/sign-in/);
  });

  test("a form that one server refused comes back from the other as it was, and is sent once", async ({ signIn }) => {
    const { at } = await signIn(EMPLOYEE);
    const address = `/policies/${BROMSGROVE_REDDITCH.slug}/ask`;
    const opened = await (await at.first.get(`${address}?clause=${BROMSGROVE_REDDITCH.clause.id}`)).text();
    const names = ["clause", "version", "hash", "startKey", "openedBy"];
    const fields = Object.fromEntries(names.map((name) => [name, hiddenField(opened, name)]));
    const tooLong = "Which of the two answers? ".repeat(200);
    const refused = await at.second.post(`${address}/send`, { form: { ...fields, question: tooLong } });
    const back = refused.headers()["location"] ?? "";
    expect(back).toContain("kept=");
    expect(plainText(await (await at.first.get(back)).text())).toContain(tooLong.trim());
    // The session ends, and the form is sent after all: the other server knows whose it is.
    await at.first.post("/sign-out");
    const late = await at.second.post(`${address}/send`, { form: { ...fields, question: "Does it last?" } });
    expect(decodeURIComponent(late.headers()["location"] ?? "")).toMatch(/^\/sign-in.*kept=/);
    const again = await signIn(EMPLOYEE);
    const form = { ...fields, question: "Which of the two servers answers?" };
    const sent = await Promise.all(
      [again.at.first, again.at.second].map((one) => one.post(`${address}/send`, { form })),
    );
    const references = sent.map((answer) => /ASK-\w{4}-\w{4}/.exec(answer.headers()["location"] ?? "")?.[0]);
    expect(references[0]).toBeDefined();
    expect(references[1]).toBe(references[0]);
  });

  test("timed work that one server was asked for runs once", async ({ signIn }) => {
    const { at } = await signIn(ADMINISTRATOR);
    const runs = async (server: APIRequestContext) =>
      plainText(await (await server.get("/admin/jobs")).text()).split("Asked for by you").length - 1;
    const before = await runs(at.second);
    const asked = await at.first.post("/admin/jobs/send", { form: { job: "apply-retention" } });
    expect(asked.headers()["location"]).toContain("asked=apply-retention");
    await expect.poll(() => runs(at.second), { timeout: 90_000 }).toBe(before + 1);
    expect(await runs(at.first)).toBe(before + 1);
  });

  test("both servers give the same files, and one page takes them from either", async ({ signIn }) => {
    const { at } = await signIn(EMPLOYEE);
    const [first, second] = await Promise.all([at.first, at.second].map(async (one) => (await one.get("/")).text()));
    const files = (page = "") =>
      [...page.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, file = ""]) => file);
    expect(files(first).length).toBeGreaterThan(0);
    expect(files(second).sort()).toEqual(files(first).sort());
    for (const file of files(first)) expect((await at.second.get(file)).status(), file).toBe(200);
  });
}
