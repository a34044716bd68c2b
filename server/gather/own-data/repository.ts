import { columns } from "#server/base/db/columns.ts";
import type { Prisma, Tx } from "#server/base/db/database.ts";

const ofException = { exception: { select: { reference: true } } } as const;
const ofGroup = { group: { select: { reference: true, name: true } } } as const;
const ofIncident = { incident: { select: { reference: true } } } as const;
const ofRequest = { request: { select: { reference: true } } } as const;
const ofRecord = { record: { select: { reference: true } } } as const;

const ofDeputy = { select: { role: true, from: true, until: true, madeAt: true, endedAt: true } } as const;
const asDeputy = {
  deputies: ofDeputy,
  standsInFor: ofDeputy,
  deputiesNamed: ofDeputy,
  deputiesEnded: ofDeputy,
} as const;

/** The directory entry, and how they signed in. */
const DIRECTORY = {
  ...columns("kind", "status", "startsOn", "leavesOn", "awayUntil", "standsInAs", "handedOverOn"),
  ...columns("externalId", "emailVerified", "image", "createdAt", "updatedAt"),
  ...columns("rolesUnconfirmedSince", "rolesUnconfirmedWhy"),
  manager: { select: { name: true } },
  managedTeams: { select: { name: true } },
  sessions: {
    select: { createdAt: true, seenAt: true, provedAt: true, expiresAt: true, ipAddress: true, userAgent: true },
  },
} as const;

const OF_APPS_AND_PHONES = {
  appRisks: { select: { name: true, state: true } },
  appDecisions: { select: { app: { select: { name: true } }, at: true, state: true, reason: true } },
  phoneReturns: {
    select: {
      ...columns("reference", "reason", "dueOn", "moved", "heldCopied", "startedAt", "statedAt", "checkedAt"),
      ...columns("cancelledAt"),
    },
  },
  phoneReturnsStarted: { select: { reference: true, startedAt: true } },
  phoneReturnsChecked: { select: { reference: true, checkedAt: true } },
  phoneReturnSteps: { select: { return: { select: { reference: true } }, at: true, step: true, detail: true } },
} as const;

/** What campaigns, checks and exemptions say of them. */
const ASKED = {
  digestState: { select: { day: true, taskKeys: true, offSince: true } },
  samplesStarted: { select: { reference: true, startedAt: true } },
  samplesClosed: { select: { reference: true, closedAt: true } },
  sampled: {
    select: {
      sample: { select: { reference: true, policy: true, version: true, lastDay: true } },
      ...columns("situations", "choices", "right", "answeredAt", "excusedAt", "excusedBecause"),
    },
  },
  sampledExcused: { select: { sample: { select: { reference: true } }, excusedAt: true, excusedBecause: true } },
  policyReadings: { select: { policy: true, version: true, openedAt: true, asked: true, passedAt: true } },
  campaignsCreated: { select: { reference: true, policy: true, version: true, createdAt: true } },
  campaignsStarted: { select: { reference: true, policy: true, version: true, startedAt: true } },
  campaignsEnded: { select: { reference: true, policy: true, version: true, endedAt: true, endReason: true } },
  exemptions: { select: { policy: true, reason: true, lastDay: true, givenAt: true, endedAt: true } },
  exemptionsGiven: { select: { policy: true, reason: true, lastDay: true, givenAt: true } },
  exemptionsEnded: { select: { policy: true, endedAt: true } },
  answersRecorded: {
    select: { reference: true, policy: true, version: true, recordedAt: true, paperPlace: true, paperReason: true },
  },
  answersWithdrawn: {
    select: {
      ...columns("reference", "policy", "version", "answer", "ground", "reason", "givenAt", "recordedAt"),
      ...columns("paperPlace", "paperReason", "withdrawnAt", "withdrawnBecause"),
    },
  },
  withdrawnRecorded: {
    select: { reference: true, policy: true, version: true, recordedAt: true, paperPlace: true, paperReason: true },
  },
  withdrawals: { select: { reference: true, withdrawnAt: true, withdrawnBecause: true } },
  handedOver: { select: { policy: true, version: true, at: true } },
  handOvers: { select: { policy: true, version: true, at: true } },
} as const;

const OF_RECORDS_AND_REQUESTS = {
  recordsOnBehalf: { select: columns("reference", "about", "saidOn", "saidTime", "method", "content", "capturedAt") },
  holdReleases: { select: { hold: { select: { reference: true } }, releasedAt: true } },
  holdReleasesGiven: { select: { hold: { select: { reference: true } }, releasedAt: true, reason: true } },
  corrections: { select: { subject: true, at: true, reason: true } },
  recordsDisposed: { select: { reference: true, disposedAt: true } },
  recordRevisions: { select: { ...ofRecord, at: true, step: true, reason: true } },
  requestsEntered: { select: { reference: true, kind: true, requester: true, asked: true, enteredAt: true } },
  requestsHandled: { select: { reference: true, kind: true, state: true } },
  requestSteps: { select: { ...ofRequest, at: true, step: true, reason: true } },
  searchesAskedBy: { select: { ...ofRequest, position: true, askedAt: true, lookFor: true } },
} satisfies Prisma.PersonSelect;

/**
 * What the tables hold about somebody besides what they asked for, kept or captured themselves: what the directory
 * says, and where they decided, answered, were notified or were looked up. For other people's things it gives the
 * reference, the time and their own words.
 */
export const findInvolvements = (tx: Tx, personId: string) =>
  tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      ...DIRECTORY,
      ...ASKED,
      repliesGiven: { select: { reference: true, reply: true, repliedAt: true } },
      exceptionsDecided: {
        select: { reference: true, state: true, decidedAt: true, conditions: { select: { text: true } } },
      },
      conditionsMet: { select: { text: true, doneAt: true } },
      exceptionSteps: { select: { ...ofException, at: true, command: true, reason: true, comments: true } },
      exceptionsHandedOn: { select: { reference: true, state: true } },
      exceptionStepsFor: { select: { ...ofException, at: true, command: true } },
      exceptionNotes: { select: { ...ofException, at: true, text: true } },
      ...asDeputy,
      absences: { select: { firstDay: true, lastDay: true, source: true, recordedAt: true } },
      absencesRecorded: { select: { recordedAt: true } },
      exceptionsCovering: { select: ofException },
      mitigationsDone: { select: { text: true, doneAt: true } },
      exceptionsPassedOn: { select: { reference: true, state: true } },
      debtsConsidered: { select: { policy: true, clause: true, reason: true, at: true } },
      outsideRulesRead: { select: { rule: true, changes: true, reason: true, at: true } },
      versionsProposed: { select: columns("reference", "policy", "version", "note", "state", "proposedAt", "endedAt") },
      proposalsEnded: { select: { reference: true, state: true, endedAt: true, endReason: true } },
      versionsSigned: { select: { proposal: { select: { reference: true } }, roles: true, signedAt: true } },
      questionsAnswered: { select: { reference: true, answer: true, answeredAt: true } },
      notesPublished: { select: { reference: true, note: true, notedAt: true, noteWithdrawnAt: true } },
      apiTokensMade: { select: { reference: true, name: true, madeAt: true } },
      apiTokensRevoked: { select: { reference: true, name: true, revokedAt: true } },
      groupsDecided: { select: { reference: true, name: true, decidedAt: true, decisionReason: true } },
      groupsClosed: { select: { reference: true, name: true, closedAt: true, closeReason: true } },
      groupInvitations: { select: { ...ofGroup, addedAt: true } },
      groupSteps: { select: { ...ofGroup, at: true, step: true, reason: true } },
      groupAlerts: { select: { ...ofGroup, postedAt: true, message: true, loggedAt: true } },
      ...OF_APPS_AND_PHONES,
      ...OF_RECORDS_AND_REQUESTS,
      consentsWithdrawn: { select: { reference: true, withdrawnAt: true, withdrawReason: true } },
      incidentsManaged: { select: { reference: true, reportedAt: true } },
      incidentEntries: { select: { ...ofIncident, part: true, at: true } },
      incidentActions: { select: { ...ofIncident, text: true, dueOn: true, doneAt: true } },
      incidentActionsDone: { select: { ...ofIncident, text: true, doneAt: true } },
      incidentReadings: { select: { ...ofIncident, what: true, day: true } },
      clearDownStops: { select: { ...ofGroup, dueOn: true, cause: true, stoppedAt: true } },
      jobRunsAsked: { select: { job: true, dueAt: true } },
      evidenceReadings: { select: { day: true } },
      evidenceReadOf: { select: { day: true } },
      signingKeysMade: { select: { kid: true, madeAt: true } },
      signingKeysRevoked: { select: { kid: true, revokedAt: true } },
    },
  });
