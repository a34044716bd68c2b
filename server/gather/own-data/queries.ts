import "server-only";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { EvidenceRow } from "#domain/evidence/journal/chain.ts";
import { listOwnAcknowledgements, type GivenEntry } from "#server/policy/acknowledgement/queries.ts";
import { listOwnChecks, type CheckRecord } from "#server/registers/understanding-check/queries.ts";
import { listOwnClearDowns } from "#server/registers/clear-down/queries.ts";
import { listOwnComplaints, listOwnSearches, type OwnSearch } from "#server/registers/information-request/queries.ts";
import { clock } from "#server/base/clock.ts";
import { listOwnActivities, type OwnActivity } from "#server/registers/continuity/queries.ts";
import { getDatabase } from "#server/base/db/database.ts";
import {
  countOwnEvidence,
  listEvidenceAboutOwn,
  listOwnEvidence,
  listOwnEvidenceTexts,
} from "#server/evidence/journal/queries.ts";
import { listMyExceptions, type ExceptionEntry } from "#server/policy/exception/queries.ts";
import { listOwnMemberships, type OwnMembership } from "#server/registers/group/view-queries.ts";
import { listOwnHoldHistory, listPlacedHolds, type OwnHold } from "#server/registers/hold/queries.ts";
import { getDirectoryEntry, listAccounts, type DirectoryEntry } from "#server/access/identity/queries.ts";
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
import { getOwnDirectoryNames, type OwnDirectoryNames } from "#server/people/scim/queries.ts";
import { listOwnQuestions, type QuestionView } from "#server/policy/question/queries.ts";
import { listWrittenByOthers } from "#server/gather/person-search/queries.ts";
import { findInvolvements } from "./repository.ts";

const SHOWN_ROWS = 10;

/** All that is held about the actor, as far as it fits on one page. */
export interface OwnDataView {
  directory: DirectoryEntry;
  /** As the program that maintains the directory names them. */
  directoryNames: OwnDirectoryNames;
  /** The work accounts that they sign in with. */
  accounts: Awaited<ReturnType<typeof listAccounts>>;
  acknowledgements: GivenEntry[];
  /** Including drafts, newest first. */
  exceptions: ExceptionEntry[];
  /** Questions they asked about clauses, newest first. */
  questions: QuestionView[];
  receiptCount: number;
  /** Captured from chats, with photo consents and checks that they recorded. */
  recordCount: number;
  consents: ConsentView[];
  checks: CheckRecord[];
  /** Business continuity activities that they declared or ended, newest first. */
  activities: OwnActivity[];
  /** Chat groups that they asked for or have been in. */
  groups: OwnMembership[];
  /** Reports of accidents that they made, newest first. */
  incidents: Awaited<ReturnType<typeof listReportedByMe>>;
  /** Holds that concern or have concerned them, newest first. */
  holds: OwnHold[];
  /** Holds that they placed or ended, newest first. */
  holdsPlaced: Awaited<ReturnType<typeof listPlacedHolds>>;
  /** Clear-downs that they confirmed, newest first. */
  clearDowns: Awaited<ReturnType<typeof listOwnClearDowns>>;
  evidence: { count: number; latest: (EvidenceRow & { policyTitle: string | null })[] };
  formInputCount: number;
  /** Mail to them, newest first, and whether they want the digest. */
  mail: Awaited<ReturnType<typeof getOwnMail>> & { wantsDigest: boolean };
  /** The calendar of their tasks. */
  feed: { madeAt: Date } | null;
}

export async function getOwnData(actor: Actor): Promise<OwnDataView> {
  const [
    directory,
    acknowledgements,
    { mine },
    questions,
    receiptCount,
    recordCount,
    consents,
    checks,
    activities,
    count,
    rows,
    kept,
    policies,
  ] = await Promise.all([
    getDirectoryEntry(actor),
    listOwnAcknowledgements(actor),
    listMyExceptions(actor),
    listOwnQuestions(actor),
    countOwnReceipts(actor),
    countOwnRecords(actor),
    listOwnConsents(actor),
    listOwnChecks(actor),
    listOwnActivities(actor),
    countOwnEvidence(actor),
    listOwnEvidence(actor, SHOWN_ROWS),
    listFormInput(actor),
    listPolicies(actor),
  ]);
  const titleOf = (slug: string | null) => policies.find((policy) => policy.slug === slug)?.title ?? slug;
  const latest = rows.map((row) => ({ ...row, policyTitle: titleOf(row.policy) }));
  const evidence = { count, latest };
  const groups = await listOwnMemberships(actor);
  const incidents = await listReportedByMe(actor);
  const [holds, holdsPlaced, clearDowns] = await Promise.all([
    listOwnHoldHistory(actor),
    listPlacedHolds(actor),
    listOwnClearDowns(actor),
  ]);
  const held = { acknowledgements, exceptions: mine, questions, receiptCount, activities, groups, incidents };
  const registers = { recordCount, consents, checks, holds, holdsPlaced, clearDowns };
  const [mail, feed] = await Promise.all([getOwnMail(actor, SHOWN_ROWS), getOwnFeed(actor)]);
  const messages = { mail: { ...mail, wantsDigest: await wantsDigest(actor) }, feed: feed && { madeAt: feed.madeAt } };
  const [directoryNames, accounts] = [await getOwnDirectoryNames(actor), await listAccounts(actor.personId)];
  return {
    directory,
    directoryNames,
    accounts,
    ...held,
    ...registers,
    evidence,
    formInputCount: kept.length,
    ...messages,
  };
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
    formInput: (await listFormInput(actor)).map(({ values: { [TICKET_FIELD]: _ticket, ...values }, ...kept }) => ({
      ...kept,
      values,
    })),
  };
}

/**
 * A request in its requester's own words and numbers; without ids, which are no use outside and may be other people's.
 */
function withoutIds({ exception, state }: ExceptionEntry) {
  const { reference, policy, version, hash, situation, clauses, residual, conditions } = exception;
  const { justification, whyNoChannel, dataInvolved, scope, teamName, groupName, wantedFrom, wantedUntil } = exception;
  const { createdAt, changedAt, submittedAt, decidedAt, startsAt, endsAt } = exception;
  return {
    reference,
    state,
    policy,
    version,
    hash,
    situation,
    clauses,
    justification,
    whyNoChannel,
    dataInvolved,
    scope,
    teamName,
    groupName,
    wantedFrom,
    wantedUntil,
    residual,
    conditions: conditions.map(({ text, dueOn, doneAt }) => ({ text, dueOn, doneAt })),
    createdAt,
    changedAt,
    submittedAt,
    decidedAt,
    startsAt,
    endsAt,
    risks: exception.risks.map(({ clause, description, mitigations, ...scores }) => ({
      clause,
      description,
      likelihoodBefore: scores.likelihoodBefore,
      impactBefore: scores.impactBefore,
      likelihoodAfter: scores.likelihoodAfter,
      impactAfter: scores.impactAfter,
      mitigations: mitigations.map(({ text, owner, dueOn, doneAt }) => ({ text, owner, dueOn, doneAt })),
    })),
    steps: exception.steps.map(({ at, command, reason, comments }) => ({ at, command, reason, comments })),
  };
}

/** A question as its asker wrote it, with its answer and note; who gave them is other people's data. */
function withoutNames({ reference, policy, version, clause, question, askedAt, answer, note }: QuestionView) {
  return {
    reference,
    policy,
    version,
    clause,
    question,
    askedAt,
    answer: answer && { text: answer.text, at: answer.at },
    note: note && { text: note.text, at: note.at, withdrawnAt: note.withdrawnAt },
  };
}

/** A search as they were asked for it, with what they answered. */
function ownSearch({
  request,
  lookFor,
  chats,
  apps,
  devices,
  firstDay,
  lastDay,
  askedAt,
  answerBy,
  answers,
}: OwnSearch) {
  return {
    reference: request.reference,
    lookFor,
    chats,
    apps,
    devices,
    firstDay,
    lastDay,
    askedAt,
    answerBy,
    answers: answers.map(({ answer, gone, words, minutes, answeredAt }) => ({
      answer,
      gone,
      words,
      minutes,
      answeredAt,
    })),
  };
}

/** A record as its capturer wrote it; who else worked on it is other people's data. */
function ownRecord(record: StoredRecord) {
  const { reference, about, saidOn, chat, participants, content, system, systemReference } = record;
  const { className, eventOn, keepUntil, chatDeletedAt, policy, version, situation, capturedAt, disposedAt } = record;
  return {
    reference,
    about,
    saidOn,
    group: record.group?.name ?? null,
    chat,
    participants,
    content,
    system,
    systemReference,
    className,
    eventOn,
    keepUntil,
    chatDeletedAt,
    policy,
    version,
    situation,
    capturedAt,
    disposedAt,
    history: record.revisions.map(({ at, step, reason, before }) => ({ at, step, reason, before })),
  };
}

function ownConsent(consent: ConsentView) {
  const { reference, name, guardian, givenOn, until, purpose, formReference, recordedAt, withdrawnAt } = consent;
  return { reference, name, guardian, givenOn, until, purpose, formReference, recordedAt, withdrawnAt };
}

function ownCheck({
  reference,
  policy,
  version,
  kind,
  heldBy,
  heldOn,
  takenBy,
  result,
  actions,
  recordedAt,
}: CheckRecord) {
  return { reference, policy, version, kind, heldBy, heldOn, takenBy, result, actions, recordedAt };
}
