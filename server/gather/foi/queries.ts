import { type Actor, can } from "#domain/access/permission/permission.ts";
import { versionsThatCount } from "#domain/policy/acknowledgement/acknowledgement.ts";
import { dateInWords, endOfDay, isDay, momentInWords, startOfDay } from "#domain/base/calendar/calendar.ts";
import { redactExceptions } from "#domain/gather/foi/figures.ts";
import { rulesInWords } from "#domain/gather/foi/rules-in-words.ts";
import { yearUntil } from "#domain/gather/figure/figure.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { correctionWords, type FrontMatter } from "#domain/policy/policy/front-matter.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { countAcceptedBefore } from "#server/policy/acknowledgement/report-queries.ts";
import { listRedactedLedgers } from "#server/registers/clear-down/ledger-queries.ts";
import { listInForceBetween } from "#server/policy/exception/queries.ts";
import { readFigures } from "#server/gather/figure/queries.ts";
import { getPolicyOnDay, type PolicyOnDay } from "#server/policy/policy/day-queries.ts";
import { listVersions } from "#server/policy/policy/queries.ts";

/**
 * What a body hands out about a policy as it was on a day, in answer to a freedom of information request: with how many
 * staff had accepted by the end of the day, what had been done by then with the messages of groups on the register under
 * this policy, and the figures of the body in the twelve months to that day.
 */
export type FoiPack = NonNullable<Awaited<ReturnType<typeof getFoiPack>>>;

/**
 * The pack on a policy of the actor's own body for a day; null for those who may not make it, for a future day, and for
 * a day on which no published version was in force.
 * @param day as received in the address
 */
export async function getFoiPack(actor: Actor, slug: string, day: string) {
  if (!isDay(day)) return null;
  const held = await getPolicyOnDay(actor, slug, day);
  if (held?.kind !== "held" || !mayMakeFoiPack(actor, held)) return null;
  const { policy, notes, servedAt } = held;
  const { version, body } = policy;
  const end = endOfDay(day);
  const published = ((await listVersions(actor, slug)) ?? []).flatMap((one) => (one.isPublished ? [one.version] : []));
  const [accepted, exceptions, ledgers, figures] = await Promise.all([
    countAcceptedBefore(actor, slug, versionsThatCount(published, version), end),
    listInForceBetween(actor, slug, startOfDay(day), end),
    listRedactedLedgers(body, slug, day),
    readFigures(body, yearUntil(day)),
  ]);
  if (accepted === null || !exceptions) return null;
  return {
    day,
    version,
    body,
    notes,
    servedAt,
    accepted,
    approval: approvalOf(version, body, servedAt),
    rules: rulesInWords(version),
    exceptions: redactExceptions(exceptions),
    ledgers,
    figures,
  };
}

/** Whether the actor may make the pack for what was in force on a day. */
export const mayMakeFoiPack = (actor: Actor, { policy: { isPublished, body }, notes }: PolicyOnDay): boolean =>
  isPublished && notes.tense !== "future" && can(actor, "foi-pack.read", { body: body.slug });

/** Who is responsible for it, and its dates; a value is null if the document does not state it. */
function approvalOf({ version, hash, frontMatter }: PolicyVersion, body: Body, servedAt: Date) {
  const dated = (field: "published" | "effective" | "reviewed") => {
    const date: FrontMatter[typeof field] = frontMatter[field];
    return date && dateInWords(date);
  };
  const correction = correctionWords(frontMatter);
  return [
    { term: "Policy", value: frontMatter.title },
    { term: "Body", value: body.name },
    { term: "Version", value: [version, ...(correction ? [correction] : [])].join(", ") },
    { term: "Status", value: frontMatter.status === "interim" ? "Interim, in force for a time" : "In force" },
    { term: "Owner", value: frontMatter.owner },
    { term: "Approver", value: frontMatter.approver },
    { term: "Published", value: dated("published") },
    { term: "In effect from", value: dated("effective") },
    { term: "Last reviewed", value: dated("reviewed") },
    { term: "What changed", value: frontMatter.changeNote },
    { term: "In the body's portal since", value: momentInWords(servedAt) },
    { term: "SHA-256 of text, rules and questions", value: hash },
  ];
}
