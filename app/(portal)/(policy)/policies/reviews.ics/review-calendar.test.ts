import { expect, it } from "vitest";
import type { ServedVersion } from "#server/policy/policy/queries.ts";
import { loadContent } from "#server/base/content/store.ts";
import { reviewCalendar } from "./review-calendar.ts";

async function versionOf(slug: string): Promise<ServedVersion> {
  const { policies } = await loadContent();
  const version = policies.find((policy) => policy.slug === slug)?.versions[0];
  if (!version) throw new Error(`There is no policy ${slug}.`);
  return { ...version, servedAt: new Date("2026-11-22T10:00:00Z") };
}

it("has an all-day entry with a lasting identity and an absolute link", async () => {
  const version = await versionOf("nao");
  const standing = { kind: "later", due: "2027-02", lastDay: "2027-02-28" } as const;
  const text = reviewCalendar([{ version, standing }], "https://portal.example.gov.uk");
  const lines = text.replaceAll("\r\n ", "").split("\r\n");
  expect(lines).toContain("DTSTART;VALUE=DATE:20270228");
  expect(lines).toContain("UID:policy-review-nao@portal.example.gov.uk");
  expect(lines).toContain("DTSTAMP:20261122T100000Z");
  expect(lines).toContain("URL;VALUE=URI:https://portal.example.gov.uk/policies/nao");
  expect(lines).toContain("SUMMARY:Review “WhatsApp at work”");
  expect(lines.filter((line) => line === "BEGIN:VEVENT")).toHaveLength(1);
  expect(lines).toEqual(expect.arrayContaining(["TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE"]));
  expect(lines.find((line) => line.startsWith("DESCRIPTION:"))).toContain("reviewed by February 2027");
});

it("is a whole calendar without entries", () => {
  expect(reviewCalendar([], "http://127.0.0.1:3000")).toMatch(/^BEGIN:VCALENDAR\r\n[^]*END:VCALENDAR$/);
});
