/**
 * What people come with, in their own words, and where each leads: content, shared by all versions, so that those that
 * are published stay as they are.
 */
import { z } from "zod";
import { schemaProblems } from "#domain/policy/decision/issue-words.ts";

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
  "/phone-returns/new",
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
  /**
   * What a policy may say nothing about. Where none of the words under `named` stands in its clauses or its ways, a
   * person is who to ask.
   */
  unnamed: z.array(z.strictObject({ ...common, named: z.array(z.string().min(1)).min(1) })).default([]),
  /** By policy: the versions, and the ways into them. */
  policies: z.record(
    z.string(),
    z.array(z.strictObject({ versions: z.array(z.string().min(1)).min(1), ways: z.array(way).min(1) })),
  ),
});

export type Starts = z.infer<typeof startsSchema>;
export interface PageWay extends Omit<z.infer<typeof page>, "page"> {
  page: string;
  /** Whether it is about something that the version does not name. */
  isUnnamed?: true;
}
export type PolicyWay = z.infer<typeof way>;
export type StartWay = PageWay | PolicyWay;

/** A version as far as ways lead into it. */
interface Led {
  readonly slug: string;
  readonly version: string;
  readonly clauses: readonly { readonly id: string }[];
  readonly starts: readonly StartWay[] | null;
  readonly table: { readonly facts: readonly { name: string; answers: readonly string[] }[] };
}

/**
 * The ways that a version names itself, under `starts` in its rules.yaml.
 * @returns those that can be read, and a sentence for everything that cannot
 */
export function readOwnStarts(raw: unknown): { ways: StartWay[]; problems: string[] } {
  const list = z.array(z.unknown()).min(1).safeParse(raw);
  if (!list.success) return { ways: [], problems: ["starts: write a list of ways."] };
  const read = list.data.map((one, at) => {
    const leadsToPage = typeof one === "object" && one !== null && "page" in one;
    const parsed = (leadsToPage ? page : way).safeParse(one);
    if (parsed.success) return { ways: [parsed.data], problems: [] };
    return { ways: [], problems: schemaProblems(parsed.error.issues, one, `starts.${at}`) };
  });
  return { ways: read.flatMap(({ ways }) => ways), problems: read.flatMap(({ problems }) => problems) };
}

/** The ways into one version, in the order of the file: its own, or those that content/starts.yaml has for it. */
export function waysInto(
  starts: Pick<Starts, "policies">,
  { slug, version, starts: own }: Pick<Led, "slug" | "version" | "starts">,
) {
  if (own) return own;
  const shared = starts.policies[slug] ?? [];
  return shared.flatMap(({ versions, ways }) => (versions.includes(version) ? ways : []));
}

/** The ways to a person for what a version does not name: people find them, and no page lists them. */
export function unnamedWays(
  { unnamed, policies }: Starts,
  version: Omit<Led, "clauses"> & { readonly clauses: readonly { readonly text: string }[] },
): PageWay[] {
  const ways = waysInto({ policies }, version).flatMap(({ title, words: typed }) => [title, ...typed]);
  const said = [...version.clauses.map(({ text }) => text), ...ways].join("\n").toLowerCase();
  return unnamed
    .filter(({ named }) => !named.some((phrase) => said.includes(phrase)))
    .map(({ about, title, words: typed }) => ({
      about,
      title,
      words: typed,
      isUnnamed: true,
      page: `/check?${new URLSearchParams({ policy: version.slug, say: title, none: "1" }).toString()}`,
      leads: "The policy says nothing about this. Ask a person first.",
    }));
}

/** Kinds of questions that every version with ways of its own has an answer for; what is kept is on shared pages. */
const NEEDED_ABOUT: readonly About[] = ["send", "answer", "received", "group", "app", "wrong", "other"];

/** What is wrong with the ways that a version names itself: where they lead, kinds without any, or ways named twice. */
export function ownStartProblems(starts: Starts | null, led: Led): string[] {
  if (!led.starts) return [];
  const ways = [...led.starts, ...(starts?.all ?? [])];
  const missing = NEEDED_ABOUT.filter((about) => !ways.some((one) => one.about === about));
  const isShared = starts?.policies[led.slug]?.some(({ versions }) => versions.includes(led.version));
  return [
    ...led.starts.flatMap((one, at) =>
      wayProblems(one, led).map((problem) => `starts.${at}: “${one.title}”: ${problem}`),
    ),
    ...missing.map((about) => `starts: there is no way about "${about}". Add one.`),
    ...(isShared ? ["starts: starts.yaml names this version too. Take it out there."] : []),
  ];
}

/** What is wrong with the ways into a version, each with its field: what they lead to is not there. */
export const startProblems = (starts: Starts, led: Led): string[] =>
  (starts.policies[led.slug] ?? []).flatMap(({ versions, ways }, part) => {
    if (!versions.includes(led.version)) return [];
    return ways.flatMap((one, at) => {
      const field = `policies.${led.slug}.${part}.ways.${at} (“${one.title}”)`;
      return wayProblems(one, led).map((problem) => `${field}: ${problem}`);
    });
  });

/** What a way leads to and the version does not have. */
function wayProblems(one: StartWay, led: Led): string[] {
  if ("page" in one) return [];
  const ids = new Set(led.clauses.map(({ id }) => id));
  const gone = (one.clauses ?? []).filter((id) => !ids.has(id));
  const unknown = Object.entries(one.answers ?? {}).flatMap(([fact, answer]) => {
    const asked = led.table.facts.find(({ name }) => name === fact);
    if (!asked) return [`version ${led.version} does not ask about "${fact}".`];
    return asked.answers.includes(answer) ? [] : [`"${fact}" has no answer "${answer}" in version ${led.version}.`];
  });
  return [...gone.map((id) => `there is no clause ${id} in version ${led.version}.`), ...unknown];
}
