import { expect, it } from "vitest";
import { policyTextHtml } from "./text-html.ts";

it("writes all that policy text may hold, every word of it escaped", async () => {
  const text = `## 1 A & B

<Clause id="1.1" strength="must" kind="risk">Use **"this"** and <Gap>the years are blank</Gap>.</Clause>

<Callout title="Mind: 1 < 2">
See [the law](https://example.org/?a=1&b=2), [ours](/policies/x), [here](#clause-1.1).

- one
- two
</Callout>
`;
  const written = await policyTextHtml({ text, hash: "all" });
  expect(written).toContain("<h2>1 A &amp; B</h2>");
  expect(written).toContain('id="clause-1.1"');
  expect(written).toContain("Risk: Use <strong>&quot;this&quot;</strong> and <em>[the years are blank]</em>.");
  expect(written).toContain("<h3>Mind: 1 &lt; 2</h3>");
  expect(written).toContain(
    '<a href="https://example.org/?a=1&amp;b=2">the law</a>, ours, <a href="#clause-1.1">here</a>',
  );
  expect(written).toMatch(/<ul>\s*<li>one<\/li>/);
});

it.each(["[a](javascript:alert(1))", "[b](data:text/html,x)", "{process.exit(1)}", "<script>alert(1)</script>"])(
  "writes nothing of %s",
  async (text) => {
    await expect(policyTextHtml({ text, hash: text })).rejects.toThrow("is not content");
  },
);
