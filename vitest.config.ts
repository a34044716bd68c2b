import { defineConfig } from "vitest/config";

/** With a secret there, no data folder is needed. */
const env = { AUTH_SECRET: "a secret of the tests, long enough for one" };
/** Far above what a test takes: a machine with much else to do may be many times slower, and a run that still moves goes on. */
const PATIENT_MS = 600_000;
const server = { env, testTimeout: PATIENT_MS, hookTimeout: PATIENT_MS };
/** They read settings and content of their own when they are loaded, or replace a module for all that they load. */
const ALONE = [
  "server/base/content/store.test.ts",
  "app/sign-in/two-tabs.test.ts",
  "server/shell/http/failing-request.test.ts",
  "server/shell/http/trace-context.test.ts",
];
/** As Next itself resolves them for the server: a form's test loads its page too. */
const NAVIGATION = {
  find: /^next\/navigation$/,
  replacement: "next/dist/client/components/navigation.react-server.js",
};

export default defineConfig({
  test: {
    maxWorkers: 3, // on two cores: some wait for a mail server, a lock or a process that they killed
    projects: [
      {
        test: { name: "domain", isolate: false, include: ["domain/**/*.test.ts"], testTimeout: PATIENT_MS },
      },
      {
        // What reads DMN is written for bundlers, and what it reads XML with is told by the test (server/testing/dmn-reader.ts).
        resolve: {
          alias: [
            { find: /^@kie-tools\/xml-parser-ts$/, replacement: "@kie-tools/xml-parser-ts/dist/index.js" },
            NAVIGATION,
          ],
        },
        test: {
          ...server,
          name: "server",
          include: ["server/**/*.test.ts", "scripts/**/*.test.ts", "app/**/*.test.{ts,tsx}"],
          server: { deps: { inline: ["@kie-tools/dmn-marshaller"] } },
          exclude: ALONE,
          // One process for many files: each would read the content and open its databases again. A file begins afresh.
          isolate: false,
          setupFiles: ["server/testing/reset-between-files.ts"],
          globalSetup: ["server/testing/drop-databases.ts"],
        },
      },
      {
        resolve: { alias: [NAVIGATION] },
        test: { ...server, name: "server-alone", include: ALONE },
      },
    ],
  },
});
