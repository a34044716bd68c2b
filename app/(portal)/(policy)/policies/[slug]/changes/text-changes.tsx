import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Tag, type TagTone } from "#app/_ui/tag.tsx";
import { WordChanges } from "#app/_ui/word-changes.tsx";
import { clauseAnchor, type Strength } from "#domain/policy/policy/clause.ts";
import type { ClauseChange } from "#domain/policy/policy/difference.ts";
import type { PolicyChanges } from "#server/policy/policy/change-queries.ts";

/** The text, clause by clause, with the words added and removed; then the text around the clauses. */
export function TextChanges({ changes: { from, to, clauses, sections, document } }: { changes: PolicyChanges }) {
  const { slug } = to.version;
  const addressOf = ({ kind, id }: ClauseChange) =>
    `/policies/${slug}/versions/${kind === "removed" ? from.version.version : to.version.version}#${clauseAnchor(id)}`;
  return (
    <>
      <Section title="The text" id="text" gap="loose">
        {clauses.length === 0 && <p>No clause was added, removed, reworded or moved.</p>}
        {clauses.map((clause) => (
          <div key={`${clause.kind} ${clause.id}`} className="space-y-1.5" data-keep="">
            <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link href={addressOf(clause)}>Clause {clause.id}</Link>
              <Tag tone={KINDS[clause.kind].tone}>{KINDS[clause.kind].word}</Tag>
              {notesOn(clause).map((note) => (
                <span key={note} className="text-small font-normal text-soft">
                  {note}
                </span>
              ))}
            </h3>
            <WordChanges words={clause.words} />
          </div>
        ))}
      </Section>
      {sections.length + document.length > 0 && (
        <Section title="Around the clauses" id="around">
          {sections.length > 0 && (
            <Disclosure summary="Headings and introductions">
              {sections.map(({ title, words }) => (
                <WordChanges key={title} words={words} />
              ))}
            </Disclosure>
          )}
          {document.length > 0 && (
            <Disclosure summary="Title, dates and other details">
              {document.map(({ field, words }) => (
                <div key={field}>
                  <h3>{field}</h3>
                  <WordChanges words={words} />
                </div>
              ))}
            </Disclosure>
          )}
        </Section>
      )}
    </>
  );
}

const KINDS: Record<ClauseChange["kind"], { word: string; tone: TagTone }> = {
  added: { word: "Added", tone: "good" },
  removed: { word: "Removed", tone: "warning" },
  reworded: { word: "Reworded", tone: "neutral" },
  moved: { word: "Moved", tone: "neutral" },
};

const STRENGTH_WORDS = {
  must: "must",
  "must-not": "must not",
  should: "should",
  may: "may",
  information: "information",
} as const satisfies Record<Strength, string>;

function notesOn({ kind, formerId, formerSection, strength, words }: ClauseChange): string[] {
  const isReworded = words.some(({ change }) => change !== "same");
  return [
    ...(formerId === null ? [] : [`was clause ${formerId}`]),
    ...(formerSection === null ? [] : [`was in “${formerSection}”`]),
    ...(kind === "moved" && isReworded ? ["and reworded"] : []),
    ...(strength ? [`from “${STRENGTH_WORDS[strength.from]}” to “${STRENGTH_WORDS[strength.to]}”`] : []),
  ];
}
