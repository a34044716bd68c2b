import "server-only";
import type { Started } from "#domain/base/form/outcome.ts";
import { eventBy } from "#domain/evidence/journal/event.ts";
import { startEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import type { Actor } from "#domain/access/permission/actor.ts";
import { can } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { textProblems, type FieldProblem } from "#domain/base/form/field-problem.ts";
import { dayOf, type TypedDate } from "#domain/base/form/typed-date.ts";
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
import { placeHold, type SentHold } from "#server/registers/hold/effects.ts";
import { addRequestStep, changeRequest, listRequestHandlers, requestNotice, type RequestChange } from "./change.ts";
import {
  REQUEST_KIND_NAMES,
  storedKind,
  endPause,
  findRequest,
  insertPause,
  insertRequest,
  updateSearches,
  type RequestRecord,
} from "./repository.ts";

const today = () => calendarDay(clock.now());

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

interface NewRequest {
  kind: RequestKind;
  requester: string;
  asked: string;
  receivedOn: string;
  dueOn: string | null;
  complainantId: string | null;
  handlerId: string | null;
}

async function insertNew(actor: Actor, startKey: string, { kind, ...row }: NewRequest): Promise<Started<"entered">> {
  const { body, personId } = actor;
  const at = clock.now();
  return startEntry<Started<"entered">>(
    "REQ",
    { personId, startKey },
    (reference) => ({ code: "entered", reference }),
    async (tx, entry) => {
      const head = { ...entry, body };
      await insertRequest(tx, { ...head, ...row, kind: storedKind(kind), enteredById: personId, enteredAt: at });
      await addRequestStep(tx, head.id, actor, at, { step: "entered" });
      const handlers = row.handlerId === null ? await listRequestHandlers(tx, { ...head, ...row }) : [];
      const event = eventBy(actor, at, "information-request.entered", entry.reference, {
        data: { kind, receivedOn: row.receivedOn, dueOn: row.dueOn, isOwn: row.complainantId !== null },
      });
      const notices = handlers.map(({ id }) =>
        requestNotice(head, id, "request-to-handle", {
          subject: `${head.reference}: somebody complains about how their data was handled`,
          paragraphs: [
            "Acknowledge it within 30 days, look into it, and say what came of it. Nobody has taken it yet.",
          ],
        }),
      );
      return { result: { code: "entered", reference: head.reference }, evidence: [event], notices };
    },
  );
}

/** Corrects what was entered of a request; what stood before stays in its history. */
export async function correctRequest(
  actor: Actor,
  reference: string,
  { seen, draft, reason }: { seen: number; draft: RequestDraft; reason: string },
): Promise<RequestChange> {
  return changeRequest(actor, {
    reference,
    seen,
    move: "correct",
    problems: ({ complainantId }) => [
      // The last day has a form of its own; an employee's own complaint names nobody else.
      ...requestProblems(draft, today()).filter(
        ({ field }) => field !== "dueOn" && (complainantId === null || !["kind", "requester"].includes(field)),
      ),
      ...textProblems("reason", reason, "Say why you are correcting it.", LONGEST_REQUESTED_TEXT),
    ],
    write(_tx, { kind, requester, asked, receivedOn, complainantId }) {
      const sent = isRequestKind(draft.kind) ? draft.kind : REQUEST_KIND_NAMES[kind];
      const next = {
        kind: storedKind(complainantId === null ? sent : "complaint"),
        requester: complainantId === null ? draft.requester : requester,
        asked: draft.asked,
        receivedOn: dayOf(draft.receivedOn) ?? receivedOn,
      };
      return {
        data: next,
        step: "corrected",
        event: "information-request.corrected",
        reason,
        before: { kind: REQUEST_KIND_NAMES[kind], requester, asked, receivedOn },
        facts: { kind: sent, receivedOn: next.receivedOn },
      };
    },
  });
}

/** Passes a request on to somebody else who may handle it. They are told. @param to id of a person */
export async function passRequestOn(
  actor: Actor,
  reference: string,
  { seen, to }: { seen: number; to: string },
): Promise<RequestChange> {
  const found = await findRequest(getDatabase(), actor.body, reference);
  const handlers = found ? await listRequestHandlers(getDatabase(), found) : [];
  const isKnown = handlers.some(({ id }) => id === to) || to === actor.personId;
  return changeRequest(actor, {
    reference,
    seen,
    move: "pass-on",
    problems: () => (isKnown ? [] : [{ field: "to", message: "Choose who handles it." }]),
    write(_tx, request) {
      if (request.handlerId === to) return null;
      const words = {
        subject: `You handle the request ${reference} now`,
        paragraphs: ["Its page says what is asked, and by when it must be answered."],
      };
      return {
        data: { handler: { connect: { id: to } } },
        step: "passed-on",
        event: "information-request.passed-on",
        facts: { to },
        notices: to === actor.personId ? [] : [requestNotice(request, to, "request-to-handle", words)],
      };
    },
  });
}

/** Sets a last day by hand, with the reason: an extension, or the day that a regulator or a court gave. */
export async function setRequestDay(
  actor: Actor,
  reference: string,
  { seen, dueOn, reason }: { seen: number; dueOn: TypedDate; reason: string },
): Promise<RequestChange> {
  const day = dayOf(dueOn);
  return changeRequest(actor, {
    reference,
    seen,
    move: "set-day",
    problems: ({ receivedOn }) => [
      ...(day === null ? [{ field: "dueOn", message: dueOn.kind === "wrong" ? dueOn.message : "Enter the day." }] : []),
      ...(day !== null && day < receivedOn
        ? [{ field: "dueOn", message: "The last day must not be before the day it came in." }]
        : []),
      ...textProblems("dayReason", reason, "Say why, and which rule allows it.", LONGEST_REQUESTED_TEXT),
    ],
    write: (_tx, request) => ({
      data: { dueOn: day },
      step: "day-set",
      event: "information-request.day-set",
      reason,
      before: { dueOn: request.dueOn },
      facts: { dueOn: day },
      notices: newsOf(request, actor, "You hear about your complaint by another day", [
        `The outcome is due by ${dateInWords(day ?? "")} now.`,
      ]),
    }),
  });
}

/** Stops the clock, from a day on. */
export async function pauseRequest(
  actor: Actor,
  reference: string,
  sent: { seen: number; why: PauseReason | null; words: string; from: TypedDate },
): Promise<RequestChange> {
  const { seen, why, words, from } = sent;
  return changeRequest(actor, {
    reference,
    seen,
    move: "pause",
    problems: ({ receivedOn, pauses }) => [
      ...(why === null ? [{ field: "why", message: "Choose why it pauses." }] : []),
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
      return {
        data: { state: "paused" },
        step: "paused",
        event: "information-request.paused",
        reason: words || null,
        facts: { why, from: dayOf(from) },
      };
    },
  });
}

/** Lets the clock go on, from the day after the one on which what was waited for came. */
export async function resumeRequest(
  actor: Actor,
  reference: string,
  { seen, until }: { seen: number; until: TypedDate },
): Promise<RequestChange> {
  return changeRequest(actor, {
    reference,
    seen,
    move: "resume",
    problems: ({ pauses }) => pastDayProblems("until", until, pauses.at(-1)?.firstDay ?? null, today()),
    async write(tx, { id }) {
      const lastDay = dayOf(until) ?? today();
      await endPause(tx, id, lastDay);
      const facts = { until: lastDay };
      return { data: { state: "open" }, step: "resumed", event: "information-request.resumed", facts };
    },
  });
}

/** Records that the receipt of a complaint was acknowledged, and by when they hear what came of it. */
export async function acknowledgeComplaint(
  actor: Actor,
  reference: string,
  { seen, on, dueOn }: { seen: number; on: TypedDate; dueOn: TypedDate },
): Promise<RequestChange> {
  const [acknowledgedOn, day] = [dayOf(on), dayOf(dueOn)];
  return changeRequest(actor, {
    reference,
    seen,
    move: "acknowledge",
    problems: ({ receivedOn }) => [
      ...pastDayProblems("acknowledgedOn", on, receivedOn, today()),
      ...(day === null
        ? [{ field: "outcomeBy", message: dueOn.kind === "wrong" ? dueOn.message : "Enter the day." }]
        : []),
      ...(day !== null && day < receivedOn
        ? [{ field: "outcomeBy", message: "The day must not be before the complaint came in." }]
        : []),
    ],
    write: (_tx, request) => ({
      data: { acknowledgedOn, dueOn: day },
      step: "acknowledged",
      event: "information-request.acknowledged",
      facts: { acknowledgedOn, dueOn: day },
      notices: newsOf(request, actor, "Your complaint was received", [
        `Somebody looks into it. You hear what came of it by ${dateInWords(day ?? "")}.`,
      ]),
    }),
  });
}

/**
 * Closes a request. One that is answered must have all its searches answered or taken back; otherwise those that wait
 * are no longer needed, and those people are told.
 */
export async function closeRequest(
  actor: Actor,
  reference: string,
  sent: { seen: number; state: RequestOutcome | null; on: TypedDate; words: string },
): Promise<RequestChange> {
  const { seen, state, on, words } = sent;
  return changeRequest(actor, {
    reference,
    seen,
    move: "close",
    problems: (request) => [
      ...(state === null ? [{ field: "state", message: "Choose how it ended." }] : []),
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
        event: "information-request.closed",
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
  });
}

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
export async function reopenRequest(
  actor: Actor,
  reference: string,
  { seen, reason }: { seen: number; reason: string },
): Promise<RequestChange> {
  return changeRequest(actor, {
    reference,
    seen,
    move: "reopen",
    problems: () => textProblems("reopenReason", reason, "Say why you are reopening it.", LONGEST_REQUESTED_TEXT),
    write: (_tx, request) => ({
      data: { state: "open", closedAt: null, closedOn: null, outcome: null },
      step: "reopened",
      event: "information-request.reopened",
      reason,
      before: { state: request.state, closedOn: request.closedOn, outcome: request.outcome },
      notices: newsOf(request, actor, "Your complaint is looked into again", ["It was reopened."]),
    }),
  });
}

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
  const placed = await placeHold(actor, { ...sent, note, reason: REQUEST_KIND_NAMES[kind], occurredOn: receivedOn });
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
            event: "information-request.hold-placed",
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
