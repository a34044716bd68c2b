import type { ReactNode } from "react";
import { Link } from "#app/_ui/link.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { NumberedParagraph } from "#app/_ui/numbered-paragraph.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Prose } from "#app/_ui/prose.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { clauseAnchor, sectionAnchor, type Strength } from "#domain/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { compilePolicyText } from "#server/content/compile.ts";

type ClauseProps = { id: string; kind?: string; strength?: string; children: ReactNode };

/** @param askOn slug of the policy, where its reader may ask for an exception from it */
function clauseOf(askOn: string | null) {
  return function Clause({ id, kind, strength = "", children }: ClauseProps) {
    return (
      <NumberedParagraph id={clauseAnchor(id)} number={id} kind="Clause">
        <div className="relative">
          <div className="inline [&>p:last-child]:inline">
            {kind === "risk" && <Tag>Risk</Tag>} {children}
          </div>
          {askOn !== null && BINDING.includes(strength) && <AskForException policy={askOn} clause={id} />}
        </div>
      </NumberedParagraph>
    );
  };
}

/** Strengths of clauses that one can be excepted from. */
const BINDING: readonly string[] = ["must", "must-not", "should"] satisfies Strength[];

/** Quiet: seen where one points, goes or arrives; see .ask-exception. */
function AskForException({ policy, clause }: { policy: string; clause: string }) {
  return (
    <>
      {" "}
      <Link
        href={`/exceptions/new?${new URLSearchParams({ policy, clause }).toString()}`}
        className="ask-exception no-print text-small whitespace-nowrap"
      >
        Ask for an exception<VisuallyHidden> from clause {clause}</VisuallyHidden>
      </Link>
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
  /** Whether the reader may ask for exceptions from it: the own body's, and published. */
  canAsk: boolean;
};

/** A version's text with its clauses numbered and linked. The components are all that policy authors may use. */
export async function PolicyText({ version, canAsk }: PolicyTextProps) {
  const Content = await compilePolicyText(version);
  const Clause = clauseOf(canAsk ? version.slug : null);
  return (
    <Prose>
      <Content components={{ Clause, Callout, Gap, h2: SectionHeading }} />
    </Prose>
  );
}
