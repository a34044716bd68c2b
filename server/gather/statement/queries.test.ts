import { expect, it } from "vitest";
import { loadContent } from "#server/base/content/store.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { listBodiesToAsk } from "./queries.ts";

it.each(["privacy", "accessibility"] as const)(
  "names for %s at most two roles of each body that is served",
  async (about) => {
    const { bodies } = await loadContent();
    const listed = await listBodiesToAsk(about);
    expect(listed.map(({ slug }) => slug).sort()).toEqual([...getEnv().bodies].sort());
    for (const { slug, contacts } of listed) {
      expect(contacts.length, slug).toBeLessThan(3);
      const known = bodies.find((body) => body.slug === slug)?.contacts ?? [];
      for (const contact of contacts) expect(known).toContainEqual(contact);
      expect(contacts.length === 0).toBe(known.length === 0);
    }
  },
);
