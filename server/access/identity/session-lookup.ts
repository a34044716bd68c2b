import { shared } from "#server/base/process-shared.mjs";
import type { PrismaClient } from "#server/base/db/generated/client.ts";
import { getRequestContext, type RequestContext } from "#server/base/request/context.ts";
import { findSession, type FoundSession } from "./repository.ts";

interface LookUp {
  token: string;
  found: Promise<FoundSession | null>;
}

declare global {
  interface ProcessShared {
    /** What was looked up before there is a page, by the request that it was for. */
    sessionLookUps?: WeakMap<RequestContext, LookUp>;
  }
}

/** Looks a session up before there is a page, and leaves it to the page of the same request. Nothing is proven by it. */
export function lookUpAhead(prisma: PrismaClient, token: string): Promise<FoundSession | null> {
  const found = findSession(prisma, token);
  const request = getRequestContext();
  if (request) (shared.sessionLookUps ??= new WeakMap()).set(request, { token, found });
  return found;
}

/** The session with this token: as it was looked up ahead, which holds once, else as it is now. */
export function lookUp(prisma: PrismaClient, token: string): Promise<FoundSession | null> {
  const request = getRequestContext();
  const ahead = request && shared.sessionLookUps?.get(request);
  if (!request || ahead?.token !== token) return findSession(prisma, token);
  shared.sessionLookUps?.delete(request);
  return ahead.found;
}
