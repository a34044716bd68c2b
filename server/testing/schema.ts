import { readdirSync, readFileSync } from "node:fs";

/** The models of the schema, of all rooms: each one's name, and what stands between its braces. */
export function readModels(): { name: string; text: string }[] {
  const schema = readdirSync("prisma/models").map((file) => readFileSync(`prisma/models/${file}`, "utf8"));
  return [...schema.join("\n").matchAll(/^model (\w+) \{\n(.*?)^\}/gms)].map(([, name = "", text = ""]) => ({
    name,
    text,
  }));
}
