import type { ReactNode } from "react";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { NumberedParagraph } from "#app/_ui/numbered-paragraph.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Prose } from "#app/_ui/prose.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clauseAnchor, sectionAnchor, type Strength } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { policyTextComponent } from "#server/base/content/compile.ts";
import type { ClauseNote } from "#server/policy/question/queries.ts";

type ClauseProps = { id: string; kind?: string; strength?: string; children: ReactNode };

/** @param askOn slug of the policy, where its reader may ask about it and for an exception from it */
function clauseOf(askOn: string | null, notes: readonly ClauseNote[]) {
  return function Clause({ id, kind, strength = "", children }: ClauseProps) {
    return (
      <NumberedParagraph id={clauseAnchor(id)} number={id} kind="Clause">
        <div className="relative">
          <div className="inline [&>p:last-child]:inline">
            {kind === "risk" && <Tag>Risk</Tag>} {children}
          </div>
          {notes
            .filter(({ clause }) => clause === id)
            .map(({ reference, text, publishedAt }) => (
              <aside
                key={reference}
                aria-label={`Note on clause ${id}`}
                className="mt-3 border-s-4 border-line ps-4 text-small"
              >
                <p className="font-bold">Note, {dateInWords(calendarDay(publishedAt).slice(0, 7))}</p>
                <UserText>{text}</UserText>
              </aside>
            ))}
          {askOn !== null && <AskLinks policy={askOn} clause={id} isBinding={BINDING.includes(strength)} />}
        </div>
      </NumberedParagraph>
    );
  };
}

/** Strengths of clauses that one can be excepted from. */
const BINDING: readonly string[] = ["must", "must-not", "should"] satisfies Strength[];

type AskLinksProps = { policy: string; clause: string; isBinding: boolean };

// In the gap below the clause; where nothing can point, or both do not fit on one line, they end it.
const ASK_LOOK = [
  "no-print inline-flex flex-wrap gap-x-4 gap-y-1 text-small",
  "pointing:absolute pointing:end-0 pointing:top-[calc(100%-0.2rem)] pointing:z-1 pointing:rounded-small pointing:bg-paper pointing:px-[0.4rem] pointing:opacity-0",
  "pointing:group-focus-within/numbered:opacity-100 pointing:group-hover/numbered:opacity-100",
  "pointing:group-target/numbered:bg-accent-tint pointing:group-target/numbered:opacity-100",
].join(" ");

/** Quiet: seen where one points, goes or arrives. */
function AskLinks({ policy, clause, isBinding }: AskLinksProps) {
  const query = new URLSearchParams({ policy, clause }).toString();
  return (
    <>
      {" "}
      <span className={ASK_LOOK}>
        <Link
          href={`/policies/${policy}/ask?${new URLSearchParams({ clause }).toString()}`}
          className="inline-flex min-h-6 items-center whitespace-nowrap"
        >
          Ask about this clause<VisuallyHidden> {clause}</VisuallyHidden>
        </Link>
        {isBinding && (
          <Link href={`/exceptions/new?${query}`} className="inline-flex min-h-6 items-center whitespace-nowrap">
            Ask for an exception<VisuallyHidden> from clause {clause}</VisuallyHidden>
          </Link>
        )}
      </span>
    </>
  );
}

function Callout({ title, children }: { title?: string; children: ReactNode }) {
  return (
    <Panel title={title} headingLevel={3}>
      {children}
    </Panel>
  );
}

function Gap({ children }: { children: ReactNode }) {
  return <Missing>{children}</Missing>;
}

function SectionHeading({ children }: { children?: ReactNode }) {
  return <h2 id={sectionAnchor(textOf(children))}>{children}</h2>;
}

function textOf(node: ReactNode): string {
  if (Array.isArray(node)) return node.map(textOf).join("");
  return typeof node === "string" || typeof node === "number" ? String(node) : "";
}

type PolicyTextProps = {
  version: PolicyVersion;
  /** Whether the reader may ask about it, and for exceptions from it: the own body's, and published. */
  canAsk: boolean;
  /** What the policy owner published under clauses of it. */
  notes?: readonly ClauseNote[] | undefined;
};

/** A version's text with its clauses numbered and linked. The components are all that policy authors may use. */
export async function PolicyText({ version, canAsk, notes = [] }: PolicyTextProps) {
  const Content = await policyTextComponent(version);
  const Clause = clauseOf(canAsk ? version.slug : null, notes);
  return (
    <Prose>
      <Content components={{ Clause, Callout, Gap, h2: SectionHeading }} />
    </Prose>
  );
}
