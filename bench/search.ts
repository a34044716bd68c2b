import MiniSearch from "minisearch";
import type { Actor } from "../domain/access/permission/permission.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { readContent, wholeVersion } from "#server/base/content/read.ts";
import { useContent } from "#server/base/content/store.ts";
import { documentsOf, type SearchDocument } from "#server/policy/search/document-reader.ts";
import { searchPolicies } from "#server/policy/search/queries.ts";
import { addVersions, makeIndex } from "#server/policy/search/search-index.ts";
import { lineOf, median, type Part } from "./line.ts";

const POLICIES = 1_000;
const CLAUSES = 30;
const ROUNDS = 7;
const QUERIES = [
  "foto of a customer",
  "foi request delete",
  "lost my phone",
  "clause 2.1",
  "coleague",
  "leaver in the group",
];

/**
 * Time from the search words to the highlighted results of a page, and to build the index, against MiniSearch on the
 * same documents.
 */
export const benchSearch: Part = async (print, say) => {
  const { versions: read, ...content } = await readContent("content");
  const versions = makeVersions(read.flatMap((version) => wholeVersion(version) ?? []));
  const documents = versions.flatMap(documentsOf);
  const body = versions[0]?.frontMatter.body ?? "";
  const reader: Actor = {
    personId: "bench",
    name: "Bench",
    email: "",
    roles: ["employee"],
    body,
    employer: body,
    team: null,
  };
  say(`search: ${versions.length} policies, ${documents.length} texts`);
  useContent({ ...content, policies: versions.map((version) => ({ slug: version.slug, versions: [version] })) });
  const search = async () => {
    for (const words of QUERIES) await searchPolicies(reader, { words, policy: "", version: "" });
  };
  const [ours, peers, builds, peerBuilds]: [number[], number[], number[], number[]] = [[], [], [], []];
  for (let round = 0; round <= ROUNDS; round++) {
    const build = await timed(() => addVersions(makeIndex(), versions));
    const peer = new MiniSearch<SearchDocument>({ fields: ["text", "section", "number"] });
    const peerBuild = await timed(() => peer.addAll(documents));
    const find = await timed(search);
    const peerFind = await timed(() => QUERIES.forEach((words) => peer.search(words, { prefix: true, fuzzy: 0.2 })));
    if (round === 0) continue; // warms up, and builds the index that is searched
    ours.push(find / QUERIES.length);
    peers.push(peerFind / QUERIES.length);
    builds.push(build);
    peerBuilds.push(peerBuild);
  }
  const named = { unit: "ms", peer: "MiniSearch" } as const;
  print(lineOf({ name: "search/query", value: median(ours), peerValue: median(peers), ...named }));
  print(lineOf({ name: "search/build", value: median(builds), peerValue: median(peerBuilds), ...named }));
};

/**
 * Many policies in the words of the real ones: each takes its clauses from all of them, starting at a different place.
 */
function makeVersions(whole: readonly PolicyVersion[]): PolicyVersion[] {
  const texts = whole.flatMap(({ clauses }) => clauses.map(({ text }) => text));
  const [model] = whole;
  if (!model) throw new Error("There is no policy to make others from: run npm run policy:check.");
  const table = { ...model.table, facts: [], rules: [], obligations: new Map<string, never>() };
  return Array.from({ length: POLICIES }, (_, policy) => ({
    ...model,
    slug: `policy-${policy}`,
    table,
    examples: [],
    sections: [],
    clauses: Array.from({ length: CLAUSES }, (_, at) => ({
      id: `${Math.floor(at / 10) + 1}.${(at % 10) + 1}`,
      strength: "must",
      kind: "rule",
      from: [],
      section: null,
      text: texts[(policy * 7 + at) % texts.length] ?? "",
    })),
  }));
}

/** @returns milliseconds */
async function timed(step: () => unknown): Promise<number> {
  const start = performance.now();
  await step();
  return performance.now() - start;
}
