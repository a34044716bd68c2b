/**
 * What people come with, in their own words, and where each leads: content, shared by all versions, so that those that
 * are published stay as they are.
 */
import { z } from "zod";
import type { PolicyVersion } from "../policy/policy.ts";

/** What somebody's question can be about, in the order of the page. */
export const ABOUT = ["send", "answer", "received", "group", "app", "keep", "wrong", "other"] as const;
export type About = (typeof ABOUT)[number];

/** The pages that a way may lead to. */
export const START_PAGES = [
  "/acknowledgements",
  "/exceptions",
  "/exceptions/new",
  "/groups",
  "/groups/new",
  "/holds",
  "/incidents/new",
  "/incidents/new?kind=added",
  "/incidents/new?kind=device",
  "/incidents/new?kind=misconduct",
  "/incidents/new?kind=offensive",
  "/incidents/new?kind=scam",
  "/incidents/new?kind=shared",
  "/photos",
  "/questions",
  "/records",
  "/tasks",
] as const;

const words = z.array(z.string().min(1)).default([]);
const common = { about: z.enum(ABOUT), title: z.string().min(1), words };
const page = z.strictObject({ ...common, page: z.enum(START_PAGES), leads: z.string().min(1) });
const way = z
  .strictObject({
    ...common,
    /** It leads to the check with these given. */
    answers: z.record(z.string(), z.string()).optional(),
    /** It leads to all of these where it gives no answers; the search finds them too. */
    clauses: z.array(z.string().min(1)).min(1).optional(),
  })
  .refine(({ answers, clauses }) => answers !== undefined || clauses !== undefined, "give answers, clauses or both");

export const startsSchema = z.strictObject({
  about: z.record(z.enum(ABOUT), z.strictObject({ title: z.string().min(1), hint: z.string().min(1) })),
  /** Pages that hold for every policy. */
  all: z.array(page),
  /** By policy: the versions, and the ways into them. */
  policies: z.record(
    z.string(),
    z.array(z.strictObject({ versions: z.array(z.string().min(1)).min(1), ways: z.array(way).min(1) })),
  ),
});

export type Starts = z.infer<typeof startsSchema>;
export type PageWay = z.infer<typeof page>;
export type PolicyWay = z.infer<typeof way>;

/** A version as far as ways lead into it. */
type Led = Pick<PolicyVersion, "slug" | "version" | "clauses"> & {
  table: { facts: readonly { name: string; answers: readonly string[] }[] };
};

/** The ways into one version, in the order of the file. */
export function waysInto(starts: Starts, { slug, version }: Pick<Led, "slug" | "version">): PolicyWay[] {
  const own = starts.policies[slug] ?? [];
  return own.flatMap(({ versions, ways }) => (versions.includes(version) ? ways : []));
}

/** What is wrong with the ways into a version, each with its field: what they lead to is not there. */
export function startProblems(starts: Starts, led: Led): string[] {
  const ids = new Set(led.clauses.map(({ id }) => id));
  return (starts.policies[led.slug] ?? []).flatMap(({ versions, ways }, part) => {
    if (!versions.includes(led.version)) return [];
    return ways.flatMap((one, at) => {
      const field = `policies.${led.slug}.${part}.ways.${at} (“${one.title}”)`;
      const gone = (one.clauses ?? []).filter((id) => !ids.has(id));
      const unknown = Object.entries(one.answers ?? {}).flatMap(([fact, answer]) => {
        const asked = led.table.facts.find(({ name }) => name === fact);
        if (!asked) return [`version ${led.version} does not ask about "${fact}".`];
        return asked.answers.includes(answer) ? [] : [`"${fact}" has no answer "${answer}" in version ${led.version}.`];
      });
      const problems = [...gone.map((id) => `there is no clause ${id} in version ${led.version}.`), ...unknown];
      return problems.map((problem) => `${field}: ${problem}`);
    });
  });
}
