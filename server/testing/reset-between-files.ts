import { afterAll, beforeAll, vi } from "vitest";
import { useDatabase } from "#server/base/db/database.ts";
import { connectRooms } from "#server/shell/connect-rooms.ts";
import { serveRealContent } from "./content.ts";

// Many test files share one process: what one of them served, set or spied on is gone when the next one begins.
beforeAll(async () => {
  useDatabase(undefined);
  connectRooms(async (...given) => (await import("#server/gather/task/queries.ts")).listOpenDuties(...given));
  await serveRealContent();
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
