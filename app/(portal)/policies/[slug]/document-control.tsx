import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Missing } from "#app/_ui/missing.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { dateInWords } from "#domain/calendar/calendar.ts";
import type { ReadablePolicy } from "#server/policy/queries.ts";

/** Who answers for the document, its dates, where it comes from. What it does not state is shown as a gap. */
export function DocumentControl({ policy: { version, body, isPublished } }: { policy: ReadablePolicy }) {
  const { frontMatter, hash } = version;
  const { source } = frontMatter;
  const stated = (term: string, value: string | null) => ({
    term,
    value: value ?? <Missing what={term.toLowerCase()} />,
  });
  const dated = (term: string, date: string | null) => stated(term, date && dateInWords(date));
  return (
    <Stack as="section">
      <h2 id="document-control">Document control</h2>
      <SummaryList
        rows={[
          { term: "Body", value: body.name },
          { term: "Version", value: version.version },
          { term: "Status", value: STATUS_WORDS[frontMatter.status] },
          stated("Owner", frontMatter.owner),
          stated("Approver", frontMatter.approver),
          stated("Audience", frontMatter.audience),
          dated("Published", frontMatter.published),
          dated("In effect from", frontMatter.effective),
          dated("Last reviewed", frontMatter.reviewed),
          dated("Next review by", frontMatter.reviewDue),
          ...(frontMatter.status === "interim" ? [dated("Interim until", frontMatter.interimUntil)] : []),
          stated("Classification", frontMatter.classification),
          stated("Jurisdiction", frontMatter.jurisdiction),
          stated("What changed", frontMatter.changeNote),
          stated("How long messages are kept", body.retention),
          {
            term: "Related policies",
            value:
              frontMatter.related.length > 0 ? (
                frontMatter.related.map(({ title }) => title).join(" · ")
              ) : (
                <Missing what="related policies" />
              ),
          },
          ...(isPublished ? [{ term: "Fingerprint of text, rules and questions (SHA-256)", value: hash }] : []),
        ]}
      />
      <Disclosure summary="What staff are asked to accept">
        <p>{frontMatter.acknowledgement}</p>
      </Disclosure>
      {source && (
        <Disclosure summary="Where it comes from">
          <p>
            Based on “{source.title}” ({source.statements} statements, numbered {source.id}.1 to {source.id}.
            {source.statements}), put in plain words.
          </p>
          <ul>
            {source.provenance.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </Disclosure>
      )}
    </Stack>
  );
}
