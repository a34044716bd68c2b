/** The progress of each part of a request, for its task list (S3.11; the parts are those of request.ts). */
import { problemsIn, type RequestContent, type RequestLimits, type RequestSection } from "./request.ts";

export const PROGRESS_WORDS = {
  "not-started": "Not started",
  "not-complete": "Not complete",
  complete: "Complete",
  "look-again": "Look again",
} as const;
export type Progress = keyof typeof PROGRESS_WORDS;

/**
 * The progress of a part. `look-again`: everything is filled in, but something is wrong with it now, or somebody asked
 * for a change to it.
 * @param isFlagged a decider commented on this part, or the policy that it draws on has changed
 */
export function progressOf(
  section: RequestSection,
  content: RequestContent,
  limits: RequestLimits,
  isFlagged: boolean,
): Progress {
  const given = whatIsGiven(section, content);
  if (!given.some(Boolean)) return "not-started";
  if (!given.every(Boolean)) return "not-complete";
  return isFlagged || problemsIn(section, content, limits).length > 0 ? "look-again" : "complete";
}

/**
 * Which of the things that a part needs are filled in, right or wrong. Clauses are prefilled, so on their own they do
 * not count as a start.
 */
function whatIsGiven(section: RequestSection, content: RequestContent): boolean[] {
  const { clauses, justification, whyNoChannel, dataInvolved, scope, teamId, groupId, wantedUntil, risks } = content;
  switch (section) {
    case "why": {
      const texts = [justification, whyNoChannel, dataInvolved].map((text) => text.trim() !== "");
      return texts.some(Boolean) ? [clauses.length > 0, ...texts] : texts;
    }
    case "who":
      return [{ person: true, team: teamId !== null, group: groupId !== null }[scope ?? "team"], wantedUntil !== null];
    case "risks":
      return [
        risks.length > 0,
        ...risks.flatMap(({ description, mitigations }) => [
          description.trim() !== "",
          ...mitigations.map(({ text }) => text.trim() !== ""),
        ]),
      ];
  }
}
