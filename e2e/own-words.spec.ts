import { HttpVisit } from "./http-visit.ts";
import { expect, runPortal } from "./own-portal.ts";
import { test } from "./fixture.ts";
import { PERMITTED_ROUTES } from "./permitted-route.ts";
import type { Person } from "./person.ts";

const BODY = "Example Health Trust";
/** A situation that the policy answers: a result, from which a receipt is kept. */
const ANSWERS = "what=arrangements";
/** The shared words of the verdicts for which the policy has others, wherever one stands alone; and the shared check. */
const SHARED = />(?:Never|Not recommended|Allowed)<|Check a message/;

test("a policy with words of its own is shown in them on every page", async ({ playwright }) => {
  test.slow();
  await runPortal(
    async ({ address }) => {
      for (const role of ["Employee", "Governance officer", "Policy owner"] satisfies Person["role"][]) {
        const visit = await HttpVisit.as(playwright.request, address, { role, body: BODY });
        const home = await visit.get("/");
        expect(home.text).toContain("Check before you share");
        const asked = Object.entries(PERMITTED_ROUTES).filter(([, { kind, record }]) => kind === "page" && !record);
        for (const [pattern, { query = "" }] of asked) {
          const path = pattern
            .replace("[slug]", "health-trust")
            .replace("[version]", "1.0")
            .replace("[clause]", "1.1")
            .replace("[rule]", "foia-held")
            .replace("[date]", "2026-11-30");
          if (path.includes("[")) continue;
          const own = query.includes("policy=") ? `?policy=health-trust&${ANSWERS}` : query;
          const { status, text } = await visit.get(path + own);
          if (status === 200) expect(SHARED.exec(text)?.[0] ?? "", `${role} at ${path}${own}`).toBe("");
        }
        await visit.dispose();
      }
    },
    () => ({ BODIES: "example-health-trust" }),
  );
});
