import type { ReactNode } from "react";
import { Missing } from "#app/_ui/missing.tsx";
import { NumberedParagraph } from "#app/_ui/numbered-paragraph.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Prose } from "#app/_ui/prose.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { clauseAnchor, sectionAnchor } from "#domain/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy.ts";
import { compilePolicyText } from "#server/content/compile.ts";

type ClauseProps = { id: string; kind?: string; children: ReactNode };

function Clause({ id, kind, children }: ClauseProps) {
  return (
    <NumberedParagraph id={clauseAnchor(id)} number={id} kind="Clause">
      <div>
        {kind === "risk" && <Tag>Risk</Tag>} {children}
      </div>
    </NumberedParagraph>
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

/** A version's text with its clauses numbered and linked. The components are all that policy authors may use. */
export async function PolicyText({ version }: { version: PolicyVersion }) {
  const Content = await compilePolicyText(version);
  return (
    <Prose>
      <Content components={{ Clause, Callout, Gap, h2: SectionHeading }} />
    </Prose>
  );
}
