import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";
import * as session from "#server/access/identity/session.ts";
import { describeOnOneDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { serveRealContent } from "#server/testing/content.ts";
import { drawOnce } from "#app/_portal/draw-once.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import SignInPage from "./page.tsx";
import { POST } from "./send/route.ts";

const sent = new Map<string, string>();
vi.mock("next/headers", () => ({
  cookies: () =>
    Promise.resolve({
      get: (name: string) => (sent.has(name) ? { value: sent.get(name) } : undefined),
    }),
  headers: () => Promise.resolve(new Headers()),
}));

const KEPT = cookieName("shared-device", getEnv().appUrl);
const SHARED_WORDS = "signed out after two minutes without use";

describeOnOneDatabase("a shared device", (database) => {
  let ann: Actor;
  beforeEach(async () => {
    sent.clear();
    vi.restoreAllMocks();
    await serveRealContent();
    ann = await addPerson(database(), "ann");
  });

  const signInPage = async (query: Record<string, string> = {}) => {
    vi.spyOn(session, "getActor").mockResolvedValue(null);
    return renderToStaticMarkup(await drawOnce(await SignInPage({ searchParams: Promise.resolve(query) })));
  };
  const signIn = async (fields: Record<string, string>) => {
    const asked = vi.spyOn(session, "signInAsSamplePerson").mockResolvedValue({ ok: true });
    const body = new URLSearchParams({ personId: "ann", returnTo: "/tasks", ...fields });
    const response = await POST(new Request("https://portal.invalid/sign-in/send", { method: "POST", body }));
    return { response, asked, cookie: response.headers.get("set-cookie") };
  };

  it("is one where the address says so, or it was one before, until somebody says that it is their own", async () => {
    expect(await signInPage()).not.toContain(SHARED_WORDS);
    expect(await signInPage({ shared: "1" })).toContain(SHARED_WORDS);
    sent.set(KEPT, "1");
    expect(await signInPage()).toContain(SHARED_WORDS);
    expect(await signInPage({ shared: "0" })).not.toContain(SHARED_WORDS);
    expect(await signInPage({ shared: "no" })).toContain(SHARED_WORDS);
  });

  it("marks the session that is begun there, and is kept in the browser without anything personal", async () => {
    const shared = await signIn({ shared: "1" });
    expect(shared.response.headers.get("location")).toBe("/tasks");
    expect(shared.asked).toHaveBeenCalledWith("ann", true);
    expect(shared.cookie).toMatch(/^[\w.-]*shared-device=1; Path=\/; HttpOnly; SameSite=Lax; Max-Age=31536000/);
    sent.set(KEPT, "1");
    expect((await signIn({ shared: "1" })).cookie).toBeNull();
    const own = await signIn({});
    expect(own.asked).toHaveBeenCalledWith("ann", false);
    expect(own.cookie).toMatch(/shared-device=; .*Max-Age=0/);
  });

  it("has pages that say when they end, and leave by themselves without a script", async () => {
    const shown = async (seconds: number | null) => {
      vi.spyOn(session, "getSharedSeconds").mockResolvedValue(seconds);
      return renderToStaticMarkup(await PortalPage({ actor: ann, children: "the page" }));
    };
    const shared = await shown(90);
    expect(shared).toMatch(/<meta http-equiv="refresh" content="9\d;/i);
    expect(shared).toContain("the page");
    expect(await shown(null)).not.toMatch(/http-equiv="refresh"/i);
  });
});
