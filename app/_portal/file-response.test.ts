import { expect, it } from "vitest";
import { nothingThere, savedFile, streamOf } from "./file-response.ts";

it("names a file with plain signs only, and keeps it out of caches", async () => {
  const response = savedFile('a "b"/ü.csv', "text/csv; charset=utf-8", "1\n");
  expect(Object.fromEntries(response.headers)).toEqual({
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="a-b-.csv"',
    "cache-control": "no-store",
  });
  expect(await response.text()).toBe("1\n");
});

it("says nothing of what is not there", async () => {
  const response = nothingThere();
  expect([response.status, await response.text()]).toEqual([404, ""]);
});

it("makes a piece once the one before was taken, and none after the reader has gone", async () => {
  const made: number[] = [];
  let isOver = false;
  async function* pieces() {
    try {
      for (let number = 0; ; number++) {
        await Promise.resolve();
        made.push(number);
        yield Uint8Array.of(number);
      }
    } finally {
      isOver = true;
    }
  }
  const reader = streamOf(pieces()).getReader();
  expect(made).toEqual([]);
  expect((await reader.read()).value).toEqual(Uint8Array.of(0));
  expect(made).toEqual([0]);
  await reader.cancel();
  expect([made, isOver]).toEqual([[0], true]);
});
