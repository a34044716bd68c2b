import { outcomeReport } from "#domain/policy/policy/outcome-report.ts";
import { lastDayOf } from "#domain/policy/policy/on-day.ts";
import { outcomeFile } from "../outcomes/outcome-file.ts";

/**
 * The rows of a version's outcomes for programs, in the shape of `OutcomeReport`, with the proof and the page's filter.
 */
export const GET = outcomeFile((page) => {
  const report = outcomeReport(page.policy.version, page.filter);
  if (!report) return null;
  const { proof } = page;
  return Response.json(
    {
      ...report,
      on: page.policy.day,
      rulesUntil: lastDayOf(page.policy.version),
      proof: proof && {
        provenAt: proof.provenAt.toISOString(),
        situations: proof.situations,
        undecided: proof.undecided,
        unreachable: proof.unreachable,
        uncited: proof.uncited,
        brokenCitations: proof.brokenCitations,
        laxer: proof.laxer,
        wrongExamples: proof.wrongExamples,
      },
    },
    {
      headers: {
        "content-disposition": `attachment; filename="outcomes-${report.policy}-${report.version}.json"`,
        "cache-control": "no-store",
      },
    },
  );
});
