import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { describeOnEachDatabase } from "#server/testing/database.ts";
import { addPerson } from "#server/testing/people.ts";
import { patch, providerOf } from "./testing/provider.ts";

const FILE = new URL("./testing/documented-requests.yaml", import.meta.url);
const storySchema = z.strictObject({
  story: z.string(),
  steps: z.array(
    z.strictObject({
      ask: z.string(),
      send: z.unknown().optional(),
      patch: z.array(z.unknown()).optional(),
      status: z.number(),
      save: z.string().optional(),
      answer: z.record(z.string(), z.unknown()).optional(),
      lacks: z.array(z.string()).optional(),
    }),
  ),
});
const stories = z.array(storySchema).parse(parse(readFileSync(FILE, "utf8"), { merge: true }));

describeOnEachDatabase("a provider's documented requests", (database) => {
  it.each(stories)("$story", async ({ steps }) => {
    const provider = await providerOf(await addPerson(database(), "administrator", { roles: ["administrator"] }));
    const saved = new Map<string, string>();
    const filled = <Value>(value: Value): Value => {
      const text = JSON.stringify(value).replaceAll(/\{(\w+)\}/g, (all, name: string) => saved.get(name) ?? all);
      return JSON.parse(text) as Value;
    };
    for (const [at, { ask, status, save, lacks = [], ...step }] of steps.entries()) {
      const [method = "", path = ""] = filled(ask).split(/ (.*)/s);
      const sent = step.patch ? patch(...filled(step.patch)) : step.send === undefined ? undefined : filled(step.send);
      const { body, ...answer } = await provider(method, encodeURI(path), sent);
      const where = `step ${at + 1}, ${ask}: ${JSON.stringify(sent)} was answered ${answer.text}`;
      expect(answer.status, where).toBe(status);
      if (step.answer) expect(body, where).toMatchObject(withTexts(filled(step.answer)));
      for (const name of lacks) expect(body, where).not.toHaveProperty([name]);
      if (save !== undefined) saved.set(save, body.id);
    }
  });
});

/** A detail, and what was not done, is given by a part of its text. */
function withTexts(answer: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(answer);
  return JSON.parse(text, (name, value: unknown): unknown => {
    if (name === "detail" && typeof value === "string") return expect.stringContaining(value);
    const all = name === "notDone" ? z.array(z.string()).parse(value) : null;
    return all ? all.map((one): unknown => expect.stringContaining(one)) : value;
  }) as Record<string, unknown>;
}
