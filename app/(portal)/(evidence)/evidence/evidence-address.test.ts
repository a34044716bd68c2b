import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvidenceAddress, writeEvidenceAddress } from "./evidence-address.ts";

describe("readEvidenceAddress", () => {
  it("reads the filters: whole days in London", () => {
    const { filter, cursor, problems } = readEvidenceAddress({
      event: "policy.declined",
      policy: "nao",
      actor: " Una ",
      subject: "ex-7k3m-9qtp",
      before: "51",
      from: "2026-07-01",
      until: "2026-07-01",
    });
    expect(filter).toEqual({
      event: "policy.declined",
      policy: "nao",
      who: "Una",
      subject: "ex-7k3m-9qtp",
      from: new Date("2026-06-30T23:00:00Z"),
      until: new Date("2026-07-01T23:00:00Z"),
    });
    expect([cursor, problems]).toEqual([{ before: "51" }, []]);
    expect(readEvidenceAddress({ subject: "nao 1" }).filter.subject).toBe("nao 1");
  });

  it.each(["2026-02-31", "yesterday", "0000-01-01", "9999-12-31", "2026-1-1", "٢٠٢٦-٠١-٠١"])(
    "explains the day %s, and keeps it",
    (from) => {
      const { filter, typed, problems } = readEvidenceAddress({ from });
      expect([filter.from, typed.from, problems.map(({ field }) => field)]).toEqual([undefined, from, ["from"]]);
    },
  );

  it("explains days in the wrong order", () => {
    expect(readEvidenceAddress({ from: "2026-02-02", until: "2026-02-01" }).problems).toMatchObject([
      { field: "until" },
    ]);
  });

  it("leaves out what does not exist", () => {
    const { filter, cursor, problems } = readEvidenceAddress({
      event: "policy.eaten",
      before: "5 1",
      after: "1'",
      x: ["y"],
    });
    expect([filter.event, cursor, problems]).toEqual([undefined, null, []]);
  });

  it("takes whatever an address can hold, and can be written again", () => {
    const value = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(fc.string({ unit: "binary" })),
      fc.constant(undefined),
    );
    const query = fc.record({
      event: value,
      policy: value,
      from: value,
      until: value,
      actor: value,
      subject: value,
      before: value,
      after: value,
    });
    fc.assert(
      fc.property(query, (asked) => {
        const { typed, filter } = readEvidenceAddress(asked);
        const again = readEvidenceAddress(
          Object.fromEntries(new URL(writeEvidenceAddress(typed), "http://x").searchParams),
        );
        expect([again.filter, again.cursor]).toEqual([filter, null]);
        expect(JSON.stringify(filter)).not.toContain("\\u0000");
      }),
    );
  });
});
