import "server-only";
import type { OwnWords } from "#domain/policy/decision/verdict.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { newestFirst } from "#domain/policy/policy/policy.ts";
import { byTrouble, type ClauseCounts } from "#domain/policy/question/question.ts";
import { shownResultCounts, type ShownResultCount } from "#domain/policy/question/result-count.ts";
import { countDeclines } from "#server/policy/acknowledgement/decline-queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { countByClause } from "#server/policy/exception/clause-queries.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import { listQuestions, sumResultTallies, sumTallies } from "./repository.ts";

export interface ClauseLine extends ClauseCounts {
  clause: string;
  text: string;
}

/** The clauses of a version whose text is unclear. */
export interface ClauseReport {
  slug: string;
  title: string;
  version: string;
  /** Numbers of all published versions, newest first. */
  versions: string[];
  /** How many people declined it; null for those who may not know. */
  declined: number | null;
  /** The highest counts first. */
  troubled: ClauseLine[];
  quiet: ClauseLine[];
  /** Which results were an answer, as far as the counts may be shown. */
  results: ShownResultCount[];
  /** The version's own words for its verdicts. */
  words: OwnWords["words"];
}

/**
 * The counts for each clause of a published version; null for people who may not know, and if there is none.
 * @param number a version's number; otherwise the current one or, without one, the newest
 */
export async function getClauseReport(actor: Actor, slug: string, number: string): Promise<ClauseReport | null> {
  const policy = await getOwnPolicy(actor, slug);
  if (!policy || !can(actor, "clause.read-counts", { body: policy.body.slug })) return null;
  const versions = newestFirst(policy.versions);
  const shown = versions.find(({ version }) => version === number) ?? policy.current ?? versions[0];
  if (!shown) return null;
  const { version, hash, clauses, frontMatter, table, words } = shown;
  const tx = getDatabase();
  const on = { body: actor.body, policy: slug, version };
  const [questions, exceptions, unsure, declined, results] = await Promise.all([
    listQuestions(tx, { ...on, hash }),
    countByClause({ ...on, hash }),
    sumTallies(tx, { ...on, kind: "unsure" }),
    countDeclines(actor, { policy: slug, version, hash }),
    sumResultTallies(tx, on),
  ]);
  const lines = clauses.map(({ id, text }): ClauseLine => ({
    clause: id,
    text,
    questions: questions.filter(({ clause }) => clause === id).length,
    exceptions: exceptions.asked.get(id) ?? 0,
    refusals: exceptions.refused.get(id) ?? 0,
    unsure: unsure.get(id) ?? 0,
  }));
  const head = { slug, title: frontMatter.title, version, versions: versions.map((one) => one.version), declined };
  return { ...head, ...byTrouble(lines), results: shownResultCounts(results, { rules: table.rules, words }), words };
}
