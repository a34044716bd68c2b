import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EVIDENCE_EVENT_LABELS, EVIDENCE_EVENTS, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { EVENT_GROUPS, isBareEvent, readAskedWebhook } from "./webhook.ts";

const leaving = Object.values(EVENT_GROUPS).flatMap(({ events }): EvidenceEventName[] => [...events]);
const asked = {
  name: "Desk",
  kind: "webhook",
  address: "https://a.test",
  events: ["hold.placed"],
  hasNames: false,
} as const;

it("lets out each event once, and only those about a thing with a reference or a policy", () => {
  expect(new Set(leaving).size).toBe(leaving.length);
  expect(leaving.filter((event) => !/\{(subject|policy)\}/.test(EVIDENCE_EVENTS[event]))).toEqual([]);
  // Their subject is somebody's id.
  const ofPeople = /^(person|people|account|absence|deputy|stand-in|team|subject-pack)\.|exempt|read-of-person/;
  expect(leaving.filter((event) => ofPeople.test(event))).toEqual([]);
});

it("keeps names and texts of records, accidents, holds, requests and questions inside", () => {
  const bare = leaving.filter(isBareEvent);
  const isConfidential = (event: string) =>
    /^(record|incident|hold|information-request|clause\.(question|change))/.test(event);
  expect(bare).toEqual(leaving.filter(isConfidential));
  expect(bare.length).toBeGreaterThan(10);
});

it("asks for what is missing, and keeps only events that may leave, in their order", () => {
  const wrong = readAskedWebhook({ ...asked, name: "", kind: null, address: "", events: ["person.left"] }, true);
  expect("problems" in wrong && wrong.problems.map(({ field }) => field)).toEqual([
    "name",
    "kind",
    "address",
    "policies",
  ]);
  expect(readAskedWebhook({ ...asked, address: "" }, false)).toMatchObject({ address: "" });
  const events = ["hold.placed", "person.left", "policy.published"];
  expect(readAskedWebhook({ ...asked, events }, true)).toMatchObject({ events: ["policy.published", "hold.placed"] });
});

it("sends names to programs alone", () => {
  expect(readAskedWebhook({ ...asked, hasNames: true }, true)).toMatchObject({ hasNames: true });
  const channel = readAskedWebhook({ ...asked, kind: "slack", hasNames: true }, true);
  expect("problems" in channel && channel.problems).toMatchObject([{ field: "hasNames" }]);
});

it("is written down for developers: every kind of event, by group", () => {
  const documented = [...readFileSync("docs/api.md", "utf8").matchAll(/^\| `([a-z-]+\.[a-z-]+)` +\| ([^|]+?) +\|$/gm)];
  const rows = documented.map(([, event = "", label]) => [event, label]);
  expect(rows).toEqual(leaving.map((event) => [event, EVIDENCE_EVENT_LABELS[event]]));
});
