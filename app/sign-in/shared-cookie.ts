import { cookieName } from "#server/base/environment/cookie-name.mjs";
import { getEnv } from "#server/base/environment/env.ts";

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Holds that this device is shared, and nothing about a person, so that every way to the sign-in keeps it so. */
const nameNow = () => cookieName("shared-device", getEnv().appUrl);

/**
 * Whether this device is shared.
 * @param asked what the address says: "1" or "0"; anything else leaves it as it was
 */
export function isSharedDevice(
  cookies: { get(name: string): { value: string } | undefined },
  asked: unknown = undefined,
): boolean {
  if (asked === "1" || asked === "0") return asked === "1";
  return cookies.get(nameNow())?.value === "1";
}

/**
 * Keeps in the browser whether its device is shared, where it is not kept so already.
 * @param cookies of the request
 */
export function keepShared(
  response: Response,
  cookies: Parameters<typeof isSharedDevice>[0],
  isShared: boolean,
): Response {
  if (isShared === isSharedDevice(cookies)) return response;
  const secure = getEnv().appUrl.startsWith("https://") ? "; Secure" : "";
  const value = `${isShared ? "1" : ""}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${isShared ? YEAR_SECONDS : 0}`;
  response.headers.append("set-cookie", `${nameNow()}=${value}${secure}`);
  return response;
}
