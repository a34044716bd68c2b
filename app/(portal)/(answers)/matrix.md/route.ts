import { matrixSource } from "#app/(portal)/(answers)/matrix/matrix-data.ts";
import { pictureOf, type PictureCell } from "#app/(portal)/(answers)/matrix/matrix-picture.ts";
import { assumptionSentences } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { noticesInMarkdown } from "#app/(portal)/(policy)/_markdown/policy-markdown.ts";
import { heading, link, list, markdownResponse, paragraph, strong, table } from "#app/_portal/markdown.ts";
import { policyInOneLine } from "#app/_portal/policy-notices.ts";
import { clausesIn } from "#domain/policy/decision/matrix.ts";
import { writeState } from "#domain/policy/decision/matrix-state.ts";
import { verdictWord } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { writeMarkdown } from "#server/base/content/text-markdown.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { getMatrixFor, type MatrixPage } from "#server/policy/policy/matrix-queries.ts";

/** The matrix at an address as Markdown, without the reader's exceptions. */
export async function GET(request: Request): Promise<Response> {
  const page = await getMatrixFor(await requireActor(), new URL(request.url).searchParams);
  return markdownResponse(request, page && matrixMarkdown({ ...page, granted: [] }));
}

function matrixMarkdown(shown: MatrixPage): string {
  const { policy, subject, state } = shown;
  const source = matrixSource(shown);
  const { version, slug, frontMatter } = policy.version;
  const { rows, columns, cells, view } = pictureOf(source, state);
  const { appUrl } = getEnv();
  const page = `${appUrl}/matrix?${writeState(subject, policy.version.table, policy.version.matrix, state)}`;
  const text = `${appUrl}/policies/${slug}${subject.version === null ? "" : `/versions/${version}`}`;
  const wordsOf = ({ cell, verdict, notes, change }: PictureCell) => [
    strong(verdict === null ? "Depends" : verdictWord(source.version, verdict)),
    [". ", ...[...notes, ...(change === null ? [] : [change])].map((note) => `${note}. `)].join(""),
    ...clausesIn(policy.version.table, cell).flatMap((id, at) => [
      at === 0 ? "Clauses " : ", ",
      link(`${text}#${clauseAnchor(id)}`, id),
    ]),
  ];
  return writeMarkdown(
    [
      heading(1, `${rows.ask} ${columns.ask}`),
      paragraph(link(`${text}.md`, frontMatter.title), ` · ${policyInOneLine(policy)}`),
      ...noticesInMarkdown(policy),
      ...(policy.isOtherDay ? [paragraph(`As of ${policy.day}.`)] : []),
      ...assumptionSentences(source.version, view).holds.map((sentence) => paragraph(sentence)),
      table([
        [[rows.ask], ...columns.answers.map(({ label }) => [label])],
        ...rows.answers.map(({ label }, at) => [[strong(label)], ...(cells[at] ?? []).map(wordsOf)]),
      ]),
      list([[link(page, "This matrix in the portal")]]),
    ],
    { page },
  );
}
