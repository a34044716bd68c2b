import type { Actor } from "#domain/access/permission/permission.ts";
import { only } from "#domain/base/list/only.ts";
import { listOwnAcknowledgements } from "#server/policy/acknowledgement/queries.ts";
import { listOwnChecks, type CheckRecord } from "#server/registers/understanding-check/queries.ts";
import { listOwnClearDowns } from "#server/registers/clear-down/queries.ts";
import { listOwnComplaints, listOwnSearches, type OwnSearch } from "#server/registers/information-request/queries.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnActivities } from "#server/registers/continuity/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import {
  countOwnEvidence,
  listEvidenceAboutOwn,
  listOwnEvidence,
  listOwnEvidenceTexts,
} from "#server/evidence/journal/queries.ts";
import { listMyExceptions, type ExceptionEntry } from "#server/policy/exception/queries.ts";
import { listOwnMemberships } from "#server/registers/group/view-queries.ts";
import { listOwnHoldHistory, listPlacedHolds } from "#server/registers/hold/queries.ts";
import { getDirectoryEntry, listAccounts } from "#server/access/identity/queries.ts";
import type { SessionView } from "#server/access/identity/queries.ts";
import { TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { listFormInput } from "#server/access/form-input/queries.ts";
import { exportOwnMail, getOwnMail } from "#server/evidence/outbox/queries.ts";
import { getOwnFeed, wantsDigest } from "#server/gather/task/queries.ts";
import { listOwnNotices } from "#server/evidence/notice/queries.ts";
import { listOwnConsents, type ConsentView } from "#server/registers/consent/queries.ts";
import { listReportedByMe } from "#server/registers/incident/queries.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { countOwnReceipts, exportReceipts } from "#server/answers/receipt/queries.ts";
import { countOwnRecords, listOwnRecords, type StoredRecord } from "#server/registers/record/queries.ts";
import { getOwnDirectoryNames } from "#server/people/scim/queries.ts";
import { listOwnQuestions, type QuestionView } from "#server/policy/question/queries.ts";
import { listWrittenByOthers } from "#server/gather/person-search/queries.ts";
import { findInvolvements } from "./repository.ts";

const SHOWN_ROWS = 10;

/** All that is held about the actor, as far as it fits on one page; the newest first. */
export type OwnDataView = Awaited<ReturnType<typeof getOwnData>>;

export async function getOwnData(actor: Actor) {
  const { kept, count, rows, policies, digest, ...held } = await allOf({
    directory: getDirectoryEntry(actor),
    directoryNames: getOwnDirectoryNames(actor),
    accounts: listAccounts(actor.personId),
    acknowledgements: listOwnAcknowledgements(actor),
    exceptions: listMyExceptions(actor).then(({ mine }) => mine),
    questions: listOwnQuestions(actor),
    receiptCount: countOwnReceipts(actor),
    activities: listOwnActivities(actor),
    groups: listOwnMemberships(actor),
    incidents: listReportedByMe(actor),
    recordCount: countOwnRecords(actor),
    consents: listOwnConsents(actor),
    checks: listOwnChecks(actor),
    holds: listOwnHoldHistory(actor),
    holdsPlaced: listPlacedHolds(actor),
    clearDowns: listOwnClearDowns(actor),
    mail: getOwnMail(actor, SHOWN_ROWS),
    digest: wantsDigest(actor),
    feed: getOwnFeed(actor),
    count: countOwnEvidence(actor),
    rows: listOwnEvidence(actor, SHOWN_ROWS),
    kept: listFormInput(actor),
    policies: listPolicies(actor),
  });
  const titleOf = (slug: string | null) => policies.find((policy) => policy.slug === slug)?.title ?? slug;
  const evidence = { count, latest: rows.map((row) => ({ ...row, policyTitle: titleOf(row.policy) })) };
  return { ...held, mail: { ...held.mail, wantsDigest: digest }, evidence, formInputCount: kept.length };
}

async function allOf<Asked extends Record<string, Promise<unknown>>>(asked: Asked) {
  const found = await Promise.all(Object.entries(asked).map(async ([name, value]) => [name, await value] as const));
  return Object.fromEntries(found) as { [Name in keyof Asked]: Awaited<Asked[Name]> };
}

/**
 * The same in full, as a file for a person or a program to keep. Times are ISO 8601 in UTC.
 * @param sessions the actor's own, which only the current request can tell apart
 */
export async function exportOwnData(actor: Actor, sessions: readonly SessionView[]) {
  const data = await getOwnData(actor);
  const { directory, acknowledgements, exceptions, questions, activities } = data;
  const { groups, incidents, consents, checks, holds, holdsPlaced, clearDowns, mail, feed } = data;
  const { name, email, roles, body, employer, personId } = actor;
  return {
    schemaVersion: 1,
    exportedAt: clock.now(),
    person: { id: personId, name, email, roles, body, employer, ...directory },
    directoryNames: data.directoryNames,
    workAccounts: data.accounts,
    sessions: sessions.map(({ createdAt, expiresAt, userAgent, isShared, isThisOne }) => {
      return { startedAt: createdAt, endsAt: expiresAt, browser: userAgent, isShared, isThisOne };
    }),
    acknowledgements,
    exceptions: exceptions.map(withoutIds),
    questions: questions.map(withoutNames),
    receipts: await exportReceipts(actor),
    records: (await listOwnRecords(actor)).map(ownRecord),
    writtenByOthers: await listWrittenByOthers(actor),
    photoConsents: consents.map(ownConsent),
    understandingChecks: checks.map(ownCheck),
    activities,
    groups,
    incidents,
    holds,
    holdsPlaced,
    searches: (await listOwnSearches(actor)).map(ownSearch),
    complaints: await listOwnComplaints(actor),
    clearDowns,
    digest: { isOn: mail.wantsDigest },
    mails: await exportOwnMail(actor),
    notices: (await listOwnNotices(actor)).map(({ id: _id, ...notice }) => notice),
    taskCalendar: feed && { addressMadeAt: feed.madeAt },
    evidence: await listOwnEvidence(actor),
    evidenceTexts: await listOwnEvidenceTexts(actor),
    evidenceAboutYou: await listEvidenceAboutOwn(actor),
    also: await findInvolvements(getDatabase(), actor.personId),
    formInput: (await listFormInput(actor)).map(({ values: { [TICKET_FIELD]: _, ...values }, ...kept }) => {
      return { ...kept, values };
    }),
  };
}

/**
 * A request in its requester's own words and numbers; without ids, which are no use outside and may be other people's.
 */
function withoutIds({ exception, state }: ExceptionEntry) {
  const scores = ["likelihoodBefore", "impactBefore", "likelihoodAfter", "impactAfter"] as const;
  return {
    reference: exception.reference,
    state,
    ...only(exception, "policy", "version", "hash", "situation", "clauses", "justification", "whyNoChannel"),
    ...only(exception, "dataInvolved", "scope", "teamName", "groupName", "wantedFrom", "wantedUntil", "residual"),
    conditions: exception.conditions.map((one) => only(one, "text", "dueOn", "doneAt")),
    ...only(exception, "createdAt", "changedAt", "submittedAt", "decidedAt", "startsAt", "endsAt"),
    risks: exception.risks.map((risk) => ({
      ...only(risk, "clause", "description", ...scores),
      mitigations: risk.mitigations.map((one) => only(one, "text", "owner", "dueOn", "doneAt")),
    })),
    steps: exception.steps.map((step) => only(step, "at", "command", "reason", "comments")),
  };
}

/** A question as its asker wrote it, with its answer and note; who gave them is other people's data. */
const withoutNames = ({ answer, note, ...asked }: QuestionView) => ({
  ...only(asked, "reference", "policy", "version", "clause", "question", "suggestion", "askedAt"),
  answer: answer && only(answer, "text", "at"),
  note: note && only(note, "text", "at", "withdrawnAt"),
});

const ownSearch = ({ request, answers, ...asked }: OwnSearch) => ({
  reference: request.reference,
  ...only(asked, "lookFor", "chats", "apps", "devices", "firstDay", "lastDay", "askedAt", "answerBy"),
  answers: answers.map((one) => only(one, "answer", "gone", "words", "minutes", "answeredAt")),
});

/** A record as its capturer wrote it; who else worked on it is other people's data. */
const ownRecord = (record: StoredRecord) => ({
  ...only(record, "reference", "about", "saidOn"),
  group: record.group?.name ?? null,
  ...only(record, "chat", "participants", "content", "system", "systemReference", "className", "eventOn"),
  ...only(record, "keepUntil", "chatDeletedAt", "policy", "version", "situation", "capturedAt", "disposedAt"),
  history: record.revisions.map((revision) => only(revision, "at", "step", "reason", "before")),
});

const ownConsent = (consent: ConsentView) => ({
  ...only(consent, "reference", "name", "guardian", "givenOn", "until", "purpose", "formReference"),
  ...only(consent, "recordedAt", "withdrawnAt"),
});

const ownCheck = (check: CheckRecord) => ({
  ...only(check, "reference", "policy", "version", "kind", "heldBy", "heldOn", "takenBy", "result", "actions"),
  ...only(check, "recordedAt"),
});
