/**
 * What changed between two versions of a policy, clause by clause and word by word (users ask: "what changed since I
 * last accepted").
 */
import { diffWordsWithSpace } from "diff";
import type { Clause, Strength } from "./clause.ts";
import type { PolicyVersion } from "./policy.ts";

/** A run of words that both versions have, or only one of them. */
export interface Words {
  text: string;
  change: "same" | "added" | "removed";
}

export interface ClauseChange {
  /** The most important change; a clause that was moved can be reworded as well. */
  kind: "added" | "removed" | "reworded" | "moved";
  /** Its number in the later version; for a removed one, in the earlier. */
  id: string;
  /** The number it had, if it has a different one now. */
  formerId: string | null;
  /** Where it was, if that changed: the title of the section. */
  formerSection: string | null;
  words: readonly Words[];
  /** How binding it was and is, if that changed. */
  strength: { from: Strength; to: Strength } | null;
}

/** A version's text outside its clauses, by section: introductions, notes. */
export interface TextSection {
  /** Anchor of the section; "" for the text before the first heading. */
  section: string;
  title: string;
  text: string;
}

/** Two clauses that share at least this proportion of their words are one that was renumbered. */
const SAME_ENOUGH = 0.7;
/**
 * Two clauses with the same number that share this proportion are one that was rewritten; below it, one was removed and
 * another added.
 */
const SAME_NUMBER_ENOUGH = 0.2;

/**
 * The clauses that were added, removed, reworded or moved, in the order of the later text; removed ones where they used
 * to be. A renumbered clause counts as moved.
 */
export function compareClauses(
  before: Pick<PolicyVersion, "clauses" | "sections">,
  after: Pick<PolicyVersion, "clauses" | "sections">,
): ClauseChange[] {
  const pairs = pairClauses(before.clauses, after.clauses);
  const formerOf = new Map(pairs.map(([old, now]) => [now, old]));
  const nowOf = new Map(pairs);
  const inPlace = before.clauses.flatMap((old) => {
    const now = nowOf.get(old);
    return now && now.id === old.id && now.section === old.section ? [now] : [];
  });
  const stayed = longestInOrder(inPlace, after.clauses);
  const titleOf = (anchor: string | null) =>
    before.sections.find((section) => section.anchor === anchor)?.title ?? null;

  const placed = after.clauses.flatMap((clause, position): { place: number; change: ClauseChange }[] => {
    const old = formerOf.get(clause);
    if (!old) return [{ place: position, change: single("added", clause) }];
    const isRenumbered = old.id !== clause.id;
    const isMoved = !stayed.has(clause);
    const isReworded = old.text !== clause.text || old.strength !== clause.strength || old.kind !== clause.kind;
    if (!isMoved && !isReworded) return [];
    const change: ClauseChange = {
      kind: isMoved ? "moved" : "reworded",
      id: clause.id,
      formerId: isRenumbered ? old.id : null,
      formerSection: old.section === clause.section ? null : titleOf(old.section),
      words: compareWords(old.text, clause.text),
      strength: old.strength === clause.strength ? null : { from: old.strength, to: clause.strength },
    };
    return [{ place: position, change }];
  });
  let behind = -1; // where the clause before it is now
  for (const old of before.clauses) {
    const now = nowOf.get(old);
    if (now) behind = after.clauses.indexOf(now);
    else placed.push({ place: behind + 0.5, change: single("removed", old) });
  }
  return placed.sort((a, b) => a.place - b.place).map(({ change }) => change);
}

const single = (change: "added" | "removed", { id, text }: Clause): ClauseChange => ({
  kind: change,
  id,
  formerId: null,
  formerSection: null,
  words: [{ text, change }],
  strength: null,
});

/** Pairs each clause with its earlier one. The surest pairs first, because numbers shift when a clause is inserted. */
function pairClauses(before: readonly Clause[], after: readonly Clause[]): [old: Clause, now: Clause][] {
  const pairs: [Clause, Clause][] = [];
  const [gone, fresh] = [new Set(before), new Set(after)];
  const pair = (likeness: (old: Clause, now: Clause) => number, atLeast: number) => {
    for (const old of gone) {
      const candidates = [...fresh].map((now) => ({ now, likeness: likeness(old, now) }));
      const [best] = candidates.sort((a, b) => b.likeness - a.likeness);
      if (!best || best.likeness < atLeast) continue;
      pairs.push([old, best.now]);
      gone.delete(old);
      fresh.delete(best.now);
    }
  };
  const sameNumber = (old: Clause, now: Clause) => (old.id === now.id ? wordsInCommon(old.text, now.text) : 0);
  pair(sameNumber, 1);
  pair((old, now) => Number(old.text === now.text), 1);
  pair(sameNumber, SAME_ENOUGH);
  pair((old, now) => wordsInCommon(old.text, now.text), SAME_ENOUGH);
  pair(sameNumber, SAME_NUMBER_ENOUGH);
  return pairs;
}

/** The proportion of the longer text that both have, 0 to 1, by counted words. */
function wordsInCommon(one: string, other: string): number {
  const count = (text: string) => {
    const counts = new Map<string, number>();
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
    return counts;
  };
  const [left, right] = [count(one), count(other)];
  const total = (counts: Map<string, number>) => [...counts.values()].reduce((sum, n) => sum + n, 0);
  const shared = [...left].reduce((sum, [word, n]) => sum + Math.min(n, right.get(word) ?? 0), 0);
  return shared / Math.max(1, total(left), total(right));
}

/** The largest set of clauses that kept their order: the others are the ones that moved. */
function longestInOrder(inFormerOrder: readonly Clause[], after: readonly Clause[]): ReadonlySet<Clause> {
  const positions = new Map(after.map((clause, at) => [clause, at]));
  /** For each clause the longest run that ends with it. */
  const runs: { clause: Clause; length: number; previous: number }[] = [];
  for (const clause of inFormerOrder) {
    const before = runs
      .map(({ clause: other, length }, at) => ({
        at,
        length,
        fits: (positions.get(other) ?? 0) < (positions.get(clause) ?? 0),
      }))
      .filter(({ fits }) => fits)
      .sort((a, b) => b.length - a.length)[0];
    runs.push({ clause, length: (before?.length ?? 0) + 1, previous: before?.at ?? -1 });
  }
  const longest = runs.reduce((best, { length }, at) => (length > (runs[best]?.length ?? 0) ? at : best), 0);
  const stayed = new Set<Clause>();
  for (let at = longest; at >= 0; at = runs[at]?.previous ?? -1) {
    const run = runs[at];
    if (!run) break;
    stayed.add(run.clause);
  }
  return stayed;
}

/** The words outside clauses that changed, section by section in the order of the later text. */
export function compareTextSections(before: readonly TextSection[], after: readonly TextSection[]) {
  const sections = [...new Set([...after, ...before].map(({ section }) => section))];
  return sections.flatMap((section) => {
    const old = before.find((passage) => passage.section === section);
    const now = after.find((passage) => passage.section === section);
    const texts = [old, now].map((passage) => [passage?.title, passage?.text].filter(Boolean).join("\n"));
    const [was = "", is = ""] = texts;
    return was === is ? [] : [{ title: now?.title ?? old?.title ?? "", words: compareWords(was, is) }];
  });
}

/**
 * What changed above the text: who is responsible for it, what is said first, what people are asked to accept. Dates
 * are not compared.
 */
export function compareDocuments(before: PolicyVersion, after: PolicyVersion) {
  const fields = (version: PolicyVersion): Record<string, string> => {
    const { title, owner, approver, audience, classification, jurisdiction, acknowledgement, ...rest } =
      version.frontMatter;
    const { summary, scope, related, acknowledgeWithinDays, gaps } = rest;
    return {
      Title: title,
      "In short": summary.join("\n"),
      "What staff are asked to accept": acknowledgement.trim(),
      Apps: scope.apps.join(", "),
      Devices: scope.devices.join(", "),
      People: scope.people.join(", "),
      Audience: audience ?? "",
      Owner: owner ?? "",
      Approver: approver ?? "",
      Classification: classification ?? "",
      Jurisdiction: jurisdiction ?? "",
      "Related policies": related.map((one) => one.title).join(", "),
      "Days to answer": String(acknowledgeWithinDays),
      "What it leaves open": gaps.join("\n"),
    };
  };
  const [old, now] = [fields(before), fields(after)];
  return Object.entries(now).flatMap(([field, text]) => {
    const was = old[field] ?? "";
    return was === text ? [] : [{ field, words: compareWords(was, text) }];
  });
}

/** If less of the longer text than this is shared, word by word is harder to read than the old and the new text. */
const READABLE_WORD_BY_WORD = 0.4;

/**
 * Two texts as runs of words that both have, or only one. The same and added runs together are exactly the later text,
 * the same and removed ones the earlier. If little is the same, the whole old text and the whole new one.
 */
export function compareWords(before: string, after: string): Words[] {
  if (before !== after && wordsInCommon(before, after) < READABLE_WORD_BY_WORD)
    return [
      { text: before, change: "removed" as const },
      { text: after, change: "added" as const },
    ].filter(({ text }) => text !== "");
  const words = diffWordsWithSpace(before, after).map(({ value, added, removed }): Words => ({
    text: value,
    change: added ? "added" : removed ? "removed" : "same",
  }));
  return joinAcrossSpaces(words);
}

/** Merges neighbouring changes that have only space between them. */
function joinAcrossSpaces(words: readonly Words[]): Words[] {
  const joined: Words[] = [];
  let [removed, added] = ["", ""];
  const flush = () => {
    if (removed !== "") joined.push({ text: removed, change: "removed" });
    if (added !== "") joined.push({ text: added, change: "added" });
    [removed, added] = ["", ""];
  };
  words.forEach(({ text, change }, at) => {
    if (change === "removed") removed += text;
    else if (change === "added") added += text;
    else if (text.trim() === "" && removed + added !== "" && at < words.length - 1) {
      removed += text;
      added += text;
    } else {
      flush();
      joined.push({ text, change });
    }
  });
  flush();
  return joined;
}
