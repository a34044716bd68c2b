import type { Nodes, Root } from "mdast";
import { toString } from "mdast-util-to-string";
import remarkParse from "remark-parse";
import { unified } from "unified";
import { visit } from "unist-util-visit";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import * as session from "#server/access/identity/session.ts";
import { dropComments, parseTree } from "#server/base/content/policy-text.ts";
import { loadContent, useContent } from "#server/base/content/store.ts";
import { withTables } from "#server/base/content/tables.ts";
import { getEnv } from "#server/base/environment/env.ts";
import * as exceptions from "#server/policy/exception/queries.ts";
import * as questions from "#server/policy/question/queries.ts";
import { readerIn, serveRealContent, serveVersions } from "#server/testing/content.ts";
import { GET as getLlms } from "../(portal)/(policy)/llms.txt/route.ts";
import { GET as getClause } from "../(portal)/(policy)/policies/[slug]/clauses/[clause]/text.md/route.ts";
import { GET as getPolicy } from "../(portal)/(policy)/policies/[slug]/text.md/route.ts";
import { GET as getVersion } from "../(portal)/(policy)/policies/[slug]/versions/[version]/text.md/route.ts";
import { GET as getMatrix } from "../(portal)/(answers)/matrix.md/route.ts";

const as = (actor: Actor) => vi.spyOn(session, "requireActor").mockResolvedValue(actor);

beforeEach(async () => {
  await serveRealContent();
  as(readerIn("nao"));
  vi.spyOn(questions, "listNotes").mockResolvedValue([]);
  vi.spyOn(exceptions, "listGranted").mockResolvedValue([]);
});
afterEach(() => vi.restoreAllMocks());

const { appUrl } = getEnv();
const asked = (path: string, headers: Record<string, string> = {}) => new Request(appUrl + path, { headers });
const params = <Params>(values: Params) => ({ params: Promise.resolve(values) });
const policy = (slug: string, headers?: Record<string, string>) =>
  getPolicy(asked(`/policies/${slug}/text.md`, headers), params({ slug }));
const version = (slug: string, number: string) =>
  getVersion(asked(`/policies/${slug}/versions/${number}/text.md`), params({ slug, version: number }));
const clause = (slug: string, id: string) =>
  getClause(asked(`/policies/${slug}/clauses/${id}/text.md`), params({ slug, clause: id }));
const matrix = (query: string) => getMatrix(asked(`/matrix.md?${query}`));

const parser = unified().use(remarkParse).use(withTables);
const parse = (text: string): Root => parser.parse(text);

function listed<Found>(tree: Nodes, of: (node: Nodes) => Found | null): Found[] {
  const found: Found[] = [];
  visit(tree, (node) => {
    const one = of(node);
    if (one !== null) found.push(one);
  });
  return found;
}
const cells = (tree: Nodes) => listed(tree, (node) => (node.type === "tableCell" ? toString(node).trim() : null));
const links = (tree: Nodes) => listed(tree, (node) => (node.type === "link" ? node.url : null));
const headings = (tree: Nodes) =>
  listed(tree, (node) => {
    if (node.type === "heading") return `${node.depth} ${toString(node)}`;
    if (node.type !== "mdxJsxFlowElement" && node.type !== "mdxJsxTextElement") return null;
    const title = node.attributes.find((one) => one.type === "mdxJsxAttribute" && one.name === "title")?.value;
    return node.name === "Callout" && typeof title === "string" ? `3 ${title}` : null;
  });
const ANCHOR = /^<a id="([^"]+)">$/;
const anchors = (tree: Nodes) =>
  listed(tree, (node) => (node.type === "html" ? (ANCHOR.exec(node.value)?.[1] ?? null) : null));

/** The words after each anchor, up to the next one, without white space. */
function wordsByAnchor(tree: Root): Map<string, string> {
  const words = new Map<string, string>();
  let anchor = "";
  visit(tree, (node) => {
    if (node.type === "html") anchor = ANCHOR.exec(node.value)?.[1] ?? anchor;
    else if ("value" in node) words.set(anchor, (words.get(anchor) ?? "") + node.value.replaceAll(/\s/g, ""));
  });
  return words;
}

const bare = (words: string) => words.replaceAll(/\s/g, "");
const { policies } = await loadContent();
const published = policies.flatMap(({ versions }) => versions.filter(({ isPublished }) => isPublished));

function sourceTree({ text }: PolicyVersion): Root {
  const { tree } = parseTree(text);
  if (!tree) throw new Error("The text cannot be read.");
  dropComments(tree);
  return tree;
}

it.each(published.map((one) => [`${one.slug} ${one.version}`, one] as const))(
  "%s comes back from its Markdown: headings, clauses, cells and links",
  async (_, one) => {
    const answer = await version(one.slug, one.version);
    expect(answer.status).toBe(200);
    const tree = parse(await answer.text());
    const source = sourceTree(one);
    const [start, end] = [3, 3 + headings(source).length];
    expect(headings(tree).slice(0, start)).toEqual([`1 ${one.frontMatter.title}`, "2 In short", "2 What it covers"]);
    expect(headings(tree).slice(start, end)).toEqual(headings(source));
    expect(headings(tree)[end]).toBe("2 Channels and contacts");

    const known = anchors(tree);
    expect(new Set(known).size).toBe(known.length);
    expect(known.filter((id) => id.startsWith("clause-"))).toEqual(one.clauses.map(({ id }) => `clause-${id}`));
    expect(known).toEqual(expect.arrayContaining(one.sections.map(({ anchor }) => anchor)));
    const words = wordsByAnchor(tree);
    const hasTable = cells(source).length > 0;
    for (const { id, text, kind, binds } of one.clauses) {
      const said = words.get(`clause-${id}`) ?? "";
      const before = `${kind === "risk" ? "Risk:" : ""}${binds ? "A duty of the organisation:" : ""}`;
      // What the source leaves open stands in brackets; a table in a sentence is compared below.
      const [whole, wanted] = [said, bare(`${id}${before}${text}`)].map((one) => one.replaceAll(/[[\]]/g, ""));
      if (!hasTable || !text.includes(": ")) expect(whole).toContain(wanted);
    }
    expect(cells(tree).slice(0, cells(source).length)).toEqual(cells(source));

    const page = `${appUrl}/policies/${one.slug}/versions/${one.version}`;
    expect(links(tree)).toEqual(expect.arrayContaining(links(source).map((url) => new URL(url, page).href)));
    for (const url of links(tree)) expect(url).toMatch(/^(https?:\/\/|mailto:|tel:)/);
  },
);

it.each(published.map((one) => [`${one.slug} ${one.version}`, one] as const))(
  "%s as Markdown, and each of its clauses, leaves no character as a code and no component as a tag",
  async (_, one) => {
    const answers = [await version(one.slug, one.version)];
    if (one === policies.find(({ slug }) => slug === one.slug)?.versions.findLast(({ isPublished }) => isPublished))
      for (const { id } of one.clauses) answers.push(await clause(one.slug, id));
    for (const answer of answers.filter(({ status }) => status === 200)) {
      const text = (await answer.text()).replaceAll(/`[^`]*`/g, "");
      expect(text.match(/(?<!\\)&(#\d+|#x[0-9a-f]+|[a-z]+\d*);/gi)).toBeNull();
      expect(text.match(/<\/?(?!a\b)[a-z][^>]*>/gi), "only anchors are tags").toBeNull();
      expect(text.match(/\{\/\*|^(import|export) /gm), "nothing of MDX").toBeNull();
    }
    expect(answers[0]?.status).toBe(200);
  },
);

it("writes what authors may write so that it is read as meant", async () => {
  const [first] = await serveVersions("nao", []);
  const text = `
## 1 Odd *things*

<Clause id="1.1" strength="must">In one line with a [link](#clause-1.2), \\<b> and 2 \\* 3.</Clause>
<Clause id="1.2" strength="may" kind="risk">The next.</Clause>

<Callout title="Mind # this">

<Clause id="1.3" strength="must">

- One
- Two | three

| A | B |
| --- | --- |
| x \\| y | [z](/check) |

</Clause>

</Callout>

- <Clause id="1.4" strength="must">In a list.</Clause>

It is <Gap>not stated</Gap> here.
`;
  if (!first) throw new Error("There is no version.");
  const odd = { slug: "nao", versions: [{ ...first, text, hash: "e".repeat(64) }] };
  useContent({ ...(await loadContent()), policies: [odd] });
  const tree = parse(await (await policy("nao")).text());
  expect(anchors(tree).filter((id) => /^(clause|section)/.test(id))).toEqual([
    "section-1",
    "clause-1.1",
    "clause-1.2",
    "clause-1.3",
    "clause-1.4",
  ]);
  const words = wordsByAnchor(tree);
  expect(words.get("clause-1.1")).toBe("1.1Inonelinewithalink,<b>and2*3.");
  expect(words.get("clause-1.2")).toBe("1.2Risk:Thenext.Mind#this");
  expect(words.get("clause-1.3")).toBe("1.3OneTwo|threeABx|yz");
  expect(words.get("clause-1.4")).toMatch(/^1\.4Inalist\.Itis\[notstated\]here\./);
  expect(links(tree)).toEqual(expect.arrayContaining([`${appUrl}/policies/nao#clause-1.2`, `${appUrl}/check`]));
  expect(cells(tree).slice(0, 4)).toEqual(["A", "B", "x | y", "z"]);
});

it("has the notes of the policy owner below their clauses, as words and nothing else", async () => {
  const text = '# No heading\n- [x](javascript:alert(1)) <b>y</b> | z\n<a id="clause-9.9"></a>';
  const [{ id = "" } = {}] = policies.find(({ slug }) => slug === "nao")?.versions.at(-1)?.clauses ?? [];
  const note = { reference: "QUE-2222-2222", clause: id, text, publishedAt: new Date("2026-11-02T10:00:00Z") };
  vi.mocked(questions.listNotes).mockResolvedValue([note]);
  for (const answer of [await policy("nao"), await clause("nao", id)]) {
    const tree = parse(await answer.text());
    expect(wordsByAnchor(tree).get(`clause-${id}`)).toContain(
      bare(`Note by the policy owner, 2 November 2026. ${text}`),
    );
    expect(headings(tree)).not.toContain("1 No heading");
    expect(links(tree).join(" ")).not.toContain("javascript");
    expect(anchors(tree)).not.toContain("clause-9.9");
  }
});

it("sends the same bytes to everybody who may read it, under a strong tag", async () => {
  const first = await policy("nao");
  expect(Object.fromEntries(first.headers)).toEqual({
    "content-type": "text/markdown; charset=utf-8",
    "cache-control": "private, no-cache, no-transform",
    vary: "Accept, Cookie",
    etag: expect.stringMatching(/^"[\w-]{43}"$/) as string,
  });
  const etag = first.headers.get("etag") ?? "";
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, "*"]) {
    const again = await policy("nao", { "if-none-match": tag });
    expect([again.status, again.headers.get("etag"), await again.text()]).toEqual([304, etag, ""]);
  }
  expect((await policy("nao", { "if-none-match": '"other"' })).status).toBe(200);
  as({ ...readerIn("nao"), personId: "p2", name: "Planted Name", email: "planted@example.invalid", team: "planted" });
  const text = await first.text();
  expect(await (await policy("nao")).text()).toBe(text);
  for (const answer of [await matrix("policy=nao"), await getLlms(asked("/llms.txt")), await clause("nao", "4.3")])
    expect(await answer.text()).not.toMatch(/planted/i);
});

it("answers as the page does: 404 for what is not there, not published, or not for the reader", async () => {
  await serveVersions("nao", [{ version: "9.0", isPublished: false }]);
  expect((await version("nao", "9.0")).status).toBe(404);
  expect(await (await getLlms(asked("/llms.txt"))).text()).not.toContain("/versions/9.0");
  as({ ...readerIn("nao"), roles: ["employee", "policy-owner"] });
  expect(await (await version("nao", "9.0")).text()).toContain("Not published yet");
  as({ ...readerIn("nottingham"), roles: ["employee", "policy-owner"] });
  expect((await version("nao", "9.0")).status).toBe(404);
  expect(await (await policy("nao")).text()).toContain("does not bind you");
  for (const answer of [
    await policy("nothing"),
    await version("nao", "8"),
    await clause("nao", "99"),
    await matrix("policy=x"),
  ])
    expect([answer.status, answer.headers.get("content-type"), await answer.text()]).toEqual([404, "text/html", ""]);
});

it("has every cell of the matrix with its clauses, and what is assumed", async () => {
  const text = await (await matrix("policy=bromsgrove-redditch")).text();
  const tree = parse(text);
  expect(headings(tree)).toEqual(["1 Who is it for? How sensitive is it?"]);
  expect(text).toContain("This applies when");
  const all = cells(tree);
  expect(all.slice(1, 4)).toEqual(["Sensitive", "I'm not sure", "Not sensitive"]);
  expect(all.filter((cell) => /^(Never|With care|Through Communications)\. /.test(cell)).length).toBeGreaterThan(8);
  const clauses = links(tree).filter((url) => url.startsWith(`${appUrl}/policies/bromsgrove-redditch#clause-`));
  expect(clauses.length).toBeGreaterThan(8);
});

it("lists in /llms.txt what can be read as text, and every address of it answers", async () => {
  const tree = parse(await (await getLlms(asked("/llms.txt"))).text());
  const [heading, quote] = tree.children;
  expect([heading?.type, quote?.type]).toEqual(["heading", "blockquote"]); // llmstxt.org: a title, then a summary
  expect(headings(tree).slice(1)).toEqual(["2 Policies", "2 Matrices", "2 Optional"]);
  const addresses = links(tree).map((url) => url.replace(appUrl, ""));
  const now = (await loadContent()).policies.flatMap(({ versions }) => versions.filter((one) => one.isPublished));
  expect(addresses.filter((one) => one.includes("/versions/"))).toHaveLength(now.length);
  for (const address of addresses) {
    const [, slug = "", number] = /^\/policies\/([^/]+?)(?:\/versions\/(.+))?\.md$/.exec(address) ?? [];
    const [, query] = address.split("?");
    const answer = await (query ? matrix(query) : number ? version(slug, number) : policy(slug));
    expect([address, answer.status]).toEqual([address, 200]);
  }
});
