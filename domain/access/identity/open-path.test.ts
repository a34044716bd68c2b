import { expect, it } from "vitest";
import { isOpenPath } from "./open-path.ts";

it.each([
  "/sign-in",
  "/groups/join/abc",
  "/accessibility-statement",
  "/privacy",
  "/api/health",
  "/api/v1/policies",
  "/scim/v2/Users",
  "/icon.svg",
  "/icon-maskable-512.png",
  "/apple-touch-icon.png",
  "/apple-touch-icon-precomposed.png",
  "/manifest.webmanifest",
  "/robots.txt",
  "/offline.html",
  "/tasks/feed/x.ics",
])("%s is open", (path) => expect(isOpenPath(path)).toBe(true));

it.each([
  "/",
  "/policies",
  "/sign-inn",
  "/sign-in-x/y",
  "/apiary",
  "/groups",
  "/groups/joining",
  "/groups/GRP-2345-6789",
  "/tasks",
  "/tasks/feeds",
  "/policies/nao/rules.dmn",
  "/x/icon.svg",
  "/icons/x",
  "/assets/x",
  "/robots.txt/x",
])("%s asks for sign-in", (path) => expect(isOpenPath(path)).toBe(false));
