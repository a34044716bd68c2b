import { readdirSync } from "node:fs";
import { expect, it } from "vitest";
import { MORE_PLACES, placeAt, PLACES } from "./place.ts";

const routes = readdirSync("app/(portal)", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("page.tsx"))
  .map((file) => `/${file}`.replaceAll(/\/\([^)]*\)|\/page\.tsx$/g, ""));

it.each([...PLACES, ...MORE_PLACES])("marks $place as current on every page at or below it", ({ place, href }) => {
  expect(placeAt(href)).toBe(place);
  const root = `/${place}`;
  const below = routes.filter((route) => route === root || route.startsWith(`${root}/`));
  expect(below).not.toEqual([]);
  for (const route of below) expect([route, placeAt(`${route}?q=a`)]).toEqual([route, place]);
});

it("marks nothing elsewhere", () => {
  for (const address of ["", "/", "/me", "/incidents-of-others", "/groups/new"]) expect(placeAt(address)).toBeNull();
});
