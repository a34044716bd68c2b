import { expect, it } from "vitest";
import { readablePage } from "./readable.ts";

it("names every field in words, shows nothing as nothing, and runs nothing that somebody wrote", () => {
  const data = {
    person: { joinedAt: "2026-01-01", isSample: false, image: null },
    groups: [],
    notes: ["<script>x</script>", { at: 3 }],
  };
  const page = readablePage("All <about> me", data);
  expect(page).toContain(
    "<h2>Person</h2><dl><dt>Joined at</dt><dd>2026-01-01</dd><dt>Is sample</dt><dd>No</dd><dt>Image</dt><dd>–</dd></dl>",
  );
  expect(page).toContain("<h2>Groups</h2><p>Nothing.</p>");
  expect(page).toContain("<li><p>&lt;script&gt;x&lt;/script&gt;</p></li><li><dl><dt>At</dt><dd>3</dd></dl></li>");
  expect(page).toContain("<h1>All &lt;about&gt; me</h1>");
});
