import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { brandingSchema, brandingStyles } from "./branding.ts";
import { contrastOf, FIELDS, leastContrast, LEAST_CONTRAST, readable, shadesOf } from "./contrast.ts";

describe("an accent", () => {
  it("is measured as WCAG does", () => {
    expect(contrastOf("#000000", "#ffffff")).toBeCloseTo(21);
    expect(contrastOf("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
    expect(contrastOf("#ffffff", "#777777")).toBeCloseTo(4.48, 2);
  });

  it("is measured against the fields of the style sheet", () => {
    const css = readFileSync("app/globals.css", "utf8");
    const [light = "", dark = ""] = css.split("/* Dark is drawn, not inverted");
    for (const [scheme, part] of [
      ["light", light],
      ["dark", dark],
    ] as const)
      for (const name of ["paper", "raised", "sunk"] as const)
        expect(part).toContain(`--color-${name}: ${FIELDS[scheme][name]};`);
  });

  it.each(["#ffffff", "#ffdd00", "#808080", "#00ff00", "#ff0000", "#000000", "#1d4f91"])(
    "%s has a neighbour that is readable in each scheme, with its words on it too",
    (colour) => {
      for (const scheme of ["light", "dark"] as const) {
        const { accent, strong, ink, tint } = shadesOf(readable(colour, scheme), scheme);
        expect(leastContrast(accent, scheme).ratio).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        for (const field of [accent, strong]) expect(contrastOf(ink, field)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
        expect(contrastOf(strong, tint)).toBeGreaterThanOrEqual(LEAST_CONTRAST);
      }
    },
  );

  it("that is too weak is refused with the ratio that it has and needs, and one that would do", () => {
    const messages = brandingSchema
      .safeParse({ accent: "#8ab4f8", accentInDark: "#333333" })
      .error?.issues.map(({ path, message }) => [path.join("."), message]);
    expect(messages).toEqual([
      [
        "accent",
        expect.stringMatching(
          /^#8ab4f8 has a contrast of 1\.\d\d:1 on #\w{6} in light mode and needs 4\.5:1\. Choose a darker colour, such as "#\w{6}"\.$/,
        ),
      ],
      ["accentInDark", expect.stringMatching(/in dark mode and needs 4\.5:1\. Choose a lighter colour/)],
    ]);
    for (const [, message = ""] of messages ?? []) {
      const [, proposed = ""] = /such as "(#\w{6})"/.exec(message) ?? [];
      const field = message.includes("dark mode") ? "accentInDark" : "accent";
      expect(brandingSchema.safeParse({ accent: "#1d4f91", [field]: proposed }).success).toBe(true);
    }
  });

  it("is custom properties for both schemes on a screen, and nothing where there is none", () => {
    expect(brandingStyles({})).toBeNull();
    const styles = brandingStyles({ accent: "#1d4f91", accentInDark: "#9cc4ff" }) ?? "";
    expect(styles).toMatch(/^@media screen and \(prefers-color-scheme:light\)\{:root\{--color-accent:#1d4f91;/);
    expect(styles).toContain("(prefers-color-scheme:dark){:root{--color-accent:#9cc4ff;");
    expect(styles).not.toContain("print");
    expect(brandingStyles({ logo: "logo.svg" })).toMatch(/^\.brand-logo\{/);
  });
});

it.each([
  [{ nmae: "x" }, "unrecognized_keys", ""],
  [{ name: "x".repeat(31) }, "too_big", "name"],
  [{ accent: "blue" }, "invalid_format", "accent"],
  [{ logo: "../logo.svg" }, "invalid_format", "logo"],
  [{ logo: "logo.gif" }, "invalid_format", "logo"],
  [{ logoInDark: "logo.svg" }, "custom", "logoInDark"],
  [{ home: { title: "x" } }, "unrecognized_keys", "home"],
])("%j is refused", (given, code, field) => {
  const issues = brandingSchema.safeParse(given).error?.issues.map((one) => [one.code, one.path.join(".")]);
  expect(issues).toEqual([[code, field]]);
});
