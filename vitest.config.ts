import { defineConfig } from "vitest/config";

// `server-only` lets only this condition import what is for the server.
const conditions = ["react-server", "node", "default"];

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: { name: "domain", include: ["domain/**/*.test.ts"], testTimeout: 20_000 },
      },
      {
        ssr: { resolve: { conditions } },
        // What reads DMN is written for bundlers, and what it reads XML with is told by the test (server/testing/dmn-reader.ts).
        resolve: {
          alias: [{ find: /^@kie-tools\/xml-parser-ts$/, replacement: "@kie-tools/xml-parser-ts/dist/index.js" }],
        },
        test: {
          name: "server",
          include: ["server/**/*.test.ts", "scripts/**/*.test.ts", "app/**/*.test.{ts,tsx}"],
          execArgv: ["--conditions=react-server"],
          server: { deps: { inline: ["@kie-tools/dmn-marshaller"] } },
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
