import { expect, it } from "vitest";
import { bodySchema, channelsInWords, channelsOn } from "./body.ts";

it("counts a channel among the approved ones from its first day or month to its last", () => {
  const channel = (name: string, from: string | null, until: string | null) => ({ name, use: null, from, until });
  const channels = [
    channel("always", null, null),
    channel("until a day", null, "2026-03-31"),
    channel("until a month", null, "2026-03"),
    channel("from a day", "2026-04-01", null),
    channel("from a month", "2026-04", null),
  ];
  const on = (day: string) => channelsOn({ channels }, day).map(({ name }) => name);
  expect(on("2026-03-31")).toEqual(["always", "until a day", "until a month"]);
  expect(channelsInWords({ channels }, "2026-04-01")).toBe(
    "Today: always, from a day and from a month. No longer: until a day and until a month.",
  );
  expect(channelsInWords({ channels: [] }, "2026-04-01")).toBe("The portal knows of none. Ask before you use one.");
  expect(on("2026-04-01")).toEqual(["always", "from a day", "from a month"]);
});

it("lets pages of the intranet frame it by their origins, written as browsers write them", () => {
  const { embedding } = bodySchema.shape;
  const isLet = (origin: string) => embedding.safeParse({ origins: [origin] }).success;
  for (const origin of [
    "https://intranet.example.org",
    "https://intranet:8443",
    "http://localhost",
    "http://localhost:8080",
    "http://127.0.0.1:8080",
  ])
    expect(isLet(origin), origin).toBe(true);
  for (const origin of [
    "http://intranet.example.org",
    "https://intranet.example.org/",
    "https://intranet.example.org/page",
    "https://Intranet.example.org",
    "https://*.example.org",
    "https://intranet.example.org:443",
    "https://a.example; script-src *",
    "https://a.example https://b.example",
    "https://a;b",
    "https://user@intranet.example.org",
    "http://localhost.evil.example",
    "//intranet.example.org",
    "intranet.example.org",
    "*",
    "'self'",
    "",
  ])
    expect(isLet(origin), origin).toBe(false);
  expect(embedding.safeParse({ origins: [] }).success).toBe(false);
  expect(embedding.safeParse(undefined)).toEqual({ success: true, data: undefined });
});
