import { afterAll, beforeAll, vi } from "vitest";
import { shared } from "#server/base/process-shared.mjs";
import { useDatabase } from "#server/base/db/database.ts";
import { connectRooms } from "#server/shell/connect-rooms.ts";
import { requests } from "#server/shell/http/request-context.mjs";
import { serveRealContent } from "./content.ts";

// Many test files share one process: what one of them served, set or spied on is gone when the next one begins.
beforeAll(async () => {
  useDatabase(undefined);
  shared.requests = requests;
  connectRooms(async (...given) => (await import("#server/gather/task/queries.ts")).listOpenDuties(...given));
  await serveRealContent();
});
afterAll(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});
