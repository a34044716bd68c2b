import { savedFile } from "#app/_portal/file-response.ts";
import { outcomeReport } from "#domain/policy/policy/outcome-report.ts";
import { lastDayOf } from "#domain/policy/policy/on-day.ts";
import { outcomeFile } from "../outcomes/outcome-file.ts";

/**
 * The rows of a version's outcomes for programs, in the shape of `OutcomeReport`, with the proof and the page's filter.
 */
export const GET = outcomeFile((page) => {
  const report = outcomeReport(page.policy.version, page.filter);
  if (!report) return null;
  const { periods: _periods, faults: _faults, provenAt, ...figures } = page.proof;
  const content = {
    ...report,
    on: page.policy.day,
    rulesUntil: lastDayOf(page.policy.version),
    proof: { provenAt: provenAt.toISOString(), ...figures },
  };
  return savedFile(`outcomes-${report.policy}-${report.version}.json`, "application/json", JSON.stringify(content));
});
