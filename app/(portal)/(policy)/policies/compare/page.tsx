import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { StrictnessNote } from "#app/(portal)/(policy)/_verdict/strictness-note.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { BackLink, LinkLine, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { getComparePage } from "#server/policy/policy/compare-queries.ts";
import { ChoiceForm, problemInWords } from "./choice-form.tsx";
import { Disagreements } from "./disagreements.tsx";
import { SideBySide } from "./side-by-side.tsx";

const page = definePage({
  path: "/policies/compare",
  read: ({ actor, query }) => getComparePage(actor, query),
  heading: ({ view: { problems } }) => `${problems.length > 0 ? "Error: " : ""}Compare policies`,
});

/** Up to six policies side by side for one situation, and where they disagree over all situations. */
const { generateMetadata, Page } = showPage(page, ({ actor, view, query }) => {
  const { offered, problems, opinions, chosen } = view;
  const canCompare = problems.length === 0 && chosen.length > 1;
  return (
    <PortalPage actor={actor} section="policies" gap="section">
      <Stack>
        <BackLink href="/policies">All policies</BackLink>
        <ErrorSummary errors={problems.map((problem) => ({ field: "policy", message: problemInWords(problem) }))} />
        <PageHeading>Compare policies</PageHeading>
        {offered.length < 2 ? (
          <p>There is nothing to compare yet: fewer than two policies are published here.</p>
        ) : (
          <p>See what several policies say about the same message. Only your own policy binds you.</p>
        )}
        {offered.length > 1 && can(actor, "policy.edit-draft", actor) && (
          <LinkLine href="/policies/merge">Put policies together</LinkLine>
        )}
      </Stack>
      {offered.length > 1 && <ChoiceForm page={view} />}
      {opinions.length > 0 && <SideBySide page={view} />}
      {view.strictness.length > 0 && (
        <PageSection title="Which is stricter" id="strictness">
          {view.strictness.map(({ proof, pair }) => (
            <StrictnessNote key={pair[0].slug} proof={proof} pair={pair} />
          ))}
        </PageSection>
      )}
      {canCompare && <Disagreements page={view} isAll={[query["all"]].flat().at(-1) === "1"} />}
    </PortalPage>
  );
});
export { generateMetadata, Page as default };
