import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RETAINED_DATA, LAWFUL_BASES } from "./retained-data.ts";

const schema = readdirSync("prisma/models").map((file) => readFileSync(`prisma/models/${file}`, "utf8"));
const models = [...schema.join("\n").matchAll(/^model (\w+) \{([^}]*)\}/gm)].map(([, name = "", fields = ""]) => ({
  name,
  fields,
}));

it("speaks of every table that holds something about a person", () => {
  const about = models
    .filter(({ fields }) => /\bPerson\??(\[\])?\s|\bpersonId\b|\bactor\b/.test(fields))
    .map(({ name }) => name);
  expect(about).toContain("Acknowledgement");
  const spoken = RETAINED_DATA.flatMap((kind) => kind.models);
  expect(about.filter((name) => !spoken.includes(name))).toEqual([]);
});

it("speaks of no table that is not there, and leaves nothing out", () => {
  const names = models.map(({ name }) => name);
  for (const { models, basis, ...words } of RETAINED_DATA) {
    expect(models.filter((name) => !names.includes(name))).toEqual([]);
    expect(LAWFUL_BASES[basis]).toBeTruthy();
    for (const text of Object.values(words)) expect(text).toMatch(/\S/);
  }
});
