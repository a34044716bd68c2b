import { defineConfig } from "vitest/config";

// For scripts/test-mutation.mjs: the tests of one room, or of some of its nouns, in one process.
const under = process.env["MUTATED"] ?? "domain";

export default defineConfig({ test: { isolate: false, include: [`${under}/**/*.test.ts`] } });
