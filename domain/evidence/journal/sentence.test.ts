import { expect, it } from "vitest";
import { EVIDENCE_EVENT_NAMES, EVIDENCE_EVENTS, isEvidenceEventName, sentenceOf } from "./event.ts";
import { checkpointEvery, manifestSchema } from "./manifest.ts";

it("says every event in a sentence that comes to the same, with the places for names", () => {
  for (const event of EVIDENCE_EVENT_NAMES) {
    const parts = sentenceOf(event);
    expect(parts.map((part) => (part.kind === "text" ? part.text : `{${part.kind}}`)).join("")).toBe(
      EVIDENCE_EVENTS[event],
    );
    expect(parts).not.toContainEqual({ kind: "text", text: "" });
  }
  expect(new Set(EVIDENCE_EVENT_NAMES.flatMap(sentenceOf).map(({ kind }) => kind)).size).toBe(4);
});

it("names an event that it does not know as it stands", () => {
  expect(sentenceOf("moon.landed")).toEqual([
    { kind: "actor" },
    { kind: "text", text: ": moon.landed on " },
    { kind: "subject" },
  ]);
  expect([isEvidenceEventName("moon.landed"), isEvidenceEventName("mail.tested")]).toEqual([false, true]);
});

it.each([
  [0, 1],
  [1, 1],
  [1000, 1],
  [1001, 2],
  [2000, 2],
  [2001, 3],
])("notes of %i rows every %i", (count, every) => expect(checkpointEvery(count)).toBe(every));

const HASH = "0123456789abcdef".repeat(4);
const HEAD = { position: 0, hash: HASH };
const AT = "2026-11-24T12:00:00Z";
const MANIFEST = {
  schemaVersion: 1,
  export: "EXP-2222-2222",
  software: "0.1.0",
  madeAt: AT,
  body: { slug: "nao", name: "NAO" },
  period: { from: "2026-11-01", until: "2026-11-24", timeZone: "Europe/London", start: AT, end: AT },
  holds: "texts",
  rows: { file: "r", count: 0, before: HEAD, first: null, last: null, checkpoints: { every: 1, hashes: [HASH] } },
  head: { ...HEAD, at: null },
  details: { file: "d", count: 0 },
  people: { file: "p", count: 0 },
  policies: [{ slug: "nao", version: "1", title: "Policy", hash: HASH, folder: "f", why: "in force" }],
  missingPolicies: [{ slug: "nao", version: "0", hash: HASH }],
  files: [{ path: "r", bytes: 0, sha256: HASH }],
};

it("lists what an export holds, and takes no list that is another", () => {
  expect(manifestSchema.parse(MANIFEST)).toEqual(MANIFEST);
  const { rows, period, body, policies, missingPolicies, files, head } = MANIFEST;
  const wrong: object[] = [
    { schemaVersion: 2 },
    { holds: "all" },
    { more: 1 },
    { body: { ...body, more: 1 } },
    { period: { ...period, timeZone: "UTC" } },
    { period: { ...period, from: "1 November" } },
    { rows: { ...rows, count: -1 } },
    { rows: { ...rows, more: 1 } },
    { rows: { ...rows, before: { ...HEAD, position: -1 } } },
    { rows: { ...rows, before: { ...HEAD, more: 1 } } },
    { rows: { ...rows, checkpoints: { every: 0, hashes: [] } } },
    { rows: { ...rows, checkpoints: { every: 1, hashes: [], more: 1 } } },
    { head: { ...head, at: "noon" } },
    { details: { file: "d", count: -1 } },
    { details: { file: "d", count: 0, more: 1 } },
    { people: { file: "p", count: -1 } },
    { people: { file: "p", count: 0, more: 1 } },
    { policies: [{ ...policies[0], why: "liked" }] },
    { policies: [{ ...policies[0], more: 1 }] },
    { missingPolicies: [{ ...missingPolicies[0], more: 1 }] },
    { files: [{ ...files[0], bytes: -1 }] },
    { files: [{ ...files[0], more: 1 }] },
    ...[`${HASH}0`, `x${HASH}`, HASH.slice(1), HASH.toUpperCase(), "g".repeat(64)].map((sha256) => ({
      files: [{ ...files[0], sha256 }],
    })),
  ];
  for (const change of wrong)
    expect(manifestSchema.safeParse({ ...MANIFEST, ...change }).success, JSON.stringify(change)).toBe(false);
});
