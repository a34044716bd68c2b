import { expect, it } from "vitest";
import type { Actor } from "#domain/access/permission/permission.ts";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { recordPaperAnswer, withdrawPaperAnswer, acknowledgePolicy } from "#server/policy/acknowledgement/service.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { keepFormInput } from "#server/access/form-input/service.ts";
import { answerQuestion, askQuestion } from "#server/policy/question/service.ts";
import { serveVersions } from "#server/testing/content.ts";
import { describeOnEachDatabase, describeOnOneDatabase } from "#server/testing/database.ts";
import { completeDraft } from "#server/testing/exceptions.ts";
import { addPerson } from "#server/testing/people.ts";
import { makeFeed } from "#server/gather/task/service.ts";
import { exportOwnData, getOwnData } from "./queries.ts";
import { readModels } from "#server/testing/schema.ts";

const NOTICE = { body: "nao", kind: "hold-placed", paragraphs: ["Read it."], href: "/holds" } as const;

describeOnEachDatabase("all that is held about a person", (database) => {
  const answerAndAsk = async (actor: Actor, text: string) => {
    const [version] = await serveVersions("nao", []);
    const { version: number = "", hash = "" } = version ?? {};
    await acknowledgePolicy(actor, { slug: "nao", version: number, hash, answer: "declined", reason: text });
    await completeDraft(actor, text);
    await keepFormInput(actor.personId, "/somewhere", { text: [text] }, []);
    const about = { slug: "nao", version: number, hash, clause: "4.3", startKey: text };
    const asked = await askQuestion(actor, { ...about, question: text });
    return asked.code === "asked" ? asked.reference : "";
  };

  it("is their answers, requests, evidence and kept forms, drafts included, and nobody else's", async () => {
    const me = await addPerson(database(), "me");
    const other = await addPerson(database(), "somebody-else");
    const owner = await addPerson(database(), "policy-owner", { roles: ["policy-owner"] });
    const reference = await answerAndAsk(me, "my own words");
    await answerQuestion(owner, reference, "What the owner says.");
    await answerAndAsk(other, "the words of another");
    const notices = [
      { ...NOTICE, to: "me", subject: "Keep what is yours" },
      { ...NOTICE, to: "somebody-else", subject: "the words of another" },
    ];
    await transact(async () => Promise.resolve({ result: null, evidence: [], notices }));
    await makeFeed(me);
    const view = await getOwnData(me);
    expect(view).toMatchObject({
      directory: { team: null },
      acknowledgements: [{ answer: "declined", reason: "my own words", version: "1" }],
      exceptions: [{ state: "draft" }],
      questions: [{ reference, question: "my own words" }],
      evidence: {
        count: 2,
        latest: [{ event: "clause.question-asked" }, { event: "policy.declined", policyTitle: "WhatsApp at work" }],
      },
      formInputCount: 1,
      mail: { wantsDigest: true, count: 1, lines: [{ subject: "Keep what is yours" }] },
      feed: {},
    });
    const session = {
      id: "s",
      createdAt: new Date(0),
      expiresAt: new Date(1),
      userAgent: null,
      seenAt: new Date(0),
      isThisOne: true,
      isShared: false,
    };
    const file = JSON.stringify(await exportOwnData(me, [session]));
    expect(file.match(/my own words/g)).toHaveLength(5); // and with two rows of evidence
    expect(file).toContain("Partners ask for it.");
    expect(file).not.toContain("the words of another");
    expect(file).not.toContain(other.personId);
    expect(file).toContain("Read it.");
    expect(file).toContain("What the owner says.");
    expect(file).not.toContain(owner.name);
    expect(JSON.parse(file)).toMatchObject({
      schemaVersion: 1,
      person: { email: me.email },
      sessions: [{ isThisOne: true }],
      digest: { isOn: true },
      mails: [{ subject: "Keep what is yours" }],
      notices: [{ subject: "Keep what is yours" }, { kind: "yours-changed" }],
      taskCalendar: {},
    });
  });
});

describeOnOneDatabase("what was recorded for somebody from paper", (database) => {
  it("is in their file with its place, its reason and its evidence, also once it was withdrawn", async () => {
    const [version] = await serveVersions("nao", []);
    const { version: number = "", hash = "" } = version ?? {};
    const me = await addPerson(database(), "me");
    const officer = await addPerson(database(), "officer", { roles: ["governance-officer"] });
    const on = { slug: "nao", version: number, hash, on: number, day: calendarDay(clock.now()) };
    const sent = { ...on, answer: "accepted", reason: "", place: "Blue file 7", why: "No device." };
    const result = await recordPaperAnswer(officer, "me", sent);
    const reference = result.code === "recorded" ? result.reference : "";
    const recorded = await exportOwnData(me, []);
    expect(recorded).toMatchObject({
      acknowledgements: [{ reference, paper: { place: "Blue file 7", why: "No device." } }],
      evidenceAboutYou: [{ event: "policy.answer-recorded", subject: reference }],
    });
    expect(JSON.stringify([recorded.acknowledgements, recorded.evidenceAboutYou])).not.toContain("officer");
    expect(await exportOwnData(officer, [])).toMatchObject({ also: { answersRecorded: [{ reference }] } });
    await withdrawPaperAnswer(officer, "me", { reference, because: "Another’s." });
    expect(await exportOwnData(me, [])).toMatchObject({
      acknowledgements: [],
      evidenceAboutYou: [{ event: "policy.answer-withdrawn" }, { event: "policy.answer-recorded" }],
      also: { answersWithdrawn: [{ reference, withdrawnBecause: "Another’s." }] },
    });
  });
});

// Written by hand: where the file shows each link between a person and a table, or why it does not.
const PLACES: Readonly<Record<string, string>> = {
  team: "person",
  sessions: "sessions",
  accounts: "workAccounts",
  manager: "also.manager",
  reports: "- Whose line manager they are is those people's data.",
  managedTeams: "also.managedTeams",
  acknowledgements: "acknowledgements",
  repliesGiven: "also.repliesGiven",
  exceptionsRequested: "exceptions",
  exceptionsDecided: "also.exceptionsDecided",
  exceptionsCovering: "also.exceptionsCovering",
  exceptionSteps: "also.exceptionSteps",
  mitigationsDone: "also.mitigationsDone",
  conditionsMet: "also.conditionsMet",
  exceptionsPassedOn: "also.exceptionsPassedOn",
  samplesStarted: "also.samplesStarted",
  samplesClosed: "also.samplesClosed",
  sampled: "also.sampled",
  sampledExcused: "also.sampledExcused",
  nameDoubts: "- About people who left and have no name any more, so nobody can ask for them.",
  policyReadings: "also.policyReadings",
  debtsConsidered: "also.debtsConsidered",
  outsideRulesRead: "also.outsideRulesRead",
  exceptionsHandedOn: "also.exceptionsHandedOn",
  exceptionStepsFor: "also.exceptionStepsFor",
  exceptionNotes: "also.exceptionNotes",
  campaignsCreated: "also.campaignsCreated",
  campaignsStarted: "also.campaignsStarted",
  campaignsEnded: "also.campaignsEnded",
  exemptions: "also.exemptions",
  exemptionsGiven: "also.exemptionsGiven",
  exemptionsEnded: "also.exemptionsEnded",
  answersRecorded: "also.answersRecorded",
  answersWithdrawn: "also.answersWithdrawn",
  withdrawnRecorded: "also.withdrawnRecorded",
  withdrawals: "also.withdrawals",
  handedOver: "also.handedOver",
  handOvers: "also.handOvers",
  absences: "also.absences",
  absencesRecorded: "also.absencesRecorded",
  deputies: "also.deputies",
  standsInFor: "also.standsInFor",
  deputiesNamed: "also.deputiesNamed",
  deputiesEnded: "also.deputiesEnded",
  versionsProposed: "also.versionsProposed",
  proposalsEnded: "also.proposalsEnded",
  versionsSigned: "also.versionsSigned",
  questionsAsked: "questions",
  questionsAnswered: "also.questionsAnswered",
  notesPublished: "also.notesPublished",
  receipts: "receipts",
  activitiesDeclared: "activities",
  activitiesEnded: "activities",
  apiTokensMade: "also.apiTokensMade",
  apiTokensRevoked: "also.apiTokensRevoked",
  notices: "notices",
  appRisks: "also.appRisks",
  appDecisions: "also.appDecisions",
  phoneReturns: "also.phoneReturns",
  phoneReturnsStarted: "also.phoneReturnsStarted",
  phoneReturnsChecked: "also.phoneReturnsChecked",
  phoneReturnSteps: "also.phoneReturnSteps",
  recordsOnBehalf: "also.recordsOnBehalf",
  groupsRequested: "groups",
  groupsDecided: "also.groupsDecided",
  groupMemberships: "groups",
  groupInvitations: "also.groupInvitations",
  groupsClosed: "also.groupsClosed",
  groupSteps: "also.groupSteps",
  groupAlerts: "also.groupAlerts",
  holdsPlaced: "holdsPlaced",
  holdsEnded: "holdsPlaced",
  holdTargets: "holds",
  holdConfirmations: "holds",
  holdReleases: "also.holdReleases",
  holdReleasesGiven: "also.holdReleasesGiven",
  corrections: "also.corrections",
  recordsCaptured: "records",
  recordsDisposed: "also.recordsDisposed",
  recordRevisions: "also.recordRevisions",
  consents: "photoConsents",
  consentsWithdrawn: "also.consentsWithdrawn",
  understandingChecks: "understandingChecks",
  incidentsReported: "incidents",
  incidentsManaged: "also.incidentsManaged",
  incidentEntries: "also.incidentEntries",
  incidentActions: "also.incidentActions",
  incidentActionsDone: "also.incidentActionsDone",
  incidentReadings: "also.incidentReadings",
  requestsEntered: "also.requestsEntered",
  complaintsMade: "complaints",
  requestsHandled: "also.requestsHandled",
  requestSteps: "also.requestSteps",
  searchesAsked: "searches",
  searchesAskedBy: "also.searchesAskedBy",
  searchesAnswered: "searches",
  clearDowns: "clearDowns",
  clearDownStops: "also.clearDownStops",
  mails: "mails",
  digestState: "also.digestState",
  taskFeed: "taskCalendar",
  formsBegun: "formInput",
  shownOnce: "- A secret on its way to the page that shows it, gone after ten minutes.",
  jobRunsAsked: "also.jobRunsAsked",
  evidenceReadings: "also.evidenceReadings",
  evidenceReadOf: "also.evidenceReadOf",
  signingKeysMade: "also.signingKeysMade",
  signingKeysRevoked: "also.signingKeysRevoked",
  scimUser: "directoryNames",
  directoryGroups: "directoryNames",
  peopleImports: "- Lists about other people, gone after a day.",
};

/** Tables that name somebody without a foreign key, or nobody. */
const UNTIED: Readonly<Record<string, string>> = {
  Evidence: "evidence",
  EvidenceDetail: "evidenceTexts",
  EvidenceNode: "- Hashes, about nobody.",
  EvidenceHead: "- Hashes, about nobody.",
  EvidenceWitness: "- Of somebody outside, about a hash; who received it stands in the evidence.",
  EvidenceTimeStamp: "- About a hash.",
  FormInput: "formInput",
  Webhook: "- An address outside; who named it stands in the evidence.",
  WebhookMessage: "- Which row of the evidence waits for which address; about nobody.",
  ApiWrite: "- Answers to a program, gone after seven days.",
  Verification: "- An attempt to sign in, before anybody knows who it is; gone after ten minutes.",
  RateLimit: "- Counts for minutes, at most a day, under a code that names nobody by itself.",
  DirectoryGroup: "directoryNames",
  PolicyRelease: "- About nobody.",
  OutsideRuleState: "- About nobody.",
  BoardReport: "- About nobody: that a report went out, not to whom.",
  ClauseTally: "- Counts about nobody.",
  ResultTally: "- Counts about nobody.",
  UnfoundWords: "- Nobody knows whose they were.",
  CampaignAudience: "- Whom a campaign asks; a person who is named in one sees it in their tasks.",
  ClearDownCall: "- About a group.",
  ClearDownRule: "- About a group.",
  ReceiptReading: "receipts",
  GroupAlertCall: "- About a member of a group.",
  RequestPause: "- The clock of a request; who stopped it stands in its steps.",
  SearchAnswer: "searches",
  ExceptionRisk: "exceptions",
  ExceptionMitigation: "exceptions",
};

describeOnOneDatabase("the file of all that is held", (database) => {
  it("has a place for every table that knows of a person, or a reason why not", async () => {
    const me = await addPerson(database(), "me");
    const file: unknown = JSON.parse(JSON.stringify(await exportOwnData(me, [])));
    const models = readModels();
    const names = models.map(({ name }) => name);
    const person = models.find(({ name }) => name === "Person")?.text ?? "";
    const ties = [...person.matchAll(/^ {2}(\w+) +(\w+)(?:\[\]|\?)?/gm)]
      .map(([, field = "", type = ""]) => ({ field, type }))
      .filter(({ type }) => names.includes(type));
    expect(ties.map(({ field }) => field).sort()).toEqual(Object.keys(PLACES).sort());
    const tied = ["Person", ...ties.map(({ type }) => type)];
    expect(names.filter((name) => !tied.includes(name)).sort()).toEqual(
      Object.keys(UNTIED)
        .filter((name) => !tied.includes(name))
        .sort(),
    );
    for (const place of [...Object.values(PLACES), ...Object.values(UNTIED)].filter((one) => !one.startsWith("-"))) {
      const parts = place.split(".");
      const found = parts.reduce<unknown>((part, key) => (part as Record<string, unknown> | undefined)?.[key], file);
      expect(found, place).not.toBeUndefined();
    }
  });
});
