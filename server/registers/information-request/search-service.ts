import { eventBy } from "#domain/evidence/journal/event.ts";
import { createHash, randomUUID } from "node:crypto";
import { type Actor, may } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { dayOf, type FieldProblem, textProblems } from "#domain/base/form/form-values.ts";
import { LONGEST_REQUESTED_TEXT } from "#domain/registers/information-request/information-request.ts";
import {
  SEARCH_ANSWERS,
  SEARCH_STATEMENT,
  searchAnswerProblems,
  searchRequestProblems,
  type SearchAnswerDraft,
  type SearchDraft,
} from "#domain/registers/information-request/search-request.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";
import { changeRequest, requestNotice, TOO_LATE, type RequestChange } from "./change.ts";
import { listHandlersOf, mayAnswerSearch } from "./searcher-rules.ts";
import { findRequest, findRequestToChange, insertSearchAnswer, insertSearches, updateSearches } from "./repository.ts";

/** Asks people to search. Each is told at once, and asked to answer by a day. */
export async function askToSearch(
  actor: Actor,
  reference: string,
  { startKey, draft }: { startKey: string; draft: SearchDraft },
): Promise<RequestChange> {
  const problems = searchRequestProblems(draft, clock.today());
  const found = problems.length > 0 ? [] : await findSearchers(actor, draft.people);
  const unknown = found.flatMap((one) => ("problem" in one ? [one.problem] : []));
  const people = [...new Map(found.flatMap((one) => ("person" in one ? [[one.person.id, one.person]] : []))).values()];
  const { lookFor, chats, apps, devices } = draft;
  const [firstDay, lastDay, answerBy] = [draft.firstDay, draft.lastDay, draft.answerBy].map(dayOf);
  return changeRequest(actor, {
    reference,
    seen: null,
    move: "search",
    problems: () => [...problems, ...unknown],
    async write(tx, request, at) {
      // Sent twice, the form asks once.
      if (request.searches.some((search) => search.startKey === startKey && search.askedById === actor.personId))
        return null;
      const first = request.searches.length + 1;
      const what = { lookFor, chats, apps, devices, firstDay: firstDay ?? null, lastDay: lastDay ?? null };
      const by = answerBy ?? calendarDay(at);
      const rows = people.map(({ id }, nth) => ({ personId: id, position: first + nth }));
      const asked = { requestId: request.id, askedById: actor.personId, startKey, askedAt: at, answerBy: by, ...what };
      await insertSearches(
        tx,
        rows.map((row) => ({ id: randomUUID(), ...asked, ...row })),
      );
      const words = {
        subject: `Please search your chats by ${dateInWords(by)}`,
        paragraphs: [
          "Somebody asked for information that you may hold. Look for it, and say what you found.",
          "Delete nothing that it may be about until then.",
        ],
      };
      return {
        data: {},
        step: "search-asked",
        reason: people.map(({ name }) => name).join(", "),
        facts: { people: people.length, answerBy: by, firstDay: what.firstDay, lastDay: what.lastDay },
        notices: rows.map(({ personId, position }) =>
          requestNotice(request, personId, "search-asked", { ...words, search: position }),
        ),
      };
    },
  });
}

async function findSearchers(actor: Actor, typed: readonly string[]) {
  const found = [];
  for (const word of typed) {
    const one = await findOnePerson(actor, word);
    const problem = (message: string): { problem: FieldProblem } => ({
      problem: { field: "people", message: `${word}: ${message}` },
    });
    found.push("message" in one ? problem(one.message) : { person: one });
  }
  return found;
}

/** Takes a search back: nobody has to answer it any more. @param position of the search within the request */
export const takeSearchBack = async (
  actor: Actor,
  reference: string,
  { position, reason }: { position: number; reason: string },
): Promise<RequestChange> =>
  changeRequest(actor, {
    reference,
    seen: null,
    move: "search",
    problems: () => textProblems("endReason", reason, "Say why nobody has to answer it.", LONGEST_REQUESTED_TEXT),
    async write(tx, request, at) {
      const search = request.searches.find((one) => one.position === position);
      if (!search || search.endedAt || search.answers.length > 0) return null;
      await updateSearches(tx, [search.id], { endedAt: at, endReason: reason });
      const words = { subject: "You no longer have to search", paragraphs: ["What a hold names must still be kept."] };
      return {
        data: {},
        step: "search-ended",
        reason: `${search.person.name}: ${reason}`,
        facts: { position },
        notices: [requestNotice(request, search.personId, "search-ended", { ...words, search: position })],
      };
    },
  });

/**
 * Answers a search. A later answer corrects an earlier one, which stays in the history.
 * @param seen how many answers the form showed
 */
export async function answerSearch(
  actor: Actor,
  reference: string,
  { position, seen, draft }: { position: number; seen: number; draft: SearchAnswerDraft },
): Promise<RequestChange> {
  const known = await findRequest(getDatabase(), actor.body, reference);
  const asked = known?.searches.find((one) => one.position === position);
  if (
    !known ||
    !asked ||
    !(await mayAnswerSearch(getDatabase(), actor.personId, asked, known)) ||
    !may(actor, "search-request.answer", { body: known.body, isInvolved: true })
  )
    return { code: "not-found" };
  const problems = searchAnswerProblems(draft);
  if (problems.length > 0) return { code: "invalid", problems };
  const at = clock.now();
  const { answer, words } = draft;
  const gone = answer === "gone" ? draft.gone : null;
  const minutes = Number(draft.minutes);
  return transact(async (tx): Promise<Change<RequestChange>> => {
    const request = await findRequestToChange(tx, actor.body, reference);
    const search = request?.searches.find((one) => one.position === position);
    if (!request || !search) return { result: { code: "not-found" }, evidence: [] };
    const last = search.answers.at(-1);
    const isSame = last?.answer === answer && last?.gone === gone && last?.words === words && last.minutes === minutes;
    if (isSame) return { result: { code: "done" }, evidence: [] };
    if (request.closedAt || search.endedAt) return { result: { code: "refused", message: OVER }, evidence: [] };
    if (seen !== search.answers.length) return { result: { code: "refused", message: TOO_LATE }, evidence: [] };
    const given = { id: randomUUID(), answer: answer ?? "", gone, words, minutes, statement: SEARCH_STATEMENT };
    const by = { answeredAt: at, answeredById: actor.personId };
    await insertSearchAnswer(tx, { ...given, ...by, searchId: search.id, position: seen + 1 });
    const to = await listHandlersOf(tx, request);
    const subject = `${reference}: ${actor.name} has answered a search`;
    const result = Object.entries(SEARCH_ANSWERS).find(([name]) => name === answer)?.[1] ?? "";
    return {
      result: { code: "done" },
      evidence: [
        eventBy(actor, at, "search-request.answered", request.reference, {
          data: { search: position, answer, gone, minutes, isCorrection: seen > 0, seal: sealOf(given) },
        }),
      ],
      notices: to
        .filter(({ id }) => id !== actor.personId)
        .map(({ id }) => requestNotice(request, id, "search-answered", { subject, paragraphs: [`${result}.`] })),
    };
  });
}

/** SHA-256 of an answer, by which evidence shows later that nobody changed it; its random id keeps it from being guessed. */
function sealOf(given: { id: string; answer: string; gone: string | null; words: string; minutes: number }): string {
  const { id, answer, gone, words, minutes } = given;
  return createHash("sha256")
    .update([id, answer, gone ?? "", words, minutes].join("\n"))
    .digest("hex");
}

const OVER = "Nobody has to answer this search any more, so your answer was not saved.";
