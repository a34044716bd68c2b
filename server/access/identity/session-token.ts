import "server-only";
import { createHmac, timingSafeEqual } from "node:crypto";
import { parseCookies } from "better-auth/cookies";
import type { Auth } from "./auth.ts";

/**
 * The token of the session cookie, once its seal is checked: the library's, an HMAC-SHA256 of the token in Base64 behind
 * its last dot. Its own check takes as long as a whole page of ours may take to find its reader.
 * @param headers of the request; only its cookie matters
 * @returns null where there is none, or the seal is not ours
 */
export async function readSealedToken(auth: Auth, headers: Headers): Promise<string | null> {
  const { authCookies, secret } = await auth.$context;
  const value = parseCookies(headers.get("cookie") ?? "").get(authCookies.sessionToken.name) ?? "";
  const end = value.lastIndexOf(".");
  if (end < 1) return null;
  const token = value.slice(0, end);
  const seal = Buffer.from(value.slice(end + 1), "base64");
  const own = createHmac("sha256", secret).update(token).digest();
  return seal.length === own.length && timingSafeEqual(seal, own) ? token : null;
}
