import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { faultInWords } from "#domain/people/directory/import-row.ts";
import { ListReader } from "./list-reader.ts";
import { csvLines } from "#server/base/csv-writer.ts";
import { readTable } from "./import-table-reader.ts";

const NAO = { slug: "nao", name: "National Audit Office", employers: ["National Audit Office"] };
const HEADER = "email,name,line manager,roles\n";
const rows = (count: number, row: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => row(at)).join("\n");

/** What the reader process would report for this list. */
function check(list: string | Uint8Array) {
  const reader = new ListReader([NAO]);
  reader.read(typeof list === "string" ? Buffer.from(list) : list);
  const { report } = reader.plan({ taken: [], actorId: null, today: "2026-11-24" });
  return { ...report, words: report.faults.map(faultInWords) };
}

const TOO_LONG = /more than 50,000 characters\. Look for a quotation mark that is not closed/;

describe("a file that is not a list of people", () => {
  const refused: [string, () => string | Uint8Array, RegExp][] = [
    ["two million blank lines", () => `email,name\n${"\n".repeat(2_000_000)}`, /There is nobody in it/],
    ["nothing but blank lines", () => "\n".repeat(2_000_000), /The file is empty\./],
    ["lines of separators", () => `email,name\n${",,,\n".repeat(500_000)}`, /There is nobody in it/],
    ["500,000 short rows", () => `email,name\n${"a\n".repeat(500_000)}`, /more than 250,000 lines/],
    ["one line of 20 MB", () => "a".repeat(20_000_000), TOO_LONG],
    ["a cell of 20 MB", () => `${HEADER}${"a".repeat(20_000_000)},b`, TOO_LONG],
    ["a quoted cell of 20 MB", () => `${HEADER}a@x.test,"${"x".repeat(20_000_000)}",,`, TOO_LONG],
    ["20 MB of quotation marks", () => `${HEADER}${'"'.repeat(20_000_000)}`, TOO_LONG],
    ["a million headings", () => `${"a,".repeat(1_000_000)}\nx`, /The first line names more than 500 columns/],
    ["a thousand unknown columns", () => `email,name,${"x,".repeat(1000)}\na@x.test,N`, /more than 500 columns/],
    ["a quotation mark that is never closed", () => `${HEADER}a@x.test,"N,,\n${rows(200_000, (at) => `p${at}@x.test,N,,`)}`, /quotation marks do not match near line 2\./], // prettier-ignore
    ["text after a closing mark", () => `${HEADER}a@x.test,N,,\n${'"a"b'.repeat(1_000_000)}`, /do not match near line 3\./], // prettier-ignore
    ["a NUL", () => `${HEADER}a\0b`, /This is not a text file\./],
    ["gzip", () => gzipSync(HEADER), /This is not a text file\./],
    ["gzip without a NUL", () => Buffer.from([0x1f, 0x8b, 8, 8]), /This is not a text file\./],
    ["ZIP", () => "PK\u0003\u0004abc", /This is not a text file\./],
    ["41 MB", () => Buffer.alloc(41_000_000, "a\n"), /more than 40 megabytes/],
  ];
  it.each(refused)("%s: is refused in one sentence", (_, make, words) => {
    const { words: found, faultCount, rows: count, bodies } = check(make());
    expect([found.length, faultCount, count, bodies]).toEqual([1, 1, 1, []]);
    expect(found[0]).toMatch(words);
  });
});

describe("a list with faults in every row", () => {
  const faulty: [string, () => string, number, RegExp][] = [
    [
      "one address",
      () => `email,name\n${rows(20_000, () => "noreply@x.test,N")}`,
      20_000,
      /^Row 2, E-mail: noreply@x\.test is in rows 2 and .* and 19995 more\./,
    ],
    ["deep duplicates", () => `email,name\n${rows(5_000, (at) => `p${at % 100}@x.test,N`)}`, 5_000, /and 45 more/],
    ["missing values", () => `email,name\n${rows(10_000, (at) => `p${at}@x.test`)}`, 10_000, /^Row 2: It has 1 of 2 values/], // prettier-ignore
    [
      "too many values",
      () => `email,name\n${rows(20_000, (at) => `p${at}@x.test,N,x`)}`,
      20_000,
      /^Row 2: It has 3 values/,
    ],
    ["managers who are not there", () => HEADER + rows(5_000, (at) => `p${at}@x.test,N,q${at}@x.test,`), 5_000, /^Row 2, Line manager: Nobody with/], // prettier-ignore
    ["one circle of 130,000 managers", () => HEADER + rows(130_000, (at) => `p${at}@x.test,N,p${(at + 1) % 130_000}@x.test,`), 130_000, /^Row 2, Line manager: This goes round in a circle: row 2 → row 3 → row 4 → row 5 → and so on\./], // prettier-ignore
  ];
  it.each(faulty)("%s: the first thousand are named, and all are counted", (_, make, count, words) => {
    const { words: found, faultCount, rows: read, faults } = check(make());
    expect([found.length, faultCount, read]).toEqual([1000, count, count]);
    expect(found[0]).toMatch(words);
    expect(faults.at(-1)?.row).toBe(1001);
    expect(JSON.stringify(faults).length).toBeLessThan(300_000);
  });

  it("reports one fault for a row of a million cells, and one for half a character at the end", () => {
    const list = `${HEADER}a@x.test,N,,\n${"a,".repeat(1_000_000)}\nb@x.test,N,,`;
    expect(check(list).words).toEqual(["Row 3: It has more than 500 values, and the first line names 4 columns."]);
    const half = Buffer.concat([Buffer.from("\ufeffemail,name\na@x.test,N", "utf16le"), Buffer.from([0x41])]);
    expect(check(half).words).toEqual([
      "Row 2, Name: It contains a character that cannot be seen (U+FFFD). Type it again.",
    ]);
  });
});

describe("the cells of a file", () => {
  const cells = (text: string) => [...readTable(Buffer.from(text)).records];

  it("reads our own files without what guards their cells", () => {
    const rows = [
      ["Person", "Phone"],
      ["Siân O'Neill", "+44 7700 900123"],
      ["'t Hooft", "=1+1\n-a"],
    ];
    expect(cells(csvLines(rows, true))).toEqual(rows);
  });

  it("are those of RFC 4180, whatever ends the lines", () => {
    expect(cells('a,b\n"x ""y"" z",\n,"1,2"\n\n"q"')).toEqual([["a", "b"], ['x "y" z', ""], ["", "1,2"], [""], ["q"]]);
    expect(cells('a,"b\nc"\r\n"d\r\ne",f\r\n')).toEqual([
      ["a", "b\nc"],
      ["d\r\ne", "f"],
    ]);
    expect(cells("a;b\rc;d")).toEqual([
      ["a", "b"],
      ["c", "d"],
    ]);
    expect(cells('sep=;\r\na,b;"c"\r\n')).toEqual([["a,b", "c"]]);
    for (const text of ['a,b"', 'a,"b', 'a,"b"c', 'x\n "a"']) expect(() => cells(text)).toThrow("quotation marks");
  });

  it("are read lazily, so that the first rows of a long file do not cost reading all of it", () => {
    const { records } = readTable(Buffer.from(`a,b\n"x" y`));
    const read = records[Symbol.iterator]();
    expect(read.next().value).toEqual(["a", "b"]);
    expect(() => read.next()).toThrow("near line 2");
  });
});
