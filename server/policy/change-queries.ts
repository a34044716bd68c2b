import "server-only";
import type { Actor } from "#domain/access/actor.ts";
import { compareTables, type TableDifference } from "#domain/decision/difference.ts";
import {
  compareClauses,
  compareDocuments,
  comparePassages,
  type ClauseChange,
  type DocumentChange,
  type PassageChange,
} from "#domain/policy/difference.ts";
import { materialReason, type MaterialReason } from "#domain/policy/material.ts";
import { compareVersions, newestFirst, type PolicyVersion } from "#domain/policy/policy.ts";
import { getLastAccepted } from "#server/acknowledgement/queries.ts";
import { passagesOf } from "../content/passages.ts";
import { getPolicy, getPolicyVersion, listVersions, type ReadablePolicy, type VersionEntry } from "./queries.ts";

/** Everything that differs between two versions of a policy. */
export interface PolicyChanges {
  from: ReadablePolicy;
  to: ReadablePolicy;
  outcomes: TableDifference;
  clauses: ClauseChange[];
  passages: PassageChange[];
  document: DocumentChange[];
  /** Why everybody is asked again after these changes; null where earlier answers hold. */
  material: MaterialReason | null;
}

/** What a reader wants to compare, and what there is. */
export interface ChangesPage {
  /** Newest first. */
  versions: VersionEntry[];
  /** What is compared; "" where there is nothing to compare. */
  from: string;
  to: string;
  /** True when `from` is the version that the actor accepted last and nobody chose it. */
  isSinceOwn: boolean;
  /** Null where there is just one version, or one that was asked for is not there. */
  changes: PolicyChanges | null;
  /** Numbers that were asked for and are not there. */
  unknown: string[];
}

/**
 * What changed between two versions of a policy. Left out, `to` is the current version, and `from` the one that the
 * actor accepted last; for somebody who accepted none, the one before.
 * @param asked version numbers from the address, as they came; "" for none
 * @returns null for a policy that is not there or not the actor's to read
 */
export async function getChangesPage(
  actor: Actor,
  slug: string,
  asked: { from: string; to: string },
): Promise<ChangesPage | null> {
  const versions = await listVersions(actor, slug);
  if (!versions) return null;
  const numbers = versions.map(({ version }) => version.version);
  const unknown = [asked.from, asked.to].filter((number) => number !== "" && !numbers.includes(number));
  const accepted = await getLastAccepted(actor, slug);
  const page = { versions, unknown };
  const current = await getPolicy(actor, slug);
  const to = asked.to || (current?.version.version ?? numbers[0] ?? "");
  const isOwn = accepted !== null && compareVersions(accepted, to) < 0;
  const before = isOwn ? accepted : precedingOf(versions, to);
  const from = asked.from || before;
  const isSinceOwn = asked.from === "" && isOwn;
  if (unknown.length > 0 || from === "") return { ...page, from, to, isSinceOwn, changes: null };
  return { ...page, from, to, isSinceOwn, changes: await getChanges(actor, slug, from, to) };
}

/** What the current version of a policy changes for the actor, who accepted an earlier one; null where they accepted none. */
export async function getChangesSinceOwn(actor: Actor, slug: string): Promise<PolicyChanges | null> {
  const page = await getChangesPage(actor, slug, { from: "", to: "" });
  return page?.isSinceOwn ? page.changes : null;
}

async function getChanges(actor: Actor, slug: string, from: string, to: string): Promise<PolicyChanges | null> {
  const [before, after] = await Promise.all([getPolicyVersion(actor, slug, from), getPolicyVersion(actor, slug, to)]);
  if (!before || !after) return null;
  return { from: before, to: after, ...compareVersionTexts(before.version, after.version) };
}

function compareVersionTexts(before: PolicyVersion, after: PolicyVersion): Omit<PolicyChanges, "from" | "to"> {
  return {
    outcomes: compareTables(before.table, after.table),
    clauses: compareClauses(before, after),
    passages: comparePassages(passagesOf(before), passagesOf(after)),
    document: compareDocuments(before, after),
    material: materialReason(after, before),
  };
}

function precedingOf(versions: readonly VersionEntry[], number: string): string {
  const entry = versions.find(({ version }) => version.version === number);
  const older = newestFirst(versions.map(({ version }) => version)).find(
    ({ version }) => compareVersions(version, number) < 0,
  );
  return entry?.follows ?? older?.version ?? "";
}
