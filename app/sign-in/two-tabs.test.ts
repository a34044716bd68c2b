import { afterEach, beforeEach, expect, it, vi } from "vitest";
import * as environment from "#server/base/environment/env.ts";
import { forgetProvider } from "#server/access/identity/provider.ts";
import * as sessions from "#server/access/identity/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { goThroughProvider, startIdentityProvider, type IdentityProvider } from "#server/testing/identity-provider.ts";
import { addPerson } from "#server/testing/people.ts";
import { GET as callback } from "./callback/route.ts";
import { GET as start } from "./start/route.ts";

const PORTAL = "http://127.0.0.1:3999";
const EMAIL = "ann@nao.invalid";

/** The cookies of one browser. */
type Browser = Map<string, string>;
let browser: Browser;
vi.mock("next/headers", () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (browser.has(name) ? { name, value: browser.get(name) } : undefined),
      getAll: () => [...browser].map(([name, value]) => ({ name, value })),
    }),
  headers: () => Promise.resolve(new Headers()),
}));

describeOnOneDatabase("several tabs that sign in", (database) => {
  let provider: IdentityProvider;
  let log: string[];
  beforeEach(async () => {
    browser = new Map();
    log = [];
    await serveRealContent();
    provider = await startIdentityProvider(PORTAL, [{ email: EMAIL, name: "Ann Sample", groups: [] }]);
    const { issuer, clientId, clientSecret } = provider;
    const names = { emailClaim: "email", groupsClaim: "groups", groupRoles: new Map(), groupBodies: new Map() };
    const oidc = { issuer, clientId, clientSecret, ...names, trustsEmail: false, required: [] };
    const usual = environment.getEnv();
    vi.spyOn(environment, "getEnv").mockReturnValue({ ...usual, oidc, appUrl: PORTAL, bodies: ["nao"] });
    vi.spyOn(sessions, "startSession").mockResolvedValue(); // the library's own cookie
    vi.spyOn(console, "warn").mockImplementation((line: string) => void log.push(line));
    forgetProvider();
    await addPerson(database(), "ann");
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await provider.close();
  });

  const ask = (handler: (request: Request) => Promise<Response>, address: string) =>
    handler(new Request(`${PORTAL}${address}`));
  const keep = (response: Response) => {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (/Max-Age=0/.test(cookie)) browser.delete(name);
      else browser.set(name, value);
    }
    return response.headers.get("location") ?? "";
  };
  const answerAt = async (location: string) => {
    const { pathname, search } = await goThroughProvider(location, { login: EMAIL }, PORTAL);
    return pathname + search;
  };

  it("all get in, also when they begin at the same moment; an answer works once, and in its own browser", async () => {
    const begun = await Promise.all(
      ["/matrix", "/tasks", "/me"].map((to) => ask(start, `/sign-in/start?returnTo=${to}`)),
    );
    const answers: string[] = [];
    for (const location of begun.map(keep)) answers.push(await answerAt(location));
    const [first = "", second = "", third = ""] = answers;
    const own = browser;
    browser = new Map();
    expect(keep(await ask(callback, first))).toBe("/sign-in?refused=another-browser");
    browser = own;
    expect(keep(await ask(callback, second))).toBe("/tasks");
    expect(keep(await ask(callback, first))).toBe("/matrix");
    expect(keep(await ask(callback, first))).toBe("/sign-in?refused=expired");
    expect(keep(await ask(callback, third))).toBe("/me");
    expect([...browser.keys()], "nothing is left of them").toEqual([]);
    expect(log.map((line) => /refused: ([\w-]+)/.exec(line)?.[1])).toEqual(["another-browser", "expired"]);
  });

  it("leave a bounded number of cookies, and the newest get in", async () => {
    let last = "";
    for (let tab = 0; tab < 12; tab++) last = keep(await ask(start, "/sign-in/start?returnTo=/matrix"));
    expect(browser.size).toBe(8);
    expect(keep(await ask(callback, await answerAt(last)))).toBe("/matrix");
  });

  it("are sent back with the reason where the provider has another name than ours for it", async () => {
    provider.setFault({ metadata: { issuer: "https://login.example.gov.uk" } });
    expect(keep(await ask(start, "/sign-in/start?returnTo=/matrix"))).toContain("refused=issuer");
    expect(log.join()).toContain("calls itself https://login.example.gov.uk");
  });
});
