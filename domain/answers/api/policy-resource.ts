/** Policies, versions, clauses and questions in the form that programs get. */
import { only } from "#domain/base/list/only.ts";
import type { z } from "zod";
import type { Body } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { MaterialReason } from "#domain/policy/policy/material.ts";
import type { PolicyVersion, VersionState } from "#domain/policy/policy/policy.ts";
import { reviewStanding } from "#domain/policy/policy/front-matter.ts";
import { questionFor } from "#domain/policy/policy/wording.ts";
import type {
  clauseListSchema,
  historyEntrySchema,
  policySummarySchema,
  policyVersionSchema,
  questionListSchema,
  questionSchema,
  versionSummarySchema,
} from "./policy-schema.ts";

export interface StandingVersion {
  version: PolicyVersion;
  state: VersionState;
  /** Number of the policy's current version; null if there is none. */
  current: string | null;
  /** YYYY-MM-DD */
  today: string;
}

/** The same as an entry of its history. */
export interface HistoricVersion extends StandingVersion {
  follows: string | null;
  material: MaterialReason | null;
}

export function versionSummary(standing: StandingVersion): z.infer<typeof versionSummarySchema> {
  const { version, state, current, today } = standing;
  const { frontMatter, hash } = version;
  return {
    version: version.version,
    hash,
    status: frontMatter.status,
    state,
    isCurrent: version.version === current,
    ...only(frontMatter, "published", "effective", "reviewed", "reviewDue"),
    review: reviewStanding(frontMatter, today).kind,
  };
}

export function policySummary(standing: StandingVersion, body: Body): z.infer<typeof policySummarySchema> {
  const { slug, frontMatter } = standing.version;
  const { slug: bodySlug, name } = body;
  return { slug, title: frontMatter.title, body: { slug: bodySlug, name }, ...versionSummary(standing) };
}

export function historyEntry(standing: HistoricVersion): z.infer<typeof historyEntrySchema> {
  const { follows, material, version } = standing;
  const { changeNote, correction } = version.frontMatter;
  return { ...versionSummary(standing), follows, material, changeNote, corrects: correction?.of ?? null };
}

export function policyVersion(standing: HistoricVersion, body: Body): z.infer<typeof policyVersionSchema> {
  const { slug, frontMatter, table } = standing.version;
  const { title, source } = frontMatter;
  return {
    policy: slug,
    title,
    body: { slug: body.slug, name: body.name },
    ...historyEntry(standing),
    ...only(frontMatter, "interimUntil", "owner", "approver", "audience", "classification", "jurisdiction"),
    ...only(frontMatter, "summary", "scope", "related", "acknowledgement", "acknowledgeWithinDays", "gaps"),
    source: source && { id: source.id, title: source.title },
    facts: table.facts.map(({ name }) => name),
    situations: table.situations,
  };
}

export function clauseList(version: PolicyVersion): z.infer<typeof clauseListSchema> {
  const { slug: policy, version: number, hash, clauses, sections } = version;
  return {
    policy,
    version: number,
    hash,
    clauses: clauses.map(({ id, strength, kind, binds, text, section, from }) => ({
      id,
      strength,
      kind,
      binds: binds ?? "people",
      text,
      section: sections.find(({ anchor }) => anchor === section)?.title ?? null,
      from: [...from],
      href: `/policies/${policy}/versions/${number}#${clauseAnchor(id)}`,
    })),
  };
}

/** The question about a fact, as this version asks it. @throws RangeError for a fact that it does not use */
export function questionResource(version: PolicyVersion, fact: string): z.infer<typeof questionSchema> {
  const { ask, short, help, answers } = questionFor(version, fact);
  const { ordered = false, answers: known = {} } = version.questions[fact] ?? {};
  return {
    fact,
    ask,
    short,
    help,
    ordered,
    answers: answers.map(({ answer, label, hint, examples }) => ({
      answer,
      label,
      hint,
      as: known[answer]?.as ?? null,
      examples,
    })),
  };
}

export function questionList(version: PolicyVersion): z.infer<typeof questionListSchema> {
  const { slug: policy, version: number, hash, table } = version;
  const questions = table.facts.map(({ name }) => questionResource(version, name));
  return { policy, version: number, hash, questions };
}
