import { renderToStaticMarkup } from "react-dom/server";
import { afterEach, expect, it } from "vitest";
import { type RequestContext, requests } from "#server/shell/http/request-context.mjs";
import { readerIn, serveBody, serveRealContent, serveVersions } from "#server/testing/content.ts";
import { type Role, ROLES } from "#domain/access/permission/permission.ts";
import { loadContent, useContent as serveContent } from "#server/base/content/store.ts";
import { getEmbeddedPolicy, getEmbedding } from "#server/policy/policy/queries.ts";
import Check from "./[body]/[slug]/check/page.tsx";
import Matrix from "./[body]/[slug]/matrix/page.tsx";

afterEach(serveRealContent);

const ORIGINS = ["https://intranet.example.org", "http://localhost:8080"];
const switchOn = (body: string) => serveBody(body, { embedding: { origins: ORIGINS } });

/** What the page draws, and who may frame it. */
async function open(page: typeof Matrix, body: string, slug: string) {
  const context: RequestContext = {
    id: "test",
    address: "/",
    startedAt: 0,
    slowAfterMs: 0,
    calls: new Set(),
    hasDatabaseFailed: false,
    isCommitting: false,
  };
  const element = await requests.run(context, () => page({ params: Promise.resolve({ body, slug }) }));
  return { html: context.page ?? renderToStaticMarkup(element), framedBy: context.framedBy };
}

it.each([
  ["a body that did not switch it on", "nottingham", "nottingham"],
  ["another body's policy", "nao", "nottingham"],
  ["a body that is not here", "nowhere", "nao"],
  ["a policy that is not here", "nao", "nothing"],
])("is not there for %s", async (_, body, slug) => {
  await switchOn("nao");
  for (const page of [Matrix, Check])
    await expect(open(page, body, slug)).rejects.toThrow("NEXT_HTTP_ERROR_FALLBACK;404");
});

it("is not there unless a version is published and applies, however new a draft is", async () => {
  const on = async (versions: Parameters<typeof serveVersions>[1], isFirstPublished = true) => {
    await serveVersions("nao", versions);
    const content = await loadContent();
    serveContent({
      ...content,
      bodies: content.bodies.map((body) => ({ ...body, embedding: { origins: ORIGINS } })),
      policies: content.policies.map(({ slug, versions: [first, ...more] }) => ({
        slug,
        versions: first ? [{ ...first, isPublished: isFirstPublished }, ...more] : [],
      })),
    });
    return (await getEmbeddedPolicy("nao", "nao"))?.version.version;
  };
  expect(await on([{ version: "8.0" }, { version: "9.0", isPublished: false }])).toBe("8.0");
  expect(await on([{ version: "8.0", effective: "2099-01-01" }])).toBe("1");
  expect(await on([{ version: "8.0", isPublished: false }], false)).toBeUndefined();
  expect(await on([{ version: "8.0", status: "withdrawn" }])).toBeUndefined();
  await serveVersions("nao", [{ version: "8.0" }]);
  expect(await getEmbeddedPolicy("nao", "nao"), "switched off").toBeNull();
});

it("shows the matrix as the policy assumes it, with links that leave the frame, for the origins of the body's file", async () => {
  await switchOn("bromsgrove-redditch");
  const { html, framedBy } = await open(Matrix, "bromsgrove-redditch", "bromsgrove-redditch");
  expect(framedBy).toEqual(ORIGINS);
  expect(html).toContain("Who is it for? How sensitive is it?");
  expect(html.match(/role="cell" data-verdict="/g)?.length).toBe(15);
  expect(html).toContain("Through Communications");
  const links = [...html.matchAll(/<a\b[^>]*>/g)].map(([link]) => link);
  expect(links.length).toBeGreaterThan(0);
  for (const link of links) expect(link).toMatch(/target="_top"/);
  expect(html).not.toMatch(/sign out|your employer/i);
});

it("shows the first question of the check, each answer a link into the portal", async () => {
  await switchOn("bromsgrove-redditch");
  const { html } = await open(Check, "bromsgrove-redditch", "bromsgrove-redditch");
  const answers = [...html.matchAll(/href="\/check\?policy=bromsgrove-redditch&amp;(\w+)=[\w-]+" target="_top"/g)];
  expect(answers.length).toBeGreaterThan(1);
  expect(new Set(answers.map(([, fact]) => fact)).size).toBe(1);
});

it("tells those who look after it where it may be shown, and nobody else", async () => {
  const as = (role: Role) => getEmbedding({ ...readerIn("nao"), roles: ["employee", role] });
  for (const role of ROLES)
    expect([role, (await as(role)) !== null]).toEqual([role, ["administrator", "policy-owner"].includes(role)]);
  expect((await as("administrator"))?.origins).toEqual([]);
  await switchOn("nottingham");
  expect((await as("administrator"))?.origins, "another body's").toEqual([]);
  await switchOn("nao");
  expect(await as("administrator")).toMatchObject({ origins: ORIGINS, policies: [{ slug: "nao" }] });
});
