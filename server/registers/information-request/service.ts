import { listDecidersBut, startEntry } from "#server/registers/entry/effects.ts";
import type { Started } from "#domain/base/form/outcome.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import {
  dayOf,
  dayProblems,
  type FieldProblem,
  problemIf,
  textProblems,
  type TypedDate,
} from "#domain/base/form/form-values.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import {
  isRequestKind,
  LONGEST_REQUESTED_TEXT,
  pastDayProblems,
  PAUSE_REASONS,
  REQUEST_STATES,
  requestProblems,
  type PauseReason,
  type RequestDraft,
  type RequestKind,
  type RequestOutcome,
} from "#domain/registers/information-request/information-request.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { followRequestKind, placeHold, type SentHold } from "#server/registers/hold/effects.ts";
import { addRequestStep, changeRequest, requestNotice, changeByForm, type RequestChange } from "./change.ts";
import {
  requestKind,
  storedKind,
  endPause,
  findRequest,
  insertPause,
  insertRequest,
  updateSearches,
  type RequestRecord,
} from "./repository.ts";

const today = () => clock.today();

/** Enters a request that somebody outside made. Who enters it handles it, until they pass it on. */
export async function enterRequest(
  actor: Actor,
  { startKey, draft }: { startKey: string; draft: RequestDraft },
): Promise<Started<"entered">> {
  if (!can(actor, "information-request.handle", actor)) return { code: "not-found" };
  const problems = requestProblems(draft, today());
  const { kind, requester, asked } = draft;
  if (problems.length > 0 || !isRequestKind(kind)) return { code: "invalid", problems };
  const row = { requester, asked, receivedOn: dayOf(draft.receivedOn) ?? "", dueOn: dayOf(draft.dueOn) };
  return insertNew(actor, startKey, { ...row, kind, complainantId: null, handlerId: actor.personId });
}

/** Takes an employee's complaint about how the body handled their data. Who handles complaints is told at once. */
export async function makeComplaint(
  actor: Actor,
  { startKey, asked }: { startKey: string; asked: string },
): Promise<Started<"entered">> {
  if (!can(actor, "complaint.make", actor)) return { code: "not-found" };
  const problems = textProblems("asked", asked, "Say what happened with your data.", LONGEST_REQUESTED_TEXT);
  if (problems.length > 0) return { code: "invalid", problems };
  const row = { requester: "", asked, receivedOn: today(), dueOn: null, handlerId: null };
  return insertNew(actor, startKey, { ...row, kind: "complaint", complainantId: actor.personId });
}

type NewRequest = Omit<RequestRow, "kind"> & { kind: RequestKind };
type RequestRow = Pick<
  RequestRecord,
  "kind" | "requester" | "asked" | "receivedOn" | "dueOn" | "complainantId" | "handlerId"
>;

async function insertNew(actor: Actor, startKey: string, { kind, ...row }: NewRequest): Promise<Started<"entered">> {
  const { body, personId } = actor;
  const at = clock.now();
  return startEntry("REQ", { personId, startKey }, { code: "entered" }, async (tx, entry) => {
    const head = { ...entry, body };
    await insertRequest(tx, { ...head, ...row, kind: storedKind(kind), enteredById: personId, enteredAt: at });
    await addRequestStep(tx, head.id, actor, at, { step: "entered" });
    const handlers = row.handlerId === null ? await listDecidersBut(tx, body, row.complainantId) : [];
    const event = eventBy(actor, at, "information-request.entered", entry.reference, {
      data: { kind, receivedOn: row.receivedOn, dueOn: row.dueOn, isOwn: row.complainantId !== null },
    });
    const notices = handlers.map(({ id }) =>
      requestNotice(head, id, "request-to-handle", {
        subject: `${head.reference}: somebody complains about how their data was handled`,
        paragraphs: ["Acknowledge it within 30 days, look into it, and say what came of it. Nobody has taken it yet."],
      }),
    );
    return { evidence: [event], notices };
  });
}

interface CorrectedRequest {
  draft: RequestDraft;
  reason: string;
}

/**
 * Corrects what was entered of a request; what stood before stays in its history. The hold that it placed follows its
 * kind.
 */
export const correctRequest = changeByForm("correct", ({ draft, reason }: CorrectedRequest, actor) => ({
  problems: ({ complainantId }) => [
    // The last day has a form of its own; an employee's own complaint names nobody else.
    ...requestProblems(draft, today()).filter(
      ({ field }) => field !== "dueOn" && (complainantId === null || !["kind", "requester"].includes(field)),
    ),
    ...textProblems("reason", reason, "Say why you are correcting it.", LONGEST_REQUESTED_TEXT),
  ],
  async write(tx, { kind, requester, asked, receivedOn, complainantId, hold }, at) {
    const sent = isRequestKind(draft.kind) ? draft.kind : requestKind(kind);
    const next = {
      kind: storedKind(complainantId === null ? sent : "complaint"),
      requester: complainantId === null ? draft.requester : requester,
      asked: draft.asked,
      receivedOn: dayOf(draft.receivedOn) ?? receivedOn,
    };
    const isOther = sent !== requestKind(kind) && complainantId === null;
    const followed =
      hold && isOther ? await followRequestKind(tx, actor, hold.reference, { reason: sent, why: reason, at }) : {};
    return {
      ...followed,
      data: next,
      step: "corrected",
      reason,
      before: { kind: requestKind(kind), requester, asked, receivedOn },
      facts: { kind: sent, receivedOn: next.receivedOn },
    };
  },
}));

/** Passes a request on to somebody else who may handle it. They are told. @param to id of a person */
export const passRequestOn = changeByForm("pass-on", ({ to }: { to: string }, actor) => ({
  async problems({ body, complainantId }) {
    const handlers = await listDecidersBut(getDatabase(), body, complainantId);
    const isKnown = handlers.some(({ id }) => id === to) || to === actor.personId;
    return isKnown ? [] : [{ field: "to", message: "Choose who handles it." }];
  },
  write(_tx, request) {
    if (request.handlerId === to) return null;
    const words = {
      subject: `You handle the request ${request.reference} now`,
      paragraphs: ["Its page says what is asked, and by when it must be answered."],
    };
    return {
      data: { handler: { connect: { id: to } } },
      step: "passed-on",
      facts: { to },
      notices: to === actor.personId ? [] : [requestNotice(request, to, "request-to-handle", words)],
    };
  },
}));

/** Sets a last day by hand, with the reason: an extension, or the day that a regulator or a court gave. */
export const setRequestDay = changeByForm(
  "set-day",
  ({ dueOn, reason }: { dueOn: TypedDate; reason: string }, actor) => {
    const day = dayOf(dueOn);
    return {
      problems: ({ receivedOn }) => [
        ...dayProblems("dueOn", dueOn, "Enter the day."),
        ...problemIf(day !== null && day < receivedOn, "dueOn", "The last day must not be before the day it came in."),
        ...textProblems("dayReason", reason, "Say why, and which rule allows it.", LONGEST_REQUESTED_TEXT),
      ],
      write: (_tx, request) => ({
        data: { dueOn: day },
        step: "day-set",
        reason,
        before: { dueOn: request.dueOn },
        facts: { dueOn: day },
        notices: newsOf(request, actor, "You hear about your complaint by another day", [
          `The outcome is due by ${dateInWords(day ?? "")} now.`,
        ]),
      }),
    };
  },
);

/** Stops the clock, from a day on. */
export const pauseRequest = changeByForm(
  "pause",
  ({ why, words, from }: { why: PauseReason | null; words: string; from: TypedDate }) => ({
    problems: ({ receivedOn, pauses }) => [
      ...problemIf(why === null, "why", "Choose why it pauses."),
      ...textProblems(
        "words",
        words,
        why === "other" ? `Say why: “${PAUSE_REASONS.other}” is not enough.` : null,
        LONGEST_REQUESTED_TEXT,
      ),
      ...pastDayProblems("from", from, pauses.at(-1)?.lastDay ?? receivedOn, today()),
    ],
    async write(tx, { id, pauses }) {
      const row = { id: randomUUID(), requestId: id, position: pauses.length + 1, why: why ?? "other", words };
      await insertPause(tx, { ...row, firstDay: dayOf(from) ?? today() });
      return { data: { state: "paused" }, step: "paused", reason: words || null, facts: { why, from: dayOf(from) } };
    },
  }),
);

/** Lets the clock go on, from the day after the one on which what was waited for came. */
export const resumeRequest = changeByForm("resume", ({ until }: { until: TypedDate }) => ({
  problems: ({ pauses }) => pastDayProblems("until", until, pauses.at(-1)?.firstDay ?? null, today()),
  async write(tx, { id }) {
    const lastDay = dayOf(until) ?? today();
    await endPause(tx, id, lastDay);
    const facts = { until: lastDay };
    return { data: { state: "open" }, step: "resumed", facts };
  },
}));

/** Records that the receipt of a complaint was acknowledged, and by when they hear what came of it. */
export const acknowledgeComplaint = changeByForm(
  "acknowledge",
  ({ on, dueOn }: { on: TypedDate; dueOn: TypedDate }, actor) => {
    const [acknowledgedOn, day] = [dayOf(on), dayOf(dueOn)];
    return {
      problems: ({ receivedOn }) => [
        ...pastDayProblems("acknowledgedOn", on, receivedOn, today()),
        ...dayProblems("outcomeBy", dueOn, "Enter the day."),
        ...problemIf(
          day !== null && day < receivedOn,
          "outcomeBy",
          "The day must not be before the complaint came in.",
        ),
      ],
      write: (_tx, request) => ({
        data: { acknowledgedOn, dueOn: day },
        step: "acknowledged",
        facts: { acknowledgedOn, dueOn: day },
        notices: newsOf(request, actor, "Your complaint was received", [
          `Somebody looks into it. You hear what came of it by ${dateInWords(day ?? "")}.`,
        ]),
      }),
    };
  },
);

/**
 * Closes a request. One that is answered must have all its searches answered or taken back; otherwise those that wait
 * are no longer needed, and those people are told.
 */
export const closeRequest = changeByForm(
  "close",
  ({ state, on, words }: { state: RequestOutcome | null; on: TypedDate; words: string }, actor) => ({
    problems: (request) => [
      ...problemIf(state === null, "state", "Choose how it ended."),
      ...pastDayProblems("closedOn", on, request.receivedOn, today()),
      ...textProblems("outcome", words, "Say what came of it.", LONGEST_REQUESTED_TEXT),
      ...waitingProblems(request, state),
    ],
    async write(tx, request, at) {
      const closedOn = dayOf(on) ?? today();
      const waiting = waitingSearches(request);
      const endReason = `The request was ${REQUEST_STATES[state ?? "withdrawn"].toLowerCase()}.`;
      await endPause(tx, request.id, closedOn);
      await updateSearches(
        tx,
        waiting.map(({ id }) => id),
        { endedAt: at, endReason },
      );
      return {
        data: { state: state ?? "withdrawn", closedAt: at, closedOn, outcome: words },
        step: "closed",
        reason: words,
        facts: { state, closedOn, searchesEnded: waiting.length },
        notices: [
          ...newsOf(request, actor, "What came of your complaint", ["Open it in the portal to read the outcome."]),
          ...waiting.map(({ personId, position }) =>
            requestNotice(request, personId, "search-ended", {
              subject: "You no longer have to search",
              paragraphs: [endReason, "What a hold names must still be kept."],
              search: position,
            }),
          ),
        ],
      };
    },
  }),
);

function waitingProblems(request: RequestRecord, state: RequestOutcome | null): FieldProblem[] {
  const names = waitingSearches(request).map(({ person }) => person.name);
  if (state !== "answered" || names.length === 0) return [];
  const some = `${names.slice(0, 3).join(", ")}${names.length > 3 ? ` and ${names.length - 3} more` : ""}`;
  return [
    { field: "state", message: `Not everybody has answered: ${some}. Wait for them, or take their search back.` },
  ];
}

/** The searches that wait for an answer. */
export function waitingSearches({ searches }: RequestRecord) {
  return searches.filter(({ endedAt, answers }) => endedAt === null && answers.length === 0);
}

/** Opens a closed request again, for a review of the answer or because of a mistake. Its clock is as before. */
export const reopenRequest = changeByForm("reopen", ({ reason }: { reason: string }, actor) => ({
  problems: () => textProblems("reopenReason", reason, "Say why you are reopening it.", LONGEST_REQUESTED_TEXT),
  write: (_tx, request) => ({
    data: { state: "open", closedAt: null, closedOn: null, outcome: null },
    step: "reopened",
    reason,
    before: { state: request.state, closedOn: request.closedOn, outcome: request.outcome },
    notices: newsOf(request, actor, "Your complaint is looked into again", ["It was reopened."]),
  }),
}));

/** Places the hold of a request: its reason and its day are the request's. */
export async function placeRequestHold(
  actor: Actor,
  reference: string,
  sent: Omit<SentHold, "reason" | "occurredOn">,
): Promise<Started<"placed"> | RequestChange> {
  const request = await findRequest(getDatabase(), actor.body, reference);
  if (!request) return { code: "not-found" };
  const { kind, receivedOn } = request;
  const check = await changeRequest(actor, {
    reference,
    seen: null,
    move: "hold",
    problems: ({ hold }) =>
      hold && !hold.endedAt ? [{ field: "", message: `It has a hold already: ${hold.reference}. Add to that.` }] : [],
    write: () => null,
  });
  if (check.code !== "done") return check;
  const note = `${reference}. ${sent.note}`.trim();
  const placed = await placeHold(actor, { ...sent, note, reason: requestKind(kind), occurredOn: receivedOn });
  if (placed.code !== "placed") return placed;
  // The hold is in force by now; sent again after a failure, the form finds it by its key and links it.
  const linked = await changeRequest(actor, {
    reference,
    seen: null,
    move: "hold",
    problems: () => [],
    write: (_tx, { hold }) =>
      hold?.reference === placed.reference
        ? null
        : {
            data: { hold: { connect: { reference: placed.reference } } },
            step: "hold-placed",
            reason: placed.reference,
            facts: { hold: placed.reference },
          },
  });
  return linked.code === "done" ? placed : linked;
}

/** What an employee is told about their own complaint; nobody, where it is an outsider's. */
function newsOf(request: RequestRecord, actor: Actor, subject: string, paragraphs: readonly string[]): Notice[] {
  const { complainantId, reference } = request;
  if (complainantId === null || complainantId === actor.personId) return [];
  return [requestNotice(request, complainantId, "complaint-news", { subject: `${reference}: ${subject}`, paragraphs })];
}
