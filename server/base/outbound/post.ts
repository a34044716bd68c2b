import dns from "node:dns/promises";
import { request } from "node:https";
import type { LookupFunction } from "node:net";
import ipaddr from "ipaddr.js";
import { getEnv } from "#server/base/environment/env.ts";

// Requests to addresses that people typed: nowhere but to hosts that whoever runs the server allows (decision 103).

/** The whole of it: finding the host, connecting, and the head of the answer. */
const ANSWER_WITHIN_MS = 10_000;

/** Why something was not sent, in a sentence that holds no part of the address but its host. */
export class NotSent extends Error {}

/**
 * What forbids sending to an address, in words for whoever typed it; null if nothing does. The host's own addresses are
 * checked when something is sent.
 */
export function outboundProblem(typed: string): string | null {
  const url = URL.canParse(typed) ? new URL(typed) : null;
  if (url?.protocol !== "https:") return "Write the whole address, which begins with https://";
  if (url.username !== "" || url.password !== "") return "Leave out the name and the password before the host.";
  if (isAllowedHost(url, getEnv().webhookHosts)) return null;
  return `The portal may not send to ${url.host}. Ask the people who run the server to add it to WEBHOOK_HOSTS.`;
}

/** Whether one of the hosts that may be sent to is that of an address. @param hosts as WEBHOOK_HOSTS has them */
export const isAllowedHost = (url: URL, hosts: readonly string[]): boolean =>
  hosts.some((allowed) => isMatch(allowed, url));

function isMatch(allowed: string, { hostname, port }: URL): boolean {
  const [, name = "", allowedPort = ""] = /^(.*?)(?::(\d+))?$/.exec(allowed) ?? [];
  if (port !== (allowedPort === "443" ? "" : allowedPort)) return false;
  return name.startsWith("*.") ? hostname.endsWith(name.slice(1)) && hostname !== name.slice(1) : hostname === name;
}

/**
 * Posts to an address, over TLS, and follows no redirect. Only the status is read of the answer.
 * @param authorities certificates to trust in place of those that Node does
 * @returns the status of the answer
 * @throws NotSent where it may not be sent there, or no answer came in time
 */
export async function postOutside(
  typed: string,
  { headers, body }: { headers: Readonly<Record<string, string>>; body: string },
  authorities?: string,
): Promise<number> {
  const problem = outboundProblem(typed);
  if (problem !== null) throw new NotSent(problem);
  const url = new URL(typed);
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new NotSent("It did not answer in time.")), { once: true });
  });
  return Promise.race([send(url, { headers, body, authorities, signal }), late]);
}

interface Sending {
  headers: Readonly<Record<string, string>>;
  body: string;
  authorities: string | undefined;
  signal: AbortSignal;
}

async function send(url: URL, { headers, body, authorities, signal }: Sending): Promise<number> {
  const lookup = pinnedTo(await findAddresses(url));
  return new Promise((resolve, reject) => {
    const fail = ({ message }: Error) => reject(new NotSent(`It was not reached: ${message.slice(0, 200)}`));
    // No agent: a connection that is kept open would be another one's.
    const options = { method: "POST", agent: false, lookup, signal, ...(authorities && { ca: authorities }) } as const;
    const sent = request(url, { ...options, headers: { ...headers, "Content-Length": Buffer.byteLength(body) } });
    sent.on("error", fail);
    sent.on("response", (answer) => {
      answer.on("error", () => {});
      answer.destroy();
      resolve(answer.statusCode ?? 0);
    });
    sent.end(body);
  });
}

interface Found {
  address: string;
  family: number;
}

/** All addresses of a host. @throws NotSent if it has none, or one of them may not be sent to */
async function findAddresses({ hostname }: URL): Promise<Found[]> {
  const name = hostname.replace(/^\[(.*)\]$/, "$1");
  const found = await dns.lookup(name, { all: true }).catch(() => []);
  if (found.length === 0) throw new NotSent(`${hostname} was not found.`);
  if (found.some(({ address }) => !isOpenTo(address)))
    throw new NotSent(
      `${hostname} has an address that is not on the internet, and WEBHOOK_PRIVATE does not allow that.`,
    );
  return found;
}

/** Link-local addresses are never sent to: clouds answer there with their secrets. */
const PRIVATE_RANGES = ["private", "loopback", "uniqueLocal", "carrierGradeNat"];

/** IPv4 within IPv6 counts as IPv4; of IPv6 itself only what the internet routes, and nothing that leads back to IPv4. */
function isOpenTo(text: string): boolean {
  const address = ipaddr.process(text);
  const range = address.range();
  if (range !== "unicast") return getEnv().webhookPrivate && PRIVATE_RANGES.includes(range);
  return address.kind() === "ipv4" || address.match(ipaddr.parseCIDR("2000::/3"));
}

/** Connects to the addresses that were checked, whatever the name means a moment later. */
const pinnedTo =
  (found: readonly Found[]): LookupFunction =>
  (_name, { all }, done) => {
    const [first] = found;
    if (all) done(null, [...found]);
    else done(null, first?.address ?? "", first?.family);
  };
