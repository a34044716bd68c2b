import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { copyContent } from "#server/testing/copy-content.ts";
import { ownStatementProblems } from "./branding.ts";
import { pictureProblem } from "./picture.ts";
import { readContent } from "./read.ts";

let folder: string;
beforeEach(() => {
  folder = path.join(mkdtempSync(path.join(tmpdir(), "with-care-look-")), "content");
  copyContent(folder);
});
afterEach(() => rmSync(path.dirname(folder), { recursive: true }));

const write = (file: string, text: string | Buffer) => writeFileSync(path.join(folder, file), text);
const read = async () => {
  const { branding, faults } = await readContent(folder);
  return { branding, faults: faults.map(({ file, message }) => `${file}: ${message}`) };
};
const SVG = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><title>N</title><path fill="#123456" d="M0 0h10v10z"/></svg>`;

describe("portal.yaml", () => {
  it("can be missing: the portal keeps its own name and look", async () => {
    const { branding, faults } = await read();
    expect(faults).toEqual([]);
    expect(branding).toMatchObject({ name: "With Care", styles: null, logo: null, logoInDark: null });
    expect(branding.statements).toEqual({ accessibility: null, privacy: null });
  });

  it("gives name, words, styles and logo, each file with a hash that changes with it", async () => {
    write("portal.yaml", `name: Northtown\naccent: "#1d4f91"\nlogo: logo.svg\nhome: { heading: Hello }\n`);
    write("logo.svg", SVG);
    const { branding, faults } = await read();
    expect(faults).toEqual([]);
    expect(branding).toMatchObject({ name: "Northtown", home: { heading: "Hello" }, logo: { type: "image/svg+xml" } });
    write("logo.svg", SVG.replace("#123456", "#654321"));
    expect((await read()).branding.logo?.hash).not.toBe(branding.logo?.hash);
  });

  it.each([
    ["accent: blue", /^portal\.yaml: accent: write a colour/],
    ['accent: "#ffff00"', /^portal\.yaml: accent: #ffff00 has a contrast of 1\.\d\d:1 .* needs 4\.5:1/],
    ["colour: red", /^portal\.yaml: the file: There is no field "colour" here/],
    ["home: { intro: x }", /^portal\.yaml: home: There is no field "intro" here/],
    ["logo: logo.png", /^portal\.yaml: logo: there is no file logo\.png/],
  ])("with %j is a fault that names the field", async (text, message) => {
    write("portal.yaml", `${text}\n`);
    const { faults } = await read();
    expect(faults).toEqual([expect.stringMatching(message)]);
  });
});

describe("an SVG", () => {
  const problem = (inside: string, root = "") =>
    pictureProblem(
      Buffer.from(SVG.replace("<title>", `${inside}<title>`).replace("<svg ", `<svg ${root} `)),
      "image/svg+xml",
    );

  it("of shapes, words and colours is shown", () => {
    expect(problem("")).toBeNull();
    expect(
      problem(
        `<defs><linearGradient id="a"><stop offset="0"/></linearGradient></defs><use href="#a"/><style>path{fill:url(#a)}</style>`,
      ),
    ).toBeNull();
    expect(pictureProblem(Buffer.from(`<?xml version="1.0"?>\n${SVG}`), "image/svg+xml")).toBeNull();
  });

  it.each([
    [`<script>alert(1)</script>`, /Remove <script>/],
    [`<SCRIPT>alert(1)</SCRIPT>`, /Remove <SCRIPT>/],
    [`<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>`, /Remove <foreignObject>/],
    [`<image href="https://evil.example/x.png"/>`, /Remove <image>/],
    [`<animate attributeName="href" to="javascript:alert(1)"/>`, /Remove <animate>/],
    [`<a href="https://evil.example"><path d="M0 0"/></a>`, /Remove <a>/],
    [`<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>`, /Remove <h:script>/],
    [`<use href="https://evil.example/x.svg#a"/>`, /Remove href from <use>/],
    [`<use xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="data:text/xml,x"/>`, /Remove xlink:href from <use>/],
    [`<path onclick="alert(1)" d="M0 0"/>`, /Remove onclick from <path>/],
    [`<path ONLOAD="alert(1)" d="M0 0"/>`, /Remove ONLOAD from <path>/],
    [`<path style="fill:url(https://evil.example/x)" d="M0 0"/>`, /Remove style from <path>/],
    [`<path fill="url('//evil.example/x')" d="M0 0"/>`, /Remove fill from <path>/],
    [`<style>@import "https://evil.example/x.css";</style>`, /from <style>/],
    [`<style>path{fill:u\\72l(//evil.example)}</style>`, /from <style>/],
    [`<?xml-stylesheet href="https://evil.example/x.css"?>`, /<! or <\?/],
    [`<!ENTITY x "y">`, /<! or <\?/],
  ])("with %j is refused", (inside, message) => expect(problem(inside)).toMatch(message));

  it("with a script on its root is refused, and so is what is no SVG, or too large", () => {
    expect(problem("", `onload="alert(1)"`)).toMatch(/Remove onload from <svg>/);
    expect(pictureProblem(Buffer.from("<html></html>"), "image/svg+xml")).toMatch(/does not begin with <svg>/);
    expect(pictureProblem(Buffer.from("not a picture"), "image/svg+xml")).toMatch(/no SVG/);
    expect(pictureProblem(Buffer.alloc(64_001), "image/svg+xml")).toMatch(/64001 bytes; at most 64000/);
  });
});

it("takes a PNG of a sensible size, and nothing that only is called one", () => {
  const png = (width: number) => {
    const head = Buffer.from("89504e470d0a1a0a0000000d49484452", "hex");
    const size = Buffer.alloc(8);
    size.writeUInt32BE(width, 0);
    size.writeUInt32BE(40, 4);
    return Buffer.concat([head, size, deflateSync(Buffer.alloc(40))]);
  };
  expect(pictureProblem(png(120), "image/png")).toBeNull();
  expect(pictureProblem(png(9000), "image/png")).toMatch(/9000 by 40 pixels/);
  expect(pictureProblem(Buffer.from(SVG), "image/png")).toMatch(/no PNG/);
});

describe("a statement", () => {
  it("of plain Markdown is read, and one with a fault is named by file and line", async () => {
    write("privacy.md", "## Why\n\nWe ask [the officer](mailto:dpo@northtown.gov.uk).\n");
    expect((await read()).branding.statements.privacy?.text).toContain("## Why");
    write("privacy.md", "## Why\n\n<script>x</script>\n");
    const { faults, branding } = await read();
    expect(faults).toEqual([expect.stringMatching(/^privacy\.md: line 3: /)]);
    expect(branding.statements.privacy).toBeNull();
  });

  it.each([
    ["# Privacy\n", /^line 1: write the heading with ##/],
    ["Words.\n", /^line 1: begin with a heading/],
    ["## A\n\nTODO: the address\n", /^line 3: write out/],
    ["## A\n\n[x](/nowhere)\n", /^line 3: The portal has no page "\/nowhere"/],
    ["## A\n\n[x](javascript:alert)\n", /^line 3: a link may not run a script/],
    ["## A\n\n![x](x.png)\n", /^line 3: remove the image/],
    ["## A\n\n{process.env}\n", /^line 3: .*braces/],
    ["## A\n\n<Gap>x</Gap>\n", /^line 3: remove <Gap>/],
    ["---\na: 1\n---\n\n## A\n", /remove the lines between the dashes|begin with a heading/],
  ])("%j is refused", (text, message) => expect(ownStatementProblems(text)[0]).toMatch(message));
});
