/** The keys that exports of the evidence are signed with. */

/** Why a key is revoked, in the words of OpenID Federation's historical keys. */
export const KEY_REVOCATIONS = ["compromised", "superseded"] as const;
export type KeyRevocation = (typeof KEY_REVOCATIONS)[number];

/** The portal makes another key by itself after so many years: NIST SP 800-57 gives a private signature key one to three. */
const VALID_FOR_YEARS = 2;

/** When a key that was made at this moment stops to sign. */
export function keyExpiry(madeAt: Date): Date {
  const end = new Date(madeAt);
  end.setUTCFullYear(end.getUTCFullYear() + VALID_FOR_YEARS);
  return end;
}

/**
 * Whether a key may be revoked for this reason. Nothing is taken back, but of a key that was replaced it may become known
 * later that others know it.
 * @param before why it was revoked already, or null
 */
export const mayRevoke = (before: KeyRevocation | null, because: KeyRevocation): boolean =>
  before === null || (before === "superseded" && because === "compromised");

/**
 * The name of a key as it is read aloud: the same thumbprint (RFC 7638) in hexadecimal, in groups of four digits, without
 * letters that differ by case alone. `verify.mjs --key` takes both.
 * @param kid the thumbprint in base64url
 */
export function spokenThumbprint(kid: string): string {
  const bytes = Array.from(atob(kid.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return (hex.match(/.{1,4}/g) ?? []).join("-");
}

/**
 * A thumbprint that somebody typed, with or without hyphens or blanks between its groups, or in base64url.
 * @returns in base64url; null where it is none
 */
export function readThumbprint(typed: string): string | null {
  if (/^[\w-]{43}$/.test(typed.trim())) return typed.trim();
  const hex = typed.replace(/[\s:-]/g, "").toLowerCase();
  if (!/^[0-9a-f]{64}$/.test(hex)) return null;
  const bytes = (hex.match(/../g) ?? []).map((pair) => String.fromCharCode(Number.parseInt(pair, 16)));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
