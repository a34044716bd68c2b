import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, it, vi } from "vitest";
import { drawOnce } from "#app/_portal/draw-once.tsx";
import type { PageProps } from "#app/_portal/form/form.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import * as session from "#server/access/identity/session.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import ChangesPage from "../[slug]/changes/page.tsx";
import ComparePage from "../compare/page.tsx";
import MergePage from "./page.tsx";

describeOnOneDatabase("pages that say which policy is stricter", (database) => {
  let owner: Actor;
  beforeEach(async () => {
    await serveRealContent();
    owner = await addPerson(database(), "owner", { roles: ["policy-owner"] });
  });

  const show = async (
    Page: (props: PageProps) => Promise<React.ReactNode>,
    query: Record<string, string | string[]>,
    params: Record<string, string> = {},
  ) => {
    vi.spyOn(session, "requireActor").mockResolvedValue(owner);
    vi.spyOn(session, "getSharedSeconds").mockResolvedValue(null);
    const page = await Page({ params: Promise.resolve(params), searchParams: Promise.resolve(query) });
    return renderToStaticMarkup(await drawOnce(page));
  };

  it("sorts every situation of two policies, the strictest chosen and nothing that is to decide", async () => {
    const html = await show(MergePage, { policy: ["nao", "nottingham"] });
    for (const id of ["to-decide", "strictest", "agree", "draft"]) expect(html).toContain(`id="${id}"`);
    const selects = [...html.matchAll(/<select[^>]*name="take--[^"]*"[^>]*>.*?<\/select>/gs)].map(([select]) => select);
    expect(selects.length).toBeGreaterThan(20);
    const undecided = selects.filter((select) => select.includes("Not decided"));
    expect(undecided.every((select) => /<option[^>]*value=""[^>]*selected=""/.test(select))).toBe(true);
    expect(selects.filter((select) => !undecided.includes(select)).every((select) => select.includes("selected"))).toBe(
      true,
    );
  });

  it("says it of two versions in one sentence, with links to both answers where it is not so", async () => {
    const strict = await show(ChangesPage, { from: "1.0", to: "1.1" }, { slug: "model" });
    expect(strict).toContain("Version 1.1 is at least as strict as version 1.0 in all");
    const html = await show(ChangesPage, { from: "2.0", to: "2.1" }, { slug: "model" });
    expect(html).toContain("Version 2.1 is not at least as strict as version 2.0: if ");
    for (const version of ["2.0", "2.1"])
      expect(html).toContain(
        `/policies/model/outcomes?version=${version}&amp;audience=colleague&amp;purpose=committee`,
      );
  });

  it("says it of two policies, each way", async () => {
    const html = await show(ComparePage, { policy: ["nao", "nottingham"] });
    expect(html).toContain("Nottingham is not at least as strict as NAO: ");
    expect(html).toContain("NAO is not at least as strict as Nottingham: ");
    expect(html).not.toContain("on certain days only");
    const dated = await show(ComparePage, { policy: ["nao", "devolved-government"] });
    expect(dated).toContain("Some rules hold on certain days only. They are compared as they are today.");
  });
});
