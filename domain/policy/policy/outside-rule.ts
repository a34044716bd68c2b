/**
 * Laws and guidance from outside a body: which bind it, which do not, and why; what state they are in, and which clauses
 * rest on them. They are content; see content/outside-rules.yaml.
 */
import { z } from "zod";
import { calendarDay, dateInWords, isDay, startOfDay } from "#domain/base/calendar/calendar.ts";
import { keysOf } from "#domain/base/list/page.ts";
import { textProblems } from "#domain/base/form/form-values.ts";
import { bodySchema, type Body } from "./body.ts";

const sentence = z.string().trim().min(1);
const day = z.string().refine(isDay, "write a day that exists, such as 2026-06-19");

const OUTSIDE_RULE_STATES = {
  "in-force": "In force",
  "under-review": "Under review",
  coming: "Coming",
  unknown: "Not known whether it is in force",
} as const;
type StateName = keyof typeof OUTSIDE_RULE_STATES;
const STATE_NAMES = keysOf(OUTSIDE_RULE_STATES);

const outsideRuleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write an id in small letters, digits and hyphens"),
    title: sentence,
    /** Its state, and the day from which it has it: of one that is coming, the day from which it is in force. */
    state: z.enum(STATE_NAMES),
    since: day.nullable(),
    /** Days on which its state may change: whoever owns a policy is then asked to look. */
    watch: z.array(z.strictObject({ on: day, what: sentence })).default([]),
    /** False where it was read in part only: the portal says nothing of what it says, and links to it. */
    isChecked: z.boolean().default(true),
    /** What it means here, in one or two sentences. */
    means: sentence.nullable(),
    /** The clauses that rest on it, in any version, by policy. */
    clauses: z.record(z.string(), z.array(sentence).min(1)).default({}),
    /** Whom it binds: these types of body, in these nations. If either is left out, it is not limited. */
    binds: z.strictObject({
      types: z.array(bodySchema.shape.type).min(1).optional(),
      nations: z.array(bodySchema.shape.nation).min(1).optional(),
    }),
    /** Each completes "It binds this body because …" or "It does not bind this body because …". */
    because: sentence,
    notBecause: sentence.nullable(),
    /** Where to read it. */
    href: z.url({ protocol: /^https$/, error: "write an address that begins with https://" }).nullable(),
  })
  .refine(({ binds, notBecause }) => notBecause !== null || (!binds.types && !binds.nations), {
    path: ["notBecause"],
    error: "say why it does not bind the bodies that it leaves out",
  })
  .refine(({ isChecked, means }) => isChecked === (means !== null), {
    path: ["means"],
    error: "say what it means; of one that is not checked, write null and give the link alone",
  })
  .refine(({ isChecked, href }) => isChecked || href !== null, {
    path: ["href"],
    error: "give the link: it is all that readers get of a rule that is not checked",
  });

export const outsideRulesSchema = z.array(outsideRuleSchema).superRefine((rules, context) => {
  rules.forEach(({ id }, at) => {
    if (rules.findIndex((other) => other.id === id) < at)
      context.addIssue({ code: "custom", path: [at, "id"], message: `there are two rules with the id "${id}"` });
  });
});

export type OutsideRule = z.infer<typeof outsideRuleSchema>;

/** Whether a rule binds a body of this type in this nation. */
export const bindsBody = ({ binds }: Pick<OutsideRule, "binds">, { type, nation }: Pick<Body, "type" | "nation">) =>
  (binds.types?.includes(type) ?? true) && (binds.nations?.includes(nation) ?? true);

/**
 * What is wrong with the clauses that rules name. A policy that is not there is no fault: the same file serves portals
 * that took it out.
 * @param clausesOf ids of the clauses in any version of a policy; null if there is none
 */
export const outsideRuleProblems = (
  rules: readonly OutsideRule[],
  clausesOf: (policy: string) => ReadonlySet<string> | null,
): string[] =>
  rules.flatMap(({ clauses }, at) =>
    Object.entries(clauses).flatMap(([policy, ids]) => {
      const known = clausesOf(policy);
      const missing = known === null ? [] : ids.filter((id) => !known.has(id));
      return missing.map((id) => `${at}.clauses.${policy}: no version of the policy has a clause "${id}".`);
    }),
  );

/** State and day as they are kept, to see when they change: "in-force 2026-06-19". */
export const stateKey = ({ state, since }: Pick<OutsideRule, "state" | "since">): string =>
  since === null ? state : `${state} ${since}`;

/** Its state on a day: what was coming is in force from its day on. @param today YYYY-MM-DD */
export const stateOn = ({ state, since }: Pick<OutsideRule, "state" | "since">, today: string): StateName =>
  state === "coming" && since !== null && since <= today ? "in-force" : state;

/** "In force since 19 June 2026." @param today YYYY-MM-DD */
export function stateInWords(rule: Pick<OutsideRule, "state" | "since">, today: string): string {
  const state = stateOn(rule, today);
  const words = OUTSIDE_RULE_STATES[state];
  if (rule.since === null) return state === "coming" ? `${words}. The day is not known.` : `${words}.`;
  return `${words} ${state === "coming" ? "into force on" : "since"} ${dateInWords(rule.since)}.`;
}

/** A state that was seen when the content was read. */
export interface SeenState {
  rule: string;
  state: string;
  seenAt: Date;
}

/** What changed about a rule last: its state, or that a day has come. */
export interface RuleChange {
  at: Date;
  /** In a sentence. */
  what: string;
}

/**
 * What changed last about a rule since the portal knows it; null if nothing did. What stood in the first list that was
 * ever read is no change.
 * @param seen the states of all rules, the oldest first
 */
export function lastRuleChange(rule: OutsideRule, seen: readonly SeenState[], now: Date): RuleChange | null {
  const today = calendarDay(now);
  const own = seen.filter((one) => one.rule === rule.id);
  const [first] = own;
  if (!first) return null;
  const states = own.filter(({ state }, at) => state !== own[at - 1]?.state);
  const isInFirstList = first.seenAt.getTime() === seen[0]?.seenAt.getTime();
  const [last] = states.slice(isInFirstList ? 1 : 0).slice(-1);
  const days = [
    ...(rule.state === "coming" && rule.since !== null
      ? [{ on: rule.since, what: "The day on which it comes into force has arrived." }]
      : []),
    ...rule.watch,
  ].filter(({ on }) => calendarDay(first.seenAt) < on && on <= today);
  const changes: RuleChange[] = [
    ...(last ? [{ at: last.seenAt, what: "Its state has changed." }] : []),
    ...days.map(({ on, what }) => ({ at: startOfDay(on), what })),
  ];
  return changes.sort((a, b) => a.at.getTime() - b.at.getTime()).at(-1) ?? null;
}

/** Working days for a policy owner to look at a change. Our own figure. */
export const READ_RULE_WITHIN_WORKING_DAYS = 10;

/** What a policy owner says of a change. */
export const RULE_ANSWERS = {
  "no-change": "I have read it. No change is needed.",
  "new-version": "A new version is being written.",
} as const;
export type RuleAnswer = keyof typeof RULE_ANSWERS;

/** Longest reason, in characters. */
export const LONGEST_RULE_REASON = 2000;

/** What has to be corrected in what a policy owner says of a change. */
export const ruleAnswerProblems = ({ answer, reason }: { answer: RuleAnswer | null; reason: string }) => [
  ...(answer === null ? [{ field: "answer", message: "Choose what follows for the policies." }] : []),
  ...textProblems("reason", reason, "Say why, in a few words.", LONGEST_RULE_REASON),
];
