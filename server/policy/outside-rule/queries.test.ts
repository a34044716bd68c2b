import { expect, it } from "vitest";
import { loadContent } from "#server/base/content/store.ts";
import { listOutsideRules } from "./queries.ts";

it("tells of each body which outside rules bind it: every rule once, by nation and kind of body", async () => {
  const { bodies, outsideRules } = await loadContent();
  expect(outsideRules.length).toBeGreaterThan(0);
  for (const body of bodies) {
    const { binding, others } = await listOutsideRules(body);
    expect([...binding, ...others].map(({ id }) => id).sort()).toEqual(outsideRules.map(({ id }) => id).sort());
    for (const { id, binds } of binding) {
      if (binds.types) expect(binds.types, id).toContain(body.type);
      if (binds.nations) expect(binds.nations, id).toContain(body.nation);
    }
    for (const { id, binds } of others) expect(binds.types ?? binds.nations, id).toBeDefined();
  }
});
