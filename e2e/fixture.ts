import { test as base, expect, type ConsoleMessage } from "@playwright/test";
import { HomePage } from "./page/home-page.ts";
import type { Person } from "./person.ts";
import { signInByHttp } from "./sign-in-by-http.ts";
import type { Visit } from "./visit.ts";

export { expect };

interface Fixtures {
  /** The browser as one person uses it; page objects are opened with it. */
  visit: Visit;
  /** Signs in, and opens the start page. Whoever was signed in before no longer is. */
  signInAs: (person: Person) => Promise<HomePage>;
  /**
   * Declares that the test opens an address where nothing exists: the browser itself then logs an error to the console.
   */
  expectNotFound: (path: string) => void;
  /** Origins other than the portal's that a test visits, such as an identity provider. */
  otherOrigins: string[];
  /** The addresses declared so far; for the fixtures. */
  absentPaths: Set<string>;
}

/**
 * Every test also fails on an error in the console, an exception in a page, or a request to
 * another origin. `test.use({ javaScriptEnabled: false })` runs a journey without JavaScript.
 */
export const test = base.extend<Fixtures>({
  reducedMotion: "reduce", // or axe would measure colours half-way through a transition
  // Long, for machines with every processor busy: failures are still reported in time.
  actionTimeout: 60_000,
  navigationTimeout: 120_000,

  // Playwright takes the names of a fixture's dependencies from this pattern, even an empty one.
  absentPaths: async ({}, use) => {
    await use(new Set());
  },

  otherOrigins: async ({}, use) => {
    await use([]);
  },

  context: async ({ context, baseURL, absentPaths, otherOrigins }, use) => {
    if (!baseURL) throw new Error("The configuration has to name the portal's address as `baseURL`.");
    const { origin } = new URL(baseURL);
    const problems: string[] = [];
    context.on("console", (message) => {
      if (message.type() !== "error" || isAbsence(message, absentPaths)) return;
      problems.push(`console.error at ${message.location().url}: ${message.text()}`);
    });
    context.on("weberror", (failure) =>
      problems.push(`exception: ${failure.error().stack ?? failure.error().message}`),
    );
    context.on("request", (request) => {
      if (![origin, ...otherOrigins].includes(new URL(request.url()).origin))
        problems.push(`request to another origin: ${request.url()}`);
    });
    await use(context);
    expect(problems, "what went wrong in the browser meanwhile").toEqual([]);
  },

  visit: async ({ page, javaScriptEnabled }, use) => {
    await use({ page, hasJavaScript: javaScriptEnabled });
  },

  signInAs: async ({ visit, baseURL }, use) => {
    await use(async (person) => {
      await signInByHttp(visit.page.context().request, baseURL ?? "", person);
      return HomePage.open(visit);
    });
  },

  expectNotFound: async ({ absentPaths }, use) => {
    await use((path) => void absentPaths.add(path));
  },
});

/** The browser's own message for an address that answers 404, if the test declared it. */
function isAbsence(message: ConsoleMessage, absentPaths: Set<string>): boolean {
  const { pathname, search } = new URL(message.location().url, "http://unknown.invalid");
  return absentPaths.has(pathname + search) && /^Failed to load resource:.* 404 /.test(message.text());
}
