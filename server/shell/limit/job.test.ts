import { expect, it } from "vitest";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { FORGET_LIMITS } from "./job.ts";
import { limit } from "./service.ts";

describeOnEachDatabase("forgetting limits", (database) => {
  it("keeps what still counts, and deletes what no longer does", async () => {
    await limit("export", "somebody");
    const now = new Date();
    expect(await FORGET_LIMITS.run(now)).toBe("Forgot 0.");
    expect(await database().prisma.rateLimit.count()).toBe(1);
    expect(await FORGET_LIMITS.run(new Date(now.getTime() + 3_600_000))).toBe("Forgot 1.");
    expect(await database().prisma.rateLimit.count()).toBe(0);
  });
});
