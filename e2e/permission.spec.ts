import { test as base } from "@playwright/test";
import { grantsOf, type Role, ROLE_NAMES, ROLES } from "../domain/access/permission/permission.ts";
import { signInPath } from "../domain/access/identity/return-path.ts";
import { expect } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { runPortal } from "./own-portal.ts";
import { addDraft } from "./proposal-by-http.ts";
import { makePermittedRecords, readsRequest, tableSays, WALKED, type RecordIds } from "./permitted-record.ts";
import { PERMITTED_ROUTES, type PermittedRoute } from "./permitted-route.ts";
import { plainText } from "./plain-text.ts";
import { listRoutes } from "./routes.ts";

const OTHER = { slug: "nottingham", name: "Nottingham City Council" } as const;
const AT_ONCE = 8;

/** Somebody who walks: the cookie of their session. */
interface Walker {
  role: Role;
  body: typeof WALKED | typeof OTHER;
  cookie: string;
}

interface Walk {
  address: string;
  ids: RecordIds;
  words: string[];
  walkers: Walker[];
}

/** A portal of its own: nothing else happens in it, so that every change of its evidence is the walk's. */
const test = base.extend<object, { walk: Walk }>({
  walk: [
    async ({ playwright }, use) => {
      await runPortal(
        async ({ address }) => {
          const made = await makePermittedRecords((person) => HttpVisit.as(playwright.request, address, person));
          const walkers = [WALKED, OTHER].flatMap((body) => ROLES.map((role) => ({ role, body })));
          const signedIn = await Promise.all(
            walkers.map(async ({ role, body }): Promise<Walker> => {
              const visit = await HttpVisit.as(playwright.request, address, {
                role: ROLE_NAMES[role],
                body: body.name,
              });
              return { role, body, cookie: await visit.cookie() };
            }),
          );
          await use({ address, ...made, walkers: signedIn });
        },
        () => ({ BODIES: `${WALKED.slug},${OTHER.slug}` }),
        ({ CONTENT_DIR }) =>
          addDraft(CONTENT_DIR ?? "", { slug: "nao", from: "1.1", version: "1.2", body: WALKED.slug }),
      );
    },
    { scope: "worker", timeout: 600_000 },
  ],
});

test.describe.configure({ mode: "default" }); // one portal for all, not one for each worker

test("every address has its line in the list, and the list has no other", () => {
  expect(Object.keys(PERMITTED_ROUTES).sort()).toEqual([...new Set(listRoutes())].sort());
});

test("every role, of this body and another, gets the table's answer on every address", async ({ walk }) => {
  const { walkers, words } = walk;
  const pages = routesOf("page").flatMap(([pattern, route], index) => {
    // Where every role gets the same, one of the other body is enough, another each time.
    const isSame = !route.record && ROLES.every((role) => route.action && grantsOf(route.action, role).length > 0);
    const isAsked = ({ role, body }: Walker) => body === WALKED || !isSame || role === ROLES[index % ROLES.length];
    return walkers.filter(isAsked).map((walker) => ({ pattern, route, walker }));
  });
  await inParallel(pages, async ({ pattern, route, walker }) => {
    const path = fill(pattern, walk.ids, route);
    const { status, text, location } = await send(walk, path, { cookie: walker.cookie });
    const name = `${walker.role} of ${walker.body.slug} at ${path}`;
    const isLetIn = status === 200 || ([303, 307].includes(status) && !location.startsWith("/sign-in"));
    expect.soft([name, isLetIn ? "in" : status]).toEqual([name, says(pattern, route, walker) ? "in" : 404]);
    if (walker.body === WALKED) return;
    const seen = plainText(text);
    const found = words.filter((word) => seen.includes(word) && !path.includes(word));
    expect.soft([name, found]).toEqual([name, []]);
  });
});

test("a form that the table refuses answers 404 and changes nothing", async ({ walk }) => {
  const before = await heads(walk);
  const refused = routesOf("form").flatMap(([pattern, route]) =>
    walk.walkers.filter((walker) => !says(pattern, route, walker)).map((walker) => ({ pattern, route, walker })),
  );
  await inParallel(refused, async ({ pattern, route, walker }) => {
    const path = fill(pattern, walk.ids, route);
    const { status, text } = await send(walk, path, { cookie: walker.cookie, fields: PLAUSIBLE });
    const name = `${walker.role} of ${walker.body.slug} at ${path}`;
    const isTold = readsRequest(walker.role, walker.body.slug, route.record);
    expect.soft([name, status]).toEqual([name, isTold && status === 303 ? 303 : 404]);
    const seen = plainText(text);
    expect.soft([name, walk.words.filter((word) => seen.includes(word))]).toEqual([name, []]);
  });
  expect(await heads(walk)).toEqual(before);
});

test("whoever is not signed in is sent to sign in, gets what is open, or 401 as a program", async ({ walk }) => {
  const [{ cookie } = { cookie: "" }] = walk.walkers;
  await inParallel(Object.entries(PERMITTED_ROUTES), async ([pattern, route]) => {
    const path = fill(pattern, walk.ids, route);
    const isPost = route.kind === "form" || route.method === "POST" || pattern.endsWith("[token]/send");
    const asked = isPost ? { fields: {} } : {};
    const { status, location } = await send(walk, path, asked);
    switch (route.kind) {
      case "page":
        expect.soft([path, status, location]).toEqual([path, 303, signInPath(path)]);
        break;
      case "form":
        expect.soft([path, status, location.split("?")[0]]).toEqual([path, 303, "/sign-in"]);
        break;
      case "program":
        for (const headers of [{}, { authorization: "Bearer wc_forged" }, { cookie }])
          expect.soft([path, (await send(walk, path, { ...asked, ...headers })).status]).toEqual([path, 401]);
        break;
      case "secret":
        expect.soft([path, status]).toEqual([path, 404]);
        break;
      case "open":
        expect.soft([path, status < 400]).toEqual([path, true]);
    }
  });
});

test("what is not there and what is not mine get the same answer, to the byte", async ({ walk }) => {
  const about = [...routesOf("page"), ...routesOf("form")].flatMap(([pattern, route]) => {
    const { record } = route;
    if (record === undefined) return [];
    const refused = walk.walkers.filter(
      (walker) => !says(pattern, route, walker) && !readsRequest(walker.role, walker.body.slug, record),
    );
    const [own, other] = [WALKED, OTHER].map((body) => refused.find((walker) => walker.body === body));
    return [own, other].flatMap((walker) => (walker ? [{ pattern, route, walker, record }] : []));
  });
  expect(about.length).toBeGreaterThan(100);
  await inParallel(about, async ({ pattern, route, walker, record }) => {
    const answers = [walk.ids, { ...walk.ids, [record]: absentLike(walk.ids[record]) }].map(async (ids) => {
      const asked = { cookie: walker.cookie, ...(route.kind === "form" && { fields: PLAUSIBLE }) };
      const answer = await send(walk, fill(pattern, ids, route), asked);
      return {
        ...answer,
        text: withoutIds(answer.text, ids[record]),
        location: withoutIds(answer.location, ids[record]),
      };
    });
    const [mine, absent] = await Promise.all(answers);
    const name = `${walker.role} of ${walker.body.slug} at ${pattern}`;
    expect.soft({ name, ...mine }).toEqual({ name, ...absent });
  });
});

/** What the table says of somebody at an address. */
function says(pattern: string, { action, record, not = [], query = "" }: PermittedRoute, walker: Walker): boolean {
  const { role, body } = walker;
  if (!action || not.includes(role)) return false;
  if (record) return tableSays(action, role, body.slug, record);
  const grants = grantsOf(action, role);
  const isOfOneBody = pattern.includes("[slug]") || query.includes("policy=");
  return body === OTHER && isOfOneBody ? grants.includes("any-body") : grants.length > 0;
}

function routesOf(kind: PermittedRoute["kind"]): [string, PermittedRoute][] {
  return Object.entries(PERMITTED_ROUTES).filter(([, route]) => route.kind === kind);
}

function fill(pattern: string, ids: RecordIds, { record, query = "" }: PermittedRoute): string {
  const id = record ? ids[record] : "a".repeat(43);
  return (
    pattern
      .replace("[person]/paper/[reference]", `${ids.recordedFor}/paper/${ids.recorded}`)
      .replace(/\[(reference|token|person|mail|team|import|app)\]/, id)
      .replace("[mitigation]", ids.mitigation)
      .replace("[condition]", ids.condition)
      .replace("[body]", WALKED.slug)
      .replace("[slug]", WALKED.slug)
      .replace("[clause]", "4.3")
      .replace("/look/[file]", "/look/manifest")
      .replace("[file]", "text")
      .replace("[rule]", "foia-held")
      .replace("[date]", "2026-03-03")
      .replace(/\[(version|number)\]/, "1")
      .replace("[search]", "1")
      .replace("[step]", "where")
      .replace("[[...path]]", "nothing") + query
  );
}

/** An id of the same shape that nothing has. */
function absentLike(id: string): string {
  return /^[A-Z]+-/.test(id) ? id.replace(/-.*/, "-9ZZZ-9ZZZ") : id.replaceAll(/[a-z0-9]/gi, "z");
}

/** Without what differs from one answer to the next of the same address. */
function withoutIds(text: string, id: string): string {
  return text.replaceAll(id, "ID").replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, "UUID");
}

interface Answer {
  status: number;
  text: string;
  location: string;
  headers: Record<string, string>;
}

async function send(
  { address }: Walk,
  path: string,
  { fields, ...headers }: { cookie?: string; authorization?: string; fields?: Record<string, string> } = {},
): Promise<Answer> {
  const response = await fetch(address + path, {
    redirect: "manual",
    headers: { origin: address, ...headers },
    ...(fields && { method: "POST", body: new URLSearchParams(fields) }),
  });
  const location = (response.headers.get("location") ?? "").replace(address, "");
  const kept = [...response.headers].filter(([name]) => !VARYING.includes(name));
  return { status: response.status, text: await response.text(), location, headers: Object.fromEntries(kept) };
}

/** Of the time, and `location`, which is compared by itself. */
const VARYING = ["date", "location", "x-request-id", "content-length"];

/** The end of each body's evidence. Reading it may be evidence itself: a first look says how much. */
async function heads(walk: Walk): Promise<number[]> {
  const officers = walk.walkers.filter(({ role }) => role === "governance-officer");
  return Promise.all(
    officers.map(async ({ cookie, body }) => {
      const { text } = await send(walk, "/evidence", { cookie });
      return Number(new RegExp(`${body.slug}:(\\d+):[0-9a-f]{64}`).exec(plainText(text))?.[1] ?? 0);
    }),
  );
}

async function inParallel<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Enough for any form of the portal to be taken, if it took anything. */
const PLAUSIBLE: Record<string, string> = {
  answer: "accepted",
  version: "1",
  hash: "0".repeat(64),
  revision: "1",
  reason: "Because.",
  reply: "Because.",
  theme: "other",
  do: "answer",
  question: "Why?",
  clause: "4.3",
  note: "Because.",
  situation: "policy=nao&purpose=file",
  fingerprint: "0".repeat(64),
  words: "Because.",
  endReason: "Because.",
  conditions: "Only this.",
  policy: "nao",
  clauses: "4.3",
  justification: "Because.",
  whyNoChannel: "Because.",
  dataInvolved: "Times.",
  scope: "person",
  source: "own",
  description: "A risk.",
  app: "whatsapp",
  holdAnswer: "none",
  decision: "approve",
  seen: "0",
};
