import { framedPage } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/layout.tsx";
import { ErrorSummary } from "#app/_ui/content.tsx";
import { MOST_MERGED } from "#server/policy/draft/merge-queries.ts";
import { PolicyQuestion, problemInWords } from "../compare/choice-form.tsx";
import { InShort } from "./combination-lines.tsx";
import { form, page } from "./form.tsx";

/** For councils that merge: where two to four policies agree, which is the strictest, and what has to be decided. */
const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { offered, chosen, isStart, problems, isMerged, combinations } = shown.view;
  return (
    <>
      <ErrorSummary
        errors={problems.map((problem) => ({ field: "policy", message: problemInWords(problem, MOST_MERGED) }))}
      />
      <p>See what several policies say in every situation, choose whose answer to take, and begin a draft from that.</p>
      <form action="/policies/merge" method="get" noValidate className="no-print space-y-5">
        <PolicyQuestion offered={offered} chosen={isStart ? [] : chosen} problems={problems} most={MOST_MERGED} />
        <Button look={combinations ? "quiet" : "primary"}>Sort every situation</Button>
      </form>
      {isMerged && !combinations && (
        <p>These policies differ in too many ways to put them together at once. Choose fewer policies.</p>
      )}
      {combinations && (
        <>
          <InShort view={shown.view} combinations={combinations} />
          {form.show(shown)}
        </>
      )}
    </>
  );
});
export { generateMetadata, Page as default };
