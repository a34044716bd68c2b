import { expect, it } from "vitest";
import { cookieName, readSessionToken, sessionCookie } from "./cookie-name.mjs";

const [PLAIN, SAFE] = ["http://127.0.0.1:3000", "https://portal.example"];

it("gives every cookie of a portal behind https the prefix that keeps it to this host", () => {
  expect(cookieName("sign-in", PLAIN)).toBe("with-care.sign-in");
  expect(cookieName("sign-in", SAFE)).toBe("__Host-with-care.sign-in");
});

it.each([
  ["a=b; with-care.session_token=token.seal; c=d", PLAIN, "token"],
  ["__Host-with-care.session_token=token.seal", SAFE, "token"],
  ["__Secure-with-care.session_token=token.seal", SAFE, null],
  ["with-care.session_token=token.seal", SAFE, null],
  ["__Host-with-care.session_token=token.seal", PLAIN, null],
  ["x-with-care.session_token=token.seal", PLAIN, null],
  ["with-care.session_token=", PLAIN, null],
  [`with-care.session_token=${"x".repeat(5000)}`, PLAIN, "x".repeat(200)],
  ["", PLAIN, null],
  [null, SAFE, null],
])("reads %s at %s as %s", (header, appUrl, token) => expect(readSessionToken(header, appUrl)).toBe(token));

it("is read under the name that it is set by", () => {
  for (const appUrl of [PLAIN, SAFE]) expect(readSessionToken(`${sessionCookie(appUrl)}=a.b`, appUrl)).toBe("a");
});
