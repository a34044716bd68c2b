import { lineOf, median, type Part } from "./line.ts";
import { startPortalCopy } from "./portal-copy.ts";
import { ADDRESSES, attribute, BODY } from "./portal-page.ts";
import { cpuTime } from "./process-cpu.ts";
import { signIn } from "./sample-session.ts";

const ROUNDS = 5;
const WARM_UP_REQUESTS = 20;
/** Ordinary pages in one block, between two readings of the CPU time, which moves in steps of 10 ms. */
const ORDINARY_REQUESTS = 20;
const REQUESTS = 4;
/** As many as the API accepts at once. */
const SITUATIONS = 1_000;

type Ask = () => Promise<Response>;

/**
 * CPU time of the server for the most expensive requests that a reader may make, against an ordinary page, the
 * policy's. Anything that costs more than ten of those is limited like an export (server/shell/http/request-rules.mjs).
 */
export const benchCostly: Part = async (print, say) => {
  say("costly: building and starting a copy of the portal");
  const portal = await startPortalCopy({ LIMIT_EXPORT: "9999", LIMIT_SEARCH: "9999", LIMIT_API: "9999" });
  try {
    const cookies = {
      reader: await signIn(portal.origin, BODY),
      officer: await signIn(portal.origin, "example-borough", "governance-officer"),
    };
    const slugs = await readSlugs(portal.origin, cookies.reader);
    const ask =
      (path: string, cookie = cookies.reader): Ask =>
      () =>
        fetch(portal.origin + path, { headers: { cookie } });
    const evaluate = await makeEvaluation(portal.origin);
    const asked: Record<string, Ask> = {
      compare: ask(`/policies/compare?${slugs.map((slug) => `policy=${slug}`).join("&")}`),
      changes: ask("/policies/model/changes?from=1.0&to=2.0"),
      outcomes: ask(`/policies/${BODY}/outcomes`),
      "outcomes.csv": ask(`/policies/${BODY}/outcomes.csv`),
      "outcomes.json": ask(`/policies/${BODY}/outcomes.json`),
      "situations.csv": ask(`/policies/${BODY}/situations.csv`),
      "rules.dmn": ask(`/policies/${BODY}/rules.dmn`),
      map: ask(`/policies/${BODY}/map`),
      coverage: ask(`/policies/${BODY}/coverage`),
      matrix: ask(ADDRESSES["matrix/dense"]),
      "matrix.csv": ask(`/matrix.csv?policy=${BODY}&rows=purpose&columns=audience`),
      "matrix.svg": ask(`/matrix.svg?policy=${BODY}&rows=purpose&columns=audience`),
      search: ask(`/search?q=${"message+group+phone+delete+leaver+customer+".repeat(5)}`),
      "own-data": ask("/me/data"),
      "reviews.ics": ask("/policies/reviews.ics", cookies.officer),
      "foi-pack": ask("/policies/model/on/2026-06-01/foi-pack", cookies.officer),
      "api/evaluate": evaluate,
    };
    const block = async (one: Ask, requests: number) => {
      const before = cpuTime(portal.pid);
      for (let sent = 0; sent < requests; sent++) await readWhole(await one());
      return (cpuTime(portal.pid) - before) / requests;
    };
    const ordinary = ask(ADDRESSES.policy);
    await block(ordinary, WARM_UP_REQUESTS);
    const costs = Object.entries(asked).map(([name, one]) => ({ name, one, cpu: Array.of<number>() }));
    const ordinaryCpu: number[] = [];
    for (const { one } of costs) await block(one, 1);
    for (let round = 1; round <= ROUNDS; round++) {
      say(`costly: round ${round} of ${ROUNDS}`);
      ordinaryCpu.push(await block(ordinary, ORDINARY_REQUESTS));
      for (const { one, cpu } of costs) cpu.push(await block(one, REQUESTS));
    }
    const peerValue = median(ordinaryCpu);
    for (const { name, cpu } of costs)
      print(lineOf({ name: `costly/${name}`, value: median(cpu), unit: "ms", peer: "policy page", peerValue }));
  } finally {
    await portal.stop();
  }
};

async function readWhole(response: Response): Promise<void> {
  await response.arrayBuffer();
  // Otherwise a refusal would be measured instead of the real answer.
  if (response.status !== 200 || response.url.includes("/sign-in"))
    throw new Error(`${response.url} answered ${response.status}.`);
}

async function readSlugs(origin: string, cookie: string): Promise<string[]> {
  const page = await (await fetch(`${origin}/policies/compare`, { headers: { cookie } })).text();
  const boxes = [...page.matchAll(/<input\b[^>]*name="policy"[^>]*>/g)];
  return boxes.flatMap(([box]) => attribute(box, "value") ?? []);
}

/** A program's request about the largest number of situations allowed, with its own token. */
async function makeEvaluation(origin: string): Promise<Ask> {
  const cookie = await signIn(origin, BODY, "administrator");
  const form = new URLSearchParams({ name: "bench", scopes: "evaluate", days: "30" });
  const made = await fetch(`${origin}/admin/tokens/new/send`, {
    method: "POST",
    body: form,
    headers: { cookie, origin },
    redirect: "manual",
  });
  const shown = await (await fetch(origin + (made.headers.get("location") ?? ""), { headers: { cookie } })).text();
  const token = /wc_[\w-]{43}/.exec(shown)?.[0];
  if (token === undefined) throw new Error("No token could be made.");
  const situations = Array.from({ length: SITUATIONS }, () => ({ audience: "colleague", purpose: "logistics" }));
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ situations: situations.map((facts) => ({ facts })) });
  return () => fetch(`${origin}/api/v1/policies/${BODY}/evaluate`, { method: "POST", headers, body });
}
