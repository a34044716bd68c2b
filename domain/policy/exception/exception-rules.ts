/**
 * What a policy version says about exceptions from it, as data: which clauses they can lift, who decides, for how long
 * and for whom. It stands in the version's rules.yaml, or, for a version that was published without it, in
 * content/exception-rules.yaml. What neither says is the body's default (docs/authoring.md, "Exceptions").
 */
import { z } from "zod";
import { RISK_LEVELS, type RiskLevel } from "#domain/base/risk/risk.ts";
import type { DecisionTable } from "#domain/policy/decision/decision-table.ts";
import type { Clause, Strength } from "#domain/policy/policy/clause.ts";
import { EXCEPTION_FACT, liftableRules, type ExceptionLimits } from "./coverage.ts";

/** Roles that can decide, from the one nearest to the requester upwards: what nobody may decide goes up this list. */
export const DECIDERS = ["line-manager", "governance-officer", "senior-information-risk-owner"] as const;
export type Decider = (typeof DECIDERS)[number];

export const SCOPES = ["person", "team", "group"] as const;
export type Scope = (typeof SCOPES)[number];

const clauseIds = z.array(z.string().min(1));
const because = clauseIds.default([]);
/** One step: a role, or several of which any one will do. */
const step = z.union([z.enum(DECIDERS), z.array(z.enum(DECIDERS)).min(1)]).transform((given) => [given].flat());
/** The steps in a row, each by another person. */
const steps = z.array(step).min(1).max(3);

const decideSchema = z.strictObject({ low: steps, medium: steps, high: steps, because });
const longestSchema = z.strictObject({ months: z.int().min(1).max(60), because });
const extendSchema = z.strictObject({ most: z.int().min(0).max(20), because });
const scopeSchema = z.strictObject({ who: z.array(z.enum(SCOPES)).min(1), because });
const targetSchema = z.strictObject({ workingDays: z.int().min(1).max(60), because });

/** What a body says for all its policies, where they do not say it themselves. */
export const exceptionDefaultsSchema = z.strictObject({
  decide: decideSchema.omit({ because: true }).optional(),
  longest: longestSchema.omit({ because: true }).optional(),
  extend: extendSchema.omit({ because: true }).optional(),
  for: scopeSchema.omit({ because: true }).optional(),
  target: targetSchema.omit({ because: true }).optional(),
});
export type ExceptionDefaults = z.infer<typeof exceptionDefaultsSchema>;

export const exceptionSettingsSchema = z.strictObject({
  lift: clauseIds,
  /** Clauses that the policy itself says are never lifted, and where it says so. */
  never: z.array(z.strictObject({ clauses: clauseIds.min(1), because: z.string().min(1) })).default([]),
  decide: decideSchema.optional(),
  longest: longestSchema.optional(),
  extend: extendSchema.optional(),
  for: scopeSchema.optional(),
  target: targetSchema.optional(),
  /** Clauses that speak of exceptions and need no setting: the portal carries them in another way. */
  other: because,
});
export type ExceptionSettings = z.infer<typeof exceptionSettingsSchema>;

/** content/exception-rules.yaml: by policy, by version. */
export const exceptionRulesFileSchema = z.record(z.string(), z.record(z.string(), exceptionSettingsSchema));
export type ExceptionRulesFile = z.infer<typeof exceptionRulesFileSchema>;

/** The default of the portal, for bodies that say nothing either. */
const DEFAULTS = {
  decide: {
    low: [["line-manager", "governance-officer"]],
    medium: [["line-manager", "governance-officer"]],
    high: [["governance-officer", "senior-information-risk-owner"]],
  },
  longest: { months: 12 },
  extend: { most: 3 },
  for: { who: [...SCOPES] },
  target: { workingDays: 5 },
} as const satisfies Required<{ [Key in keyof ExceptionDefaults]: unknown }>;

/** A setting, and the clauses that say it; none if it is the body's default. */
type Said<Setting> = Setting & { readonly because: readonly string[] };

export interface ExceptionRules extends ExceptionLimits {
  /** Clause → the clause that says that it is never lifted. */
  never: Readonly<Record<string, string>>;
  /** For each level of the risk that is left: the steps in a row, and in each the roles of which one decides. */
  decide: Said<Record<RiskLevel, readonly (readonly Decider[])[]>>;
  longest: Said<{ months: number }>;
  extend: Said<{ most: number }>;
  for: Said<{ who: readonly Scope[] }>;
  target: Said<{ workingDays: number }>;
}

/**
 * The rules for exceptions from a version.
 * @param settings of the version; null if it has none: then every clause can be lifted that a rule for exceptions
 * answers to, or, in a policy without such rules, every clause that forbids or advises something
 */
export function exceptionRulesOf(
  { clauses, table }: { clauses: readonly Clause[]; table: DecisionTable },
  settings: ExceptionSettings | null,
  defaults: ExceptionDefaults = {},
): ExceptionRules {
  const isRule = ({ kind, strength }: Clause) => kind === "rule" && BINDING.includes(strength);
  const binding = clauses.filter(isRule);
  // Duties of the body stay in force: they bind, and nobody can depart from them.
  const ofBody = clauses.filter(({ binds }) => binds === "body").map(({ id }) => id);
  const inform = clauses.filter(({ strength }) => strength === "information").map(({ id }) => id);
  const lifts =
    settings?.lift ?? liftedByTable(table)?.filter((id) => !inform.includes(id)) ?? binding.map(({ id }) => id);
  const said = <Key extends keyof typeof DEFAULTS>(key: Key) => ({
    ...DEFAULTS[key],
    because: [],
    ...defaults[key],
    ...settings?.[key],
  });
  return {
    lifts: clauses.map(({ id }) => id).filter((id) => lifts.includes(id) && !ofBody.includes(id)),
    binding: binding.map(({ id }) => id),
    never: Object.fromEntries(
      (settings?.never ?? []).flatMap(({ clauses: ids, because: by }) => ids.map((id) => [id, by])),
    ),
    decide: said("decide"),
    longest: said("longest"),
    extend: said("extend"),
    for: said("for"),
    target: said("target"),
  };
}

const BINDING: readonly Strength[] = ["must", "must-not", "should"];

/** The clauses of the rules that have a laxer answer under an exception; null if the policy asks for none. */
function liftedByTable(table: DecisionTable): string[] | null {
  if (!table.facts.some(({ name }) => name === EXCEPTION_FACT)) return null;
  return [...liftableRules(table)].flatMap(({ because: ids }) => ids);
}

/**
 * What is wrong with the settings of a version: they contradict its text, its table or themselves. A clause that speaks
 * of exceptions has to be named by the setting that carries it, and what it says has to be what the setting says.
 */
export const exceptionSettingsProblems = (
  { clauses, table }: { clauses: readonly Clause[]; table: DecisionTable },
  settings: ExceptionSettings,
): string[] => [
  ...unknownClauses(clauses, settings),
  ...liftProblems(clauses, settings),
  ...tableProblems(table, clauses, settings),
  ...textProblems(clauses, settings),
];

function* namedClauses({
  lift,
  never,
  other,
  ...settings
}: ExceptionSettings): Generator<[setting: string, id: string]> {
  for (const id of lift) yield ["lift", id];
  for (const { clauses, because: by } of never) for (const id of [...clauses, by]) yield ["never", id];
  for (const id of other) yield ["other", id];
  for (const [name, setting] of Object.entries(settings)) for (const id of setting?.because ?? []) yield [name, id];
}

function unknownClauses(clauses: readonly Clause[], settings: ExceptionSettings): string[] {
  const known = new Set(clauses.map(({ id }) => id));
  return [...namedClauses(settings)]
    .filter(([, id]) => !known.has(id))
    .map(([setting, id]) => `exceptions.${setting}: the text has no clause ${id}.`);
}

/** Information, risks, and what is never lifted are nothing to depart from. */
const liftProblems = (clauses: readonly Clause[], { lift, never }: ExceptionSettings): string[] =>
  lift.flatMap((id) => {
    const clause = clauses.find((one) => one.id === id);
    const neverLifted = never.find((one) => one.clauses.includes(id));
    if (neverLifted)
      return [`exceptions.lift: clause ${neverLifted.because} says that clause ${id} is never lifted. Take it out.`];
    if (clause?.binds === "body")
      return [`exceptions.lift: clause ${id} is a duty of the body, from which nobody can depart. Take it out.`];
    if (clause?.kind === "risk" || clause?.strength === "information")
      return [
        `exceptions.lift: clause ${id} asks nothing of anybody, so there is nothing to depart from. Take it out.`,
      ];
    return [];
  });

/** The table and the settings agree on what an exception changes. */
function tableProblems(table: DecisionTable, clauses: readonly Clause[], settings: ExceptionSettings): string[] {
  if (!table.facts.some(({ name }) => name === EXCEPTION_FACT)) return [];
  const neverLifted = new Map(settings.never.flatMap(({ clauses: ids, because: by }) => ids.map((id) => [id, by])));
  const binding = new Set(clauses.filter(({ strength }) => BINDING.includes(strength)).map(({ id }) => id));
  const rules = [...liftableRules(table)];
  const problems = rules.flatMap(({ id: rule, because: ids }) => [
    ...ids
      .filter((id) => neverLifted.has(id))
      .map(
        (id) =>
          `exceptions.never: the table answers rule "${rule}" more laxly under an exception, but clause ${neverLifted.get(id)} says that clause ${id} is never lifted. Correct the table.`,
      ),
    ...ids
      .filter((id) => binding.has(id) && !neverLifted.has(id) && !settings.lift.includes(id))
      .map(
        (id) =>
          `exceptions.lift: the table answers rule "${rule}" more laxly under an exception, but clause ${id}, on which it is based, cannot be lifted. Add it, or correct the table.`,
      ),
  ]);
  const idle = settings.lift.filter((id) => !rules.some(({ because: ids }) => ids.includes(id)));
  return [
    ...problems,
    ...idle.map(
      (id) =>
        `exceptions.lift: no rule that is based on clause ${id} has a laxer answer under an exception, so one would change nothing. Take it out, or add such a rule.`,
    ),
  ];
}

const DECIDER_NAMES = {
  "line-manager": /\b(line|your) managers?\b/i,
  "governance-officer": /\bgovernance officers?\b/i,
  "senior-information-risk-owner": /\bsenior information risk owner\b|\bSIRO\b/i,
} as const satisfies Record<Decider, RegExp>;

const SCOPE_NAMES = {
  person: /\b(yourself|person|you)\b/i,
  team: /\bteams?\b/i,
  group: /\bgroups?\b/i,
} as const satisfies Record<Scope, RegExp>;

const SPEAKS_OF_EXCEPTIONS = /\b(exceptions?|deviations?|waivers?|dispensations?)\b/i;

/** The clauses that say something about exceptions and the settings name each other, and say the same. */
function textProblems(clauses: readonly Clause[], settings: ExceptionSettings): string[] {
  const textOf = (ids: readonly string[]) =>
    clauses.flatMap(({ id, text }) => (ids.includes(id) ? [text] : [])).join(" ");
  const named = new Set([...namedClauses(settings)].map(([, id]) => id));
  const silent = clauses.filter(({ id, text }) => SPEAKS_OF_EXCEPTIONS.test(text) && !named.has(id));
  const { decide, longest, extend, target } = settings;
  return [
    ...silent.map(
      ({ id }) =>
        `exceptions: clause ${id} speaks of exceptions, and no setting names it. Name it as the reason of the setting that carries it, or under other.`,
    ),
    ...settings.never.flatMap((one) => neverProblems(one, textOf([one.because]))),
    ...(decide && decide.because.length > 0 ? deciderProblems(decide, textOf(decide.because)) : []),
    ...(settings.for && settings.for.because.length > 0
      ? scopeProblems(settings.for, textOf(settings.for.because))
      : []),
    ...numberProblems("longest", longest?.months, longest?.because, "month", textOf),
    ...numberProblems("extend", extend?.most, extend?.because, "extension|renewal|time", textOf),
    ...numberProblems("target", target?.workingDays, target?.because, "working day", textOf),
  ];
}

function neverProblems({ clauses, because: by }: ExceptionSettings["never"][number], text: string): string[] {
  if (text === "") return []; // there is no such clause, which is said already
  const said = new Set(text.match(/\b\d+\.\d+\b/g) ?? []);
  return [
    ...clauses
      .filter((id) => !said.has(id))
      .map((id) => `exceptions.never: clause ${by} does not name clause ${id}. Name the clause that says it.`),
    ...[...said]
      .filter((id) => !clauses.includes(id))
      .map((id) => `exceptions.never: clause ${by} also names clause ${id}. Add it.`),
  ];
}

/** Where a text passes from one case to the next: a sentence ends, or another condition begins. */
const CASES =
  /[.;:]\s|,\s(?:and\s|but\s)?(?=(?:where|when|if)\b)|,\s(?=[^,.;]*\b(?:otherwise|in (?:all )?other cases)\b)/i;
const LEVEL =
  /\b(above |over |more than |below |under |less than )?(low|medium|high)\b( or (?:more|higher|above)| or (?:less|lower|below))?/gi;

/** The levels of risk that a case is about, in ascending order; all where it names none. */
function levelsIn(text: string): readonly RiskLevel[] {
  const named = [...text.matchAll(LEVEL)].flatMap(([, before = "", word = "", after = ""]) => {
    const at = RISK_LEVELS.findIndex((level) => level === word.toLowerCase());
    if (/above|over|more/i.test(before)) return RISK_LEVELS.slice(at + 1);
    if (/below|under|less/i.test(before)) return RISK_LEVELS.slice(0, at);
    if (after === "") return RISK_LEVELS.slice(at, at + 1);
    return /more|higher|above/i.test(after) ? RISK_LEVELS.slice(at) : RISK_LEVELS.slice(0, at + 1);
  });
  return named.length === 0 ? RISK_LEVELS : RISK_LEVELS.filter((level) => named.includes(level));
}

/**
 * Who decides at each level of the risk that is left, as a text says it: what it says of one level comes before what it
 * says of all, unless somebody decides "also".
 * @returns null if a case names a level and several roles, so that it could mean either
 */
function decidersIn(text: string): Record<RiskLevel, Decider[]> | null {
  const cases = text.split(CASES).map((one) => ({
    levels: levelsIn(one),
    roles: DECIDERS.filter((role) => DECIDER_NAMES[role].test(one)),
    isAlso: /\b(also|as well|too|in addition)\b/i.test(one),
  }));
  if (cases.some(({ levels, roles }) => levels.length < RISK_LEVELS.length && roles.length > 1)) return null;
  const at = (level: RiskLevel) => {
    const here = cases.filter(({ levels, roles }) => roles.length > 0 && levels.includes(level));
    const special = here.filter(({ levels }) => levels.length < RISK_LEVELS.length);
    const counted = special.length === 0 || special.some(({ isAlso }) => isAlso) ? here : special;
    return counted.flatMap(({ roles }) => roles);
  };
  return { low: at("low"), medium: at("medium"), high: at("high") };
}

function deciderProblems(decide: NonNullable<ExceptionSettings["decide"]>, text: string): string[] {
  const byLevel = decidersIn(text);
  const clauses = decide.because.join(" and ");
  return DECIDERS.flatMap((role) => {
    const isSaid = DECIDER_NAMES[role].test(text);
    const decides = RISK_LEVELS.filter((level) => decide[level].flat().includes(role));
    if (isSaid && decides.length === 0)
      return [`exceptions.decide: clause ${clauses} names the ${role}, who decides nowhere here. Add the role.`];
    if (!isSaid && decides.length > 0)
      return [
        `exceptions.decide: clause ${clauses} does not name the ${role}. Take the role out, or name another clause.`,
      ];
    return RISK_LEVELS.flatMap((level) => {
      const isSaidHere = byLevel?.[level].includes(role) ?? decides.includes(level);
      if (isSaidHere === decides.includes(level)) return [];
      return [
        isSaidHere
          ? `exceptions.decide: by clause ${clauses} the ${role} decides where the risk is ${level}. Add the role there, or name another clause.`
          : `exceptions.decide: by clause ${clauses} the ${role} does not decide where the risk is ${level}. Take the role out there, or name another clause.`,
      ];
    });
  });
}

const scopeProblems = ({ who, because: by }: NonNullable<ExceptionSettings["for"]>, text: string): string[] =>
  SCOPES.flatMap((scope) => {
    const isSaid = SCOPE_NAMES[scope].test(text);
    if (isSaid === who.includes(scope)) return [];
    return [
      `exceptions.for: clause ${by.join(" and ")} ${isSaid ? "names" : "does not name"} a ${scope}. ${isSaid ? "Add it" : "Take it out"}, or name another clause.`,
    ];
  });

const NUMBER_WORDS =
  "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split(
    " ",
  );
const TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty"];
/** How a text says that something is extended never, once or twice. */
const EXTENDED = ["(cannot|can't|never|not) be (extended|renewed)", "once", "twice"];

/** 24 → "24|twenty-four"; 1 → "1|one|an?". */
function numberInText(number: number): string {
  const tens = [TENS[Math.floor(number / 10)], NUMBER_WORDS[number % 10]].slice(0, number % 10 === 0 ? 1 : 2);
  return [String(number), NUMBER_WORDS[number] ?? tens.join("-"), ...(number === 1 ? ["an?"] : [])].join("|");
}

function numberProblems(
  setting: string,
  number: number | undefined,
  by: readonly string[] = [],
  unit: string,
  textOf: (ids: readonly string[]) => string,
): string[] {
  const text = textOf(by);
  if (number === undefined || text === "") return [];
  const said = [
    `(${numberInText(number)})[\\s-]+(${unit})s?`,
    ...(setting === "longest" && number % 12 === 0 ? [`(${numberInText(number / 12)})[\\s-]+years?`] : []),
    ...(setting === "extend" ? [EXTENDED[number] ?? []] : []),
  ].flat();
  if (new RegExp(`\\b(${said.join("|")})\\b`, "i").test(text)) return [];
  return [
    `exceptions.${setting}: clause ${by.join(" and ")} does not say ${number} ${unit.split("|")[0]}s. Correct the number, or name another clause.`,
  ];
}
