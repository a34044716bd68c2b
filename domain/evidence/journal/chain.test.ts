import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  CHAIN_START,
  ChainCheck,
  textToCommit,
  textToHash,
  type ChainFault,
  type ChainHead,
  type EvidenceDetailRow,
  type EvidenceRow,
} from "./chain.ts";

const sha256 = (text: string) => createHash("sha256").update(text, "utf8").digest("hex");

interface Link {
  row: EvidenceRow;
  detail: EvidenceDetailRow | undefined;
}

type Written = { event: string; actor: string; subject: string; data: string; detail: string | null; at: Date };

/** A chain as the portal writes it. */
function chainOf(written: readonly Written[]): Link[] {
  const links: Link[] = [];
  for (const [at, { detail: text, ...columns }] of written.entries()) {
    const position = at + 1;
    const detail = text === null ? undefined : { body: "nao", position, salt: `salt ${position}`, detail: text };
    const row = {
      body: "nao",
      position,
      ...columns,
      policy: null,
      version: null,
      contentHash: null,
      commitment: detail ? sha256(textToCommit(detail.salt, detail.detail)) : null,
      previousHash: links.at(-1)?.row.hash ?? CHAIN_START,
    };
    links.push({ row: { ...row, hash: sha256(textToHash(row)) }, detail });
  }
  return links;
}

function check(links: readonly Link[], known: readonly ChainHead[] = []): ChainFault | null {
  const chain = new ChainCheck("nao", sha256, known);
  for (const { row, detail } of links) {
    const fault = chain.next(row, detail);
    if (fault) return fault;
  }
  return chain.end();
}

const text = fc.string({ unit: "binary", maxLength: 12 });
const writtenArbitrary = fc.record({
  event: fc.constantFrom("policy.acknowledged", "exception.approved"),
  actor: text,
  subject: text,
  data: text,
  detail: fc.option(text),
  at: fc.date({ min: new Date("2020-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
});
const chainArbitrary = fc.array(writtenArbitrary, { minLength: 1, maxLength: 8 }).map(chainOf);
/** A chain and one of its places. */
const placeArbitrary = chainArbitrary.chain((links) =>
  fc.nat({ max: links.length - 1 }).map((at) => ({ links, at, position: at + 1 })),
);

const COLUMNS = [
  "event",
  "actor",
  "subject",
  "policy",
  "version",
  "contentHash",
  "data",
  "commitment",
  "previousHash",
  "hash",
] as const;

describe("a chain", () => {
  it("is whole as it was written, with every head that was noted on the way", () => {
    fc.assert(
      fc.property(chainArbitrary, (links) => {
        const heads = links.map(({ row: { position, hash } }) => ({ position, hash }));
        expect(check(links, heads)).toBeNull();
      }),
    );
  });

  it("starts anywhere else as nothing: an empty one is whole, unless a head is known", () => {
    expect(check([])).toBeNull();
    expect(check([], [{ position: 3, hash: "f".repeat(64) }])).toMatchObject({ position: 1 });
  });

  it("shows the first row in which a column was changed", () => {
    fc.assert(
      fc.property(placeArbitrary, fc.constantFrom(...COLUMNS), text, ({ links, at, position }, column, other) => {
        const changed = links.map((link, place) =>
          place === at ? { ...link, row: { ...link.row, [column]: `${link.row[column]}${other}!` } } : link,
        );
        expect(check(changed)?.position).toBe(position);
      }),
    );
  });

  it("shows a changed time, and one that is none", () => {
    fc.assert(
      fc.property(placeArbitrary, fc.constantFrom(1, -1, NaN), ({ links, at, position }, difference) => {
        const changed = links.map((link, place) =>
          place === at ? { ...link, row: { ...link.row, at: new Date(link.row.at.getTime() + difference) } } : link,
        );
        expect(check(changed)?.position).toBe(position);
      }),
    );
  });

  it("shows where a row was taken out, as long as one follows", () => {
    fc.assert(
      fc.property(placeArbitrary, ({ links, at, position }) => {
        const without = links.filter((_, place) => place !== at);
        expect(check(without)?.position).toBe(position === links.length ? undefined : position);
      }),
    );
  });

  it("shows where rows were moved, their positions along or not", () => {
    fc.assert(
      fc.property(
        placeArbitrary.filter(({ links, at }) => at + 1 < links.length),
        fc.boolean(),
        ({ links, at, position }, isRenumbered) => {
          const [one, two] = [links[at], links[at + 1]];
          if (!one || !two) return;
          const place = ({ row, detail }: Link, to: number): Link => ({ row: { ...row, position: to }, detail });
          const swapped = isRenumbered ? [place(two, position), place(one, position + 1)] : [two, one];
          const moved = [...links.slice(0, at), ...swapped, ...links.slice(at + 2)];
          expect(check(moved)?.position).toBe(position);
        },
      ),
    );
  });

  it("shows where a row was put in, also one with hashes of its own", () => {
    fc.assert(
      fc.property(placeArbitrary, writtenArbitrary, ({ links, at, position }, written) => {
        const before = links.slice(0, at);
        const { detail: _, ...columns } = written;
        const row = {
          body: "nao",
          position,
          ...columns,
          policy: null,
          version: null,
          contentHash: null,
          commitment: null,
          previousHash: before.at(-1)?.row.hash ?? CHAIN_START,
        };
        const added = { row: { ...row, hash: sha256(textToHash(row)) }, detail: undefined };
        const after = links
          .slice(at)
          .map(({ row: old, detail }) => ({ row: { ...old, position: old.position + 1 }, detail }));
        expect(check([...before, added, ...after])?.position).toBe(position + 1);
      }),
    );
  });

  it("cannot show by itself that its newest rows were cut off: a head that was noted does", () => {
    fc.assert(
      fc.property(placeArbitrary, ({ links, at }) => {
        const kept = links.slice(0, at);
        const { position, hash } = links.at(-1)?.row ?? { position: 0, hash: "" };
        expect(check(kept)).toBeNull();
        expect(check(kept, [{ position, hash }])).toMatchObject({ position: kept.length + 1 });
      }),
    );
  });

  it("cannot show by itself that it was written anew from a row on: a head that was noted there or later does", () => {
    fc.assert(
      fc.property(fc.array(writtenArbitrary, { minLength: 1, maxLength: 6 }), fc.nat({ max: 5 }), (written, from) => {
        const links = chainOf(written);
        const anew = chainOf(written.map((one, at) => (at >= from ? { ...one, subject: `${one.subject}!` } : one)));
        const heads = links.map(({ row: { position, hash } }) => ({ position, hash }));
        expect(check(anew)).toBeNull();
        expect(check(anew, heads)?.position).toBe(from < links.length ? from + 1 : undefined);
      }),
    );
  });

  it("shows a text that was changed or added, and takes one that was erased", () => {
    fc.assert(
      fc.property(placeArbitrary, text, ({ links, at, position }, other) => {
        const withText = (detail: EvidenceDetailRow | undefined) =>
          links.map((link, place) => (place === at ? { ...link, detail } : link));
        const old = links[at]?.detail;
        const changed = { body: "nao", position, salt: old?.salt ?? "", detail: `${old?.detail ?? ""}${other}!` };
        expect(check(withText(changed))?.position).toBe(position);
        expect(check(withText(undefined))).toBeNull();
      }),
    );
  });

  it("counts the texts that were erased", () => {
    const written = { event: "policy.declined", actor: "a", subject: "s", data: "{}", at: new Date(0) };
    const links = chainOf([
      { ...written, detail: "1" },
      { ...written, detail: null },
      { ...written, detail: "3" },
    ]);
    const chain = new ChainCheck("nao", sha256);
    links.forEach(({ row, detail }, at) => chain.next(row, at === 2 ? undefined : detail));
    expect([chain.erased, chain.verified.position]).toEqual([1, 3]);
  });
});

it("hashes what the guide says, so that it can be done by hand", () => {
  const row = {
    body: "nao",
    position: 2,
    event: "policy.acknowledged",
    at: new Date("2026-11-22T21:14:00Z"),
    actor: "a1",
    subject: "ACK-7K3M-9QTP",
    policy: "nao",
    version: "1",
    contentHash: "c0",
    data: "{}",
    commitment: null,
    previousHash: CHAIN_START,
  };
  expect(textToHash(row)).toBe(
    `[1,"nao",2,"policy.acknowledged","2026-11-22T21:14:00.000Z","a1","ACK-7K3M-9QTP","nao","1","c0","{}",null,"${CHAIN_START}"]`,
  );
  expect(textToCommit("5a17", '{"reason":"No phone"}')).toBe('[1,"5a17","{\\"reason\\":\\"No phone\\"}"]');
});

it("names the first of the rows that were noted and are cut off, in whatever order they were noted", () => {
  const heads = [7, 3, 5].map((position) => ({ position, hash: "f".repeat(64) }));
  expect(new ChainCheck("nao", sha256, heads).end()?.problem).toContain("row 3 was there");
});

it("counts the rows whose text was erased, and neither those that have it nor those that never had one", () => {
  const links = chainOf(
    ["a", null, "b", "c"].map((detail) => ({
      event: "mail.tested",
      actor: "a",
      subject: "s",
      data: "{}",
      detail,
      at: new Date(0),
    })),
  );
  const chain = new ChainCheck("nao", sha256);
  for (const { row, detail } of links) expect(chain.next(row, row.position >= 3 ? undefined : detail)).toBeNull();
  expect(chain.erased).toBe(2);
});
