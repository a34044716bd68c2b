import { ADDRESSES, BODY, get } from "./portal-page.ts";
import { EMPTY_PAGE, startPortalCopy } from "./portal-copy.ts";
import { lineOf, median, type Part } from "./line.ts";
import { cpuTime } from "./process-cpu.ts";
import { signIn } from "./sample-session.ts";

const ROUNDS = 11;
const WARM_UP_REQUESTS = 100;
/** In one block, between two looks at the CPU time, which moves in steps of 10 ms. */
const REQUESTS = 40;

/** CPU time of the server per request of a page, against a page with nothing in it: same frame, session and process. */
export const benchPages: Part = async (print, say) => {
  say("pages: building and starting a copy of the portal");
  const portal = await startPortalCopy();
  try {
    const cookie = await signIn(portal.origin, BODY);
    const pages = Object.entries({ empty: EMPTY_PAGE, ...ADDRESSES }).map(([name, path]) => ({
      name,
      path,
      cpu: Array.of<number>(),
    }));
    const block = async (path: string, requests: number) => {
      const before = cpuTime(portal.pid);
      for (let sent = 0; sent < requests; sent++) await get(portal.origin + path, cookie);
      return (cpuTime(portal.pid) - before) / requests;
    };
    for (const { path } of pages) await block(path, WARM_UP_REQUESTS);
    for (let round = 1; round <= ROUNDS; round++) {
      say(`pages: round ${round} of ${ROUNDS}`);
      for (const { path, cpu } of pages) cpu.push(await block(path, REQUESTS));
    }
    const [empty, ...others] = pages;
    const peerValue = median(empty?.cpu ?? []);
    for (const { name, cpu } of others)
      print(lineOf({ name: `pages/${name}`, value: median(cpu), unit: "ms", peer: "empty page", peerValue }));
  } finally {
    await portal.stop();
  }
};
