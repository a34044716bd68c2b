import { NextResponse, type NextRequest } from "next/server";
import { isOpenPath } from "#domain/access/identity/open-path.ts";
import { REQUEST_PATH_HEADER, signInPath } from "#domain/access/identity/return-path.ts";
import { readSessionToken } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";
import { contentSecurityPolicy } from "#server/shell/http/security-header.ts";

/**
 * Runs before every page: its Content-Security-Policy, the path for `requireActor`, and a first look for a session cookie.
 * It only spares the signed-out a render; who may see what is decided where the data is read. What concerns every answer,
 * also of files, is done before (server/shell/http).
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const isSignedIn = readSessionToken(request.headers.get("cookie"), getEnv().appUrl) !== null;
  const policy = contentSecurityPolicy(crypto.randomUUID());
  const headers = new Headers(request.headers);
  headers.set(REQUEST_PATH_HEADER, pathname + search);
  if (request.method === "HEAD") headers.set("purpose", "prefetch"); // see is-looked-at.ts
  headers.set("content-security-policy", policy); // Next takes the nonce for its own scripts from here
  // A form that was sent after the session ended is kept, and comes back after signing in: see receive-form.ts.
  const isRefused = !isSignedIn && !isOpenPath(pathname) && request.method !== "POST";
  const response = isRefused
    ? NextResponse.redirect(new URL(signInPath(pathname + search), request.url), 303)
    : NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  return response;
}

export const config = { matcher: "/((?!_next/static|_next/image).*)" };
