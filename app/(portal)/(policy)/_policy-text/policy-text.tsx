import type { MDXComponents } from "mdx/types";
import { createElement, type ComponentProps, type ReactNode } from "react";
import { keepBytes } from "#app/_portal/draw-once.tsx";
import { Link, Panel, Prose } from "#app/_ui/layout.tsx";
import { Missing, Tag, UserText } from "#app/_ui/content.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor, OF_BODY, sectionAnchor } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { htmlReact, onceForEachHash, writePolicyText } from "#server/base/content/text-html.ts";
import type { ClauseNote } from "#server/policy/question/queries.ts";

/**
 * The look of clauses, defined once: there are a hundred on a page. A clause is kept together in print, and highlighted
 * when a link leads to it. The link to its own page is there on demand: on hover, focus or arrival, in the gap below the
 * clause; on devices without hover, at its end once its number was chosen.
 */
const CLAUSES = [
  "[&_.clause]:grid [&_.clause]:scroll-mt-6 [&_.clause]:grid-cols-[3.2rem_minmax(0,1fr)] [&_.clause]:gap-x-2 [&_.clause]:rounded-small [&_.clause]:py-2",
  "[&_.clause:target]:bg-accent-tint [&_.clause:target]:outline-8 [&_.clause:target]:outline-accent-tint [&_.clause:target]:outline-solid print:[&_.clause:target]:outline-0 forced-colors:[&_.clause:target]:outline-2 forced-colors:[&_.clause:target]:outline-[Highlight]",
  "[&_.number]:inline-flex [&_.number]:min-h-6 [&_.number]:min-w-8 [&_.number]:self-start [&_.number]:text-soft [&_.number]:tabular-nums [&_.number]:no-underline [&_.number:hover]:underline",
  // On a phone only the clauses near the screen are laid out: all of them would take most of the time to the first paint.
  "upright:[&_.clause]:[content-visibility:auto] upright:[&_.clause]:[contain-intrinsic-size:auto_7rem] upright:[&_.clause]:[overflow-clip-margin:0.5rem]",
  "[&_.clause>div]:relative [&_.clause>div]:min-w-0",
  // For screen readers only.
  "[&_:is(.ask,.number)_i]:sr-only print:[&_.ask]:hidden!",
  "[&_.words]:inline [&_.words>p:last-child]:inline",
  "[&_.ask]:hidden [&_.ask]:min-h-6 [&_.ask]:items-center [&_.ask]:text-small [&_.clause:is(:focus-within,:target)_.ask]:inline-flex",
  "pointing:[&_.ask]:absolute pointing:[&_.ask]:end-0 pointing:[&_.ask]:top-[calc(100%-0.2rem)] pointing:[&_.ask]:z-1 pointing:[&_.ask]:inline-flex pointing:[&_.ask]:rounded-small pointing:[&_.ask]:bg-paper pointing:[&_.ask]:px-[0.4rem] pointing:[&_.ask]:opacity-0",
  "pointing:[&_.clause:is(:focus-within,:hover,:target)_.ask]:opacity-100 pointing:[&_.clause:target_.ask]:bg-accent-tint",
].join(" ");

const Clause = ({ id, kind, binds, children }: { id: string; kind?: string; binds?: string; children: ReactNode }) => (
  <div id={clauseAnchor(id)} className="clause">
    <a href={`#${clauseAnchor(id)}`} className="number">
      <i>Clause </i>
      {id}
    </a>
    <div>
      <div className="words">
        {kind === "risk" && <Tag>Risk</Tag>} {binds === "body" && <Tag>{OF_BODY}</Tag>} {children}
      </div>
      {createElement(FOOT, { id })}
    </div>
  </div>
);

/** Holds what is shown below a clause but is not its text: notes, and the link to its own page. */
const FOOT = "clause-foot";
const FEET = new RegExp(`<${FOOT} id="([^"]*)"></${FOOT}>`, "g");

const AboutLink = ({ policy, clause }: { policy: string; clause: string }) => (
  <>
    {" "}
    <Link href={`/policies/${policy}/clauses/${clause}`} className="ask">
      About this clause<i> {clause}</i>
    </Link>
  </>
);

const Note = ({ note: { clause, text, publishedAt } }: { note: ClauseNote }) => (
  <aside aria-label={`Note on clause ${clause}`} className="mt-3 border-s-4 border-line ps-4 text-small">
    <p className="font-bold">Note, {dateInWords(calendarDay(publishedAt).slice(0, 7))}</p>
    <UserText>{text}</UserText>
  </aside>
);

const Callout = ({ title, children }: { title?: string; children: ReactNode }) => (
  <Panel title={title} headingLevel={3}>
    {children}
  </Panel>
);

const Gap = ({ children }: { children: ReactNode }) => <Missing>{children}</Missing>;

const SectionHeading = ({ children }: { children?: ReactNode }) => (
  <h2 id={sectionAnchor(textOf(children))}>{children}</h2>
);

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(textOf).join("");
  return typeof node === "string" || typeof node === "number" ? String(node) : "";
}

/** A table in the look of the portal's own: where there is no room, each row is a card with its labels. */
const TABLE: MDXComponents = {
  table: (props) => (
    <div className="@container" data-stacked="38rem">
      <table {...props} className="w-full text-start stacked:block" />
    </div>
  ),
  thead: (props) => <thead {...props} role="rowgroup" className="stacked:sr-only" />,
  tbody: (props) => <tbody {...props} role="rowgroup" className="stacked:block" />,
  th: (props: ComponentProps<"th">) => (
    <th
      {...props}
      className={
        props.scope === "row"
          ? "data-cell text-start stacked:text-(length:--text-body)"
          : "border-b-2 border-edge py-3 pe-5 text-start align-bottom text-(length:--text-small) text-soft last:pe-0 stacked:block"
      }
    />
  ),
  td: (props) => (
    <td {...props} className="data-cell text-start stacked:text-start stacked:label-before stacked:empty:hidden" />
  ),
};

/** Everything that policy authors may use. */
const COMPONENTS: MDXComponents = { Clause, Callout, Gap, h2: SectionHeading, ...TABLE };

const written = onceForEachHash((version) => writePolicyText(version, COMPONENTS));
const withAboutLinks = onceForEachHash(async (version: PolicyVersion) =>
  (await written(version)).replace(FEET, (foot, clause: string) => {
    return foot + htmlReact().renderToStaticMarkup(<AboutLink policy={version.slug} clause={clause} />);
  }),
);
const alone = onceForEachHash(async (version) => withNotes(await written(version), []));
const askableAlone = onceForEachHash(async (version: PolicyVersion) => withNotes(await withAboutLinks(version), []));

/** The bytes of a text with the notes published under its clauses. */
function withNotes(text: string, notes: readonly ClauseNote[]): Buffer {
  const html = text.replace(FEET, (_, clause: string) =>
    notes
      .filter((note) => note.clause === clause)
      .map((note) => htmlReact().renderToStaticMarkup(<Note note={note} />))
      .join(""),
  );
  return Buffer.from(html);
}

type PolicyTextProps = {
  version: PolicyVersion;
  /** Whether the reader may ask about it, and for exceptions from it: published, and of their own body. */
  canAsk: boolean;
  /** The notes that the policy owner published under its clauses. */
  notes?: readonly ClauseNote[] | undefined;
};

/**
 * A version's text with its clauses numbered and linked: rendered once for each text; only the notes are added for
 * readers.
 */
export async function PolicyText({ version, canAsk, notes = [] }: PolicyTextProps) {
  const bytes =
    notes.length === 0
      ? await (canAsk ? askableAlone(version) : alone(version))
      : withNotes(await (canAsk ? withAboutLinks(version) : written(version)), notes);
  return <PolicyProse html={keepBytes(bytes)} />;
}

/** HTML of a policy's text, in the look that it has for readers. */
export const PolicyProse = ({ html }: { html: string }) => (
  <Prose>
    <div className={CLAUSES} dangerouslySetInnerHTML={{ __html: html }} />
  </Prose>
);

/** The text of a draft in HTML, which is not kept: the next key changes it. It rejects as `writePolicyText`. */
export const draftTextHtml = async (text: Pick<PolicyVersion, "hash" | "text">): Promise<string> =>
  (await writePolicyText(text, COMPONENTS)).replace(FEET, "");
