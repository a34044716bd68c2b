import { pictureOf } from "#app/(portal)/(answers)/matrix/matrix-picture.ts";
import { MatrixTable } from "#app/(portal)/(policy)/_verdict/matrix-table.tsx";
import { assumptionSentences } from "#app/(portal)/(policy)/_verdict/matrix-words.ts";
import { embeddedPage } from "#app/embed/embedded.tsx";
import { ownState } from "#domain/policy/decision/matrix-state.ts";

/** The policy's table as a matrix under its own assumptions, for the intranet of its body. */
const { generateMetadata, Page } = embeddedPage(({ version }) => {
  const source = { version, before: null, own: null, lastDays: {} };
  const { view, rows, columns, cells } = pictureOf(source, ownState(version.table, version.matrix));
  return {
    heading: `${rows.ask} ${columns.ask}`,
    content: (
      <>
        {assumptionSentences(version, view).holds.map((sentence) => (
          <p key={sentence}>{sentence}</p>
        ))}
        <MatrixTable
          words={version.words}
          caption={`Verdicts by “${rows.ask}” and “${columns.ask}”`}
          corner={rows.ask}
          columns={columns.answers.map(({ answer, label }) => ({ key: answer, label }))}
          rows={rows.answers.map(({ answer, label }, at) => ({ key: answer, label, cells: cells[at] ?? [] }))}
        />
      </>
    ),
    on: {
      href: `/matrix?${new URLSearchParams({ policy: version.slug }).toString()}`,
      label: "See why, and try other answers,",
    },
  };
});
export { generateMetadata, Page as default };
