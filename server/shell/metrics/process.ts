import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";
import { shared } from "#server/base/process-shared.mjs";

export interface RequestDone {
  method: string;
  status: number;
  seconds: number;
}

declare global {
  interface ProcessShared {
    metrics?: Registry;
    /** Called for every answered request, by server/shell/http/front-handler.mjs. */
    requestDone?: (request: RequestDone) => void;
  }
}

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
/** In seconds: most pages take a few hundredths, and few people wait for more than one. */
const DURATIONS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** What this process measures on its own: memory, processor, event loop, requests. Started on the first call. */
export const processMetrics = (): Registry => (shared.metrics ??= begin());

/** Counts every answered request from now on, without recording who asked or for what. */
export function countRequests(): void {
  processMetrics();
}

function begin(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: "with_care_requests_total",
    help: "Requests answered, by method and class of status",
    labelNames: ["method", "status"],
    registers: [registry],
  });
  const durations = new Histogram({
    name: "with_care_request_duration_seconds",
    help: "Time until a request was answered",
    labelNames: ["method"],
    buckets: DURATIONS,
    registers: [registry],
  });
  shared.requestDone = ({ method: given, status, seconds }) => {
    const method = METHODS.includes(given) ? given : "other";
    requests.inc({ method, status: `${Math.floor(status / 100)}xx` });
    durations.observe({ method }, seconds);
  };
  return registry;
}
