import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getComparePage } from "#server/policy/policy/compare-queries.ts";
import { ChoiceForm } from "./choice-form.tsx";
import { Disagreements } from "./disagreements.tsx";
import { problemInWords } from "./problem-words.ts";
import { SideBySide } from "./side-by-side.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { problems } = (await readPage(props)).page;
  return { title: `${problems.length > 0 ? "Error: " : ""}Compare policies` };
}

/** Up to six policies side by side for one situation, and where they disagree over all situations. */
export default async function ComparePoliciesPage(props: Props) {
  const { actor, query, page } = await readPage(props);
  const { offered, problems, opinions, chosen } = page;
  const canCompare = problems.length === 0 && chosen.length > 1;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="section">
        <Stack>
          <BackLink href="/policies">All policies</BackLink>
          <ErrorSummary errors={problems.map((problem) => ({ field: "policy", message: problemInWords(problem) }))} />
          <PageHeading>Compare policies</PageHeading>
          {offered.length < 2 ? (
            <p>There is nothing to compare yet: fewer than two policies are published here.</p>
          ) : (
            <p>See what several policies say about the same message. Only your own policy binds you.</p>
          )}
        </Stack>
        {offered.length > 1 && <ChoiceForm page={page} />}
        {opinions.length > 0 && <SideBySide page={page} />}
        {canCompare && <Disagreements page={page} isAll={[query.all].flat().at(-1) === "1"} />}
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ searchParams }: Props) => {
  const [actor, query] = [await requireActor(), await searchParams];
  return { actor, query, page: await getComparePage(actor, query) };
});
