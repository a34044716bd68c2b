import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { drawOnce } from "#app/_portal/draw-once.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as session from "#server/access/identity/session.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import Page from "./page.tsx";

describeOnOneDatabase("the page of a hold", (database) => {
  it("says to officers whom its mail did not reach, and to nobody whom it concerns", async () => {
    await serveRealContent();
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const ann = await addPerson(database(), "ann");
    const bob = await addPerson(database(), "bob");
    const whom = { groups: [], people: [ann.email, bob.email].join("\n") };
    const about = {
      reason: "foi" as const,
      occurredOn: "2026-11-20",
      keep: "All of it.",
      note: "",
      isOnSubject: false,
    };
    const result = await placeHold(officer, { startKey: "k", ...about, ...whom });
    const reference = "reference" in result ? result.reference : "";
    const shown = async (actor: Actor) => {
      vi.spyOn(session, "requireActor").mockResolvedValue(actor);
      vi.spyOn(session, "getSharedSeconds").mockResolvedValue(null);
      const page = await Page({ params: Promise.resolve({ reference }), searchParams: Promise.resolve({}) });
      return renderToStaticMarkup(await drawOnce(page));
    };
    const warning = "did not arrive";
    expect(await shown(officer)).not.toContain(warning);
    const dead = { state: "dead" as const, bouncedAt: new Date(), bounceStatus: "5.1.1", sentTo: bob.email };
    await database().prisma.mail.updateMany({ where: { personId: "bob" }, data: dead });
    expect(await shown(officer)).toContain("It did not reach Person bob.");
    expect(await shown(ann)).not.toContain(warning);
  });
});
