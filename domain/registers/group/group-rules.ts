/**
 * What a policy asks of a chat group, as data: who looks after it, whether its members are named when it is registered,
 * and how long messages stay for copying. Read from content/group-rules.yaml (docs/authoring.md, "Chat groups").
 */
import { z } from "zod";
import { compareVersions } from "#domain/policy/policy/policy.ts";

const entrySchema = z.strictObject({
  /** The first version that it holds for; it holds until a later entry. */
  since: z.string().min(1),
  /** What the policy calls a group that may be used. */
  word: z.enum(["registered", "approved"]).default("registered"),
  administrators: z.int().min(1).max(2).default(1),
  deputy: z.boolean().default(true),
  /** Whether the members are named when it is registered. */
  members: z.boolean().default(false),
  /** Working days to copy what has value into the record; null if the policy gives no time. */
  copyWithinWorkingDays: z.int().min(1).max(60).nullable().default(null),
  /** The clauses that say so. */
  because: z.array(z.string().min(1)).default([]),
});

/** By policy, the oldest version first. */
export const groupRulesFileSchema = z.record(z.string(), z.array(entrySchema).min(1));
export type GroupRulesFile = z.infer<typeof groupRulesFileSchema>;
export type GroupRules = Omit<z.infer<typeof entrySchema>, "since">;

/** Our own, for policies that say nothing: somebody administers a group, and somebody stands in for them. */
const DEFAULT_RULES: GroupRules = entrySchema.parse({ since: "0" });

/** What a version of a policy asks of a group. */
export const groupRulesOf = (file: GroupRulesFile, { policy, version }: { policy: string; version: string }) =>
  file[policy]?.findLast(({ since }) => compareVersions(since, version) <= 0) ?? DEFAULT_RULES;

/** Administrators that a group needs: an emergency group has one of the body and one of its partner (S3.74). */
export const leastAdministrators = ({ administrators }: GroupRules, kind: string): number =>
  kind === "emergency" ? 2 : administrators;

/** For how many days messages stay at least, so that the working days for copying them fit in; null for any number. */
export const leastDaysKept = ({ copyWithinWorkingDays: days }: GroupRules): number | null =>
  days === null ? null : days + 2 * Math.ceil(days / 5);

/** What is wrong with the file, a sentence each; policies that are not served are skipped. */
export const groupRulesProblems = (file: GroupRulesFile, clausesOf: (policy: string) => ReadonlySet<string> | null) =>
  Object.entries(file).flatMap(([policy, entries]) => {
    const known = clausesOf(policy);
    const missing = entries.flatMap(({ because }) => because).filter((clause) => known && !known.has(clause));
    const isInOrder = entries.every(({ since }, at) => compareVersions(entries[at - 1]?.since ?? "0", since) < 0);
    return [
      ...missing.map((clause) => `The policy "${policy}" has no clause "${clause}".`),
      ...(isInOrder ? [] : [`${policy}: put the entries in the order of their versions, each once.`]),
    ];
  });
