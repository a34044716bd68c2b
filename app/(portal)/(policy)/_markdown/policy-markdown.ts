import type { RootContent } from "mdast";
import { heading, link, list, paragraph, quotation, label, strong, table } from "#app/_portal/markdown.ts";
import { policyInOneLine, policyNotices, versionNotice } from "#app/_portal/policy-notices.ts";
import { STATE_WORDS, STATUS_WORDS } from "#app/_portal/status-words.ts";
import { NOT_IN_SOURCE, openable } from "#app/(portal)/(policy)/policies/[slug]/about-document.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { channelNote, channelsOn } from "#domain/policy/policy/body.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { findClause, readTextTree, writeMarkdown } from "#server/base/content/text-markdown.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import { listOutsideRules } from "#server/policy/outside-rule/queries.ts";
import type { ReadablePolicy } from "#server/policy/policy/queries.ts";
import { listNotes } from "#server/policy/question/queries.ts";

/**
 * The page of a version as Markdown, without what is about its reader.
 * @param path of that page
 */
export async function policyMarkdown(actor: Actor, policy: ReadablePolicy, path: string): Promise<string> {
  const { version } = policy;
  const { title, summary, scope } = version.frontMatter;
  const page = `${getEnv().appUrl}${path}`;
  const isCurrent = policy.current === version.version;
  const [text, notes, around] = await Promise.all([
    readTextTree(version),
    isCurrent ? notesOf(actor, policy) : undefined,
    aroundText(actor, policy),
  ]);
  const listed = (name: string, items: readonly string[]) => [...label(name), items.join(" · ") || "Not stated"];
  return writeMarkdown(
    [
      heading(1, title),
      paragraph(strong(STATE_WORDS[policy.state]), ` · ${policyInOneLine(policy)}`),
      ...noticesInMarkdown(policy),
      heading(2, "In short", "in-short"),
      list(summary.map((line) => [line])),
      heading(2, "What it covers", "scope"),
      list([listed("Apps", scope.apps), listed("Devices", scope.devices), listed("People", scope.people)]),
      ...text.children,
      ...around,
      paragraph("This is the text of ", link(page, page), `. SHA-256 of the version: ${version.hash}`),
    ],
    { page, notes },
  );
}

/** The page of a clause as Markdown; null for one that the version does not have. @param id its number */
export async function clauseMarkdown(actor: Actor, policy: ReadablePolicy, id: string): Promise<string | null> {
  const { slug, version: number, frontMatter } = policy.version;
  const clause = findClause(await readTextTree(policy.version), id);
  if (!clause) return null;
  const page = `${getEnv().appUrl}/policies/${slug}`;
  const whole = link(`${page}.md#${clauseAnchor(id)}`, `${frontMatter.title}, version ${number}`);
  return writeMarkdown(
    [heading(1, `Clause ${id}`), paragraph(whole, ` · ${policy.body.name}`), ...noticesInMarkdown(policy), clause],
    { page, notes: await notesOf(actor, policy) },
  );
}

/** What a reader must know of a version before relying on it. */
export function noticesInMarkdown(policy: ReadablePolicy): RootContent[] {
  const ofVersion = versionNotice(policy);
  return [...(ofVersion ? [ofVersion] : []), ...policyNotices(policy)].map(({ title, says }) =>
    quotation(title.replace(/\.$/, ""), says),
  );
}

/** What the policy owner published under its clauses. */
async function notesOf(actor: Actor, { version }: ReadablePolicy): Promise<Map<string, RootContent[]>> {
  const notes = new Map<string, RootContent[]>();
  for (const { clause, text, publishedAt } of await listNotes(actor, version)) {
    const note = quotation(`Note by the policy owner, ${dateInWords(calendarDay(publishedAt))}`, text);
    notes.set(clause, [...(notes.get(clause) ?? []), note]);
  }
  return notes;
}

/** Whom to ask, what else binds the body, and the version as a document. */
async function aroundText(actor: Actor, { version, body }: ReadablePolicy): Promise<RootContent[]> {
  const { owner, status, reviewDue, related, gaps, source } = version.frontMatter;
  const blank = source ? NOT_IN_SOURCE : "Not stated";
  const [rules, hrefs] = await Promise.all([
    listOutsideRules(body),
    Promise.all(related.map(({ href }) => openable(actor, href))),
  ]);
  const channels = channelsOn(body, getToday());
  const others = related.flatMap(({ title }, at) => [
    ...(at > 0 ? [" · "] : []),
    hrefs[at] ? link(hrefs[at], title) : title,
  ]);
  return [
    heading(2, "Channels and contacts", "contacts"),
    channels.length > 0
      ? table([
          [["Channel"], ["Use it for"], ["Note"]],
          ...channels.map((channel) => [[channel.name], [channel.use ?? "Not stated"], [channelNote(channel)]]),
        ])
      : paragraph("No approved channel is named. Ask your line manager which one to use."),
    list(
      body.contacts.map(({ for: purpose, name, phone, address, outOfHours }) => [
        ...label(purpose),
        [name, phone, address, outOfHours].filter(Boolean).join(" · "),
      ]),
    ),
    ...(rules.applying.length > 0
      ? [
          heading(2, "Rules from outside", "outside-rules"),
          list(
            rules.applying.map(({ title, href, means }) => [
              href === null ? title : link(href, title),
              ...(means === null ? [] : [`: ${means}`]),
            ]),
          ),
        ]
      : []),
    heading(2, "About this document", "document-control"),
    list([
      [...label("Status"), STATUS_WORDS[status]],
      [...label("Owner"), owner ?? blank],
      [...label("Next review by"), reviewDue ? dateInWords(reviewDue) : blank],
      [...label("Related policies"), ...(others.length > 0 ? others : ["Not stated"])],
    ]),
    ...(gaps.length > 0 ? [heading(3, "What it leaves open", "gaps"), list(gaps.map((gap) => [gap]))] : []),
  ];
}
