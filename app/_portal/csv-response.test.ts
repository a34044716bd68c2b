import { expect, it } from "vitest";
import { csvResponse } from "./csv-response.ts";

type Row = { who: string; count: number | null };
const columns = { Who: ({ who }: Row) => who, "How many": ({ count }: Row) => count };

it("is a file to save, in UTF-8 with its mark, each line ended as the standard says", async () => {
  const response = csvResponse("acknowledgements nao/1", columns, [{ who: "Zoë, field “services”", count: 3 }]);
  expect(response.headers.get("content-type")).toBe("text/csv; charset=utf-8");
  expect(response.headers.get("content-disposition")).toBe('attachment; filename="acknowledgements-nao-1.csv"');
  const bytes = Buffer.from(await response.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(bytes.subarray(3).toString()).toBe('Who,How many\r\n"Zoë, field “services”",3\r\n');
});

it.each(["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])("lets no spreadsheet run %j", async (who) => {
  const text = await csvResponse("x", columns, [{ who, count: null }]).text();
  const cell = text.split("\r\n").slice(1).join("\r\n").replace(/^"/, "");
  expect(cell).toMatch(/^'/);
});

it("writes the first line where there are no rows", async () => {
  expect(await csvResponse("x", columns, []).text()).toMatch(/^\uFEFF?Who,How many\r\n$/);
});
