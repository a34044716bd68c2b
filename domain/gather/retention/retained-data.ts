/** What the portal keeps about people, kind by kind: the source of the privacy notice (UK GDPR, articles 13 and 30). */

import type { RetentionKind } from "./rule.ts";

export const LAWFUL_BASES = {
  "public-task":
    "Public task (UK GDPR, article 6(1)(e)): your employer has to keep records and answer for its decisions.",
  "legal-obligation":
    "Legal obligation (article 6(1)(c)): freedom of information, data protection and public records law.",
  consent: "Consent (article 6(1)(a)): you can take it back at any time.",
} as const satisfies Record<string, string>;
export type LawfulBasis = keyof typeof LAWFUL_BASES;

export interface RetainedKind {
  title: string;
  what: string;
  why: string;
  /** A suggestion: the body decides. */
  basis: LawfulBasis;
  seenBy: string;
  /** How long, if no retention rule says so. */
  howLong: string;
  /** The kind whose rule in content/retention.yaml says how long. */
  retention?: RetentionKind;
  /** The tables that hold it; `kept.test.ts` finds any that are missing. */
  models: readonly string[];
}

/** What holds of a kind that says nothing else. */
const USUAL = { basis: "public-task", howLong: "As long as your employer’s retention schedule says." } as const;

const KINDS: readonly (Omit<RetainedKind, keyof typeof USUAL> & Partial<RetainedKind>)[] = [
  {
    title: "You in the directory",
    retention: "leaver-name",
    what: "Your name, work e-mail address, employer, team, line manager, roles, kind of work, the days you start, leave and are away until; and which account at your employer’s sign-in service is yours; and since when that service does not say your roles any more.",
    why: "To let you in, show you your own tasks, and know who may see what.",
    seenBy: "Administrators; colleagues find your name and team when they add somebody to a group or an exception.",
    howLong: "While you work there. Afterwards your name stays with what you signed, until the schedule ends it.",
    models: ["Person", "Team", "Account", "ScimUser", "DirectoryGroupMember", "NameDoubt"],
  },
  {
    title: "Your sessions",
    retention: "sign-in-trace",
    what: "When you signed in, when you last proved who you are, when you were last active, and which browser. Not your internet address. A session ends after 12 hours at most, or one hour after you stop using the portal.",
    why: "To keep you signed in, and let you end a session that is not yours.",
    seenBy: "You; administrators, who can end it.",
    howLong: "Until some time after the session has ended, so that a stolen one can be looked into.",
    models: ["Session", "Verification"],
  },
  {
    title: "Your answers to policies",
    retention: "acknowledgement",
    what: "Which version you accepted or declined, when, your reason, and the reply to it; when you began to read it, and that you answered situations from it correctly, if you were asked. Not what you got wrong. Of an answer on paper: who recorded it, where the paper is kept, and why it was on paper; a wrong recording stays as withdrawn.",
    why: "To show that you were told the rules, and to hear what is wrong with them.",
    seenBy:
      "You; your line manager, governance officers and policy owners see whether you have answered, and whether on paper. Policy owners read and answer declines, or where there is none a governance officer or the senior information risk owner. Your reason and the reply also stand beside the evidence, which governance officers and auditors read.",
    models: [
      "Acknowledgement",
      "WithdrawnAnswer",
      "PolicyReading",
      "Campaign",
      "CampaignAudience",
      "Exemption",
      "FollowUpHandOver",
    ],
  },
  {
    title: "Questions about a policy, and suggestions",
    retention: "question",
    what: "What you asked about a clause or suggested for it, whether you may be answered, and the answer.",
    why: "To answer you, and to make the text clearer.",
    seenBy:
      "You and the policy owners, who do not see your name with a suggestion that you do not want answered. A note under the clause does not name you. Your words also stand beside the evidence, which governance officers and auditors read.",
    models: ["ClauseQuestion"],
  },
  {
    title: "Versions that you proposed or signed",
    retention: "proposal",
    what: "Which version, why, when, and in which role you signed; who sent it back or withdrew it, and the reason.",
    why: "To show who agreed before a policy was published.",
    seenBy: "Policy owners, governance officers and the senior information risk owner; in the evidence also auditors.",
    models: ["VersionProposal", "VersionSignature"],
  },
  {
    title: "Words that found nothing",
    retention: "question",
    what: "What you looked for in vain, only where you gave it to the policy owner; without your name.",
    why: "So that the next person finds it.",
    seenBy: "The policy owners.",
    models: ["UnfoundWords"],
  },
  {
    title: "Results that you kept",
    retention: "kept-result",
    what: "Your answers in the check, the result, your own words, and who you shared it with.",
    why: "So that you can show later how you decided.",
    seenBy: "You, and the people you share it with.",
    howLong: "Until you delete it.",
    models: ["Receipt", "ReceiptReading"],
  },
  {
    title: "Counts about a policy",
    retention: "tally",
    what: "How often a result was an answer or not, by version and month; how often somebody was not sure, or found nothing. Nothing about you: a code made from your account, which names nobody, lets you count once a day.",
    why: "To find what a policy says badly.",
    seenBy: "Policy owners and governance officers; whether results were an answer only from five on.",
    howLong: "The code: a day.",
    models: ["ClauseTally", "ResultTally", "RateLimit"],
  },
  {
    title: "Deputies",
    what: "Who stands in for you, who you stand in for, in which role, from which day to which, and who named the deputy or ended it.",
    why: "So that somebody can decide while you are away, and to show in whose place they did.",
    seenBy: "You; the other of the two; administrators.",
    howLong: "As long as the decisions made in somebody’s place.",
    models: ["Deputy"],
  },
  {
    title: "When you are away",
    what: "First and last day of each absence, and whether a form, a list or a program said so. Never why.",
    why: "So that days on which you are away do not count when something has to be answered.",
    seenBy: "You; your line manager; administrators.",
    howLong: "Until your name is replaced, after you have left.",
    models: ["Absence"],
  },
  {
    title: "Exceptions",
    retention: "exception",
    what: "What you asked for and why, the risks, who decided and how, what the people who decide noted, and who in a team it covers; where a policy owner kept a policy as it is, or read what changed in a rule from outside, why.",
    why: "To decide on it, and to show that risks were weighed.",
    seenBy:
      "You, your line manager, governance officers, the senior information risk owner and auditors. People it covers see what it permits. The people who decide and auditors see notes.",
    models: [
      "Exception",
      "ExceptionStep",
      "ExceptionMitigation",
      "ExceptionCondition",
      "ExceptionCover",
      "DebtConsideration",
      "OutsideRuleReading",
      "ExceptionNote",
    ],
  },
  {
    title: "Reports of accidents",
    retention: "incident",
    what: "What you reported, your steps, and the case: who read it, what was decided and why. It can tell of other people.",
    why: "To put it right in time, and to decide whether to tell the regulator and the people concerned.",
    basis: "legal-obligation",
    seenBy:
      "You, your line manager if they were told, and the people who handle it. The person the report is about cannot see it.",
    models: ["Incident", "IncidentEntry", "IncidentAction", "IncidentReading"],
  },
  {
    title: "Chat groups and clear-downs",
    retention: "group",
    what: "The groups you are in or asked for, your part in them, that you agreed to share your number, and what you confirmed as deleted. Of people outside: name and organisation. Not the messages; in an emergency group the first alerts.",
    why: "To know who is in a group, take out those who leave, and explain why messages are no longer there.",
    seenBy: "The people in the group, governance officers and auditors.",
    models: ["ChatGroup", "GroupMember", "GroupStep", "GroupAlert", "ClearDown", "ClearDownStop"],
  },
  {
    title: "Decisions on apps",
    retention: "app",
    what: "What you decided on apps, and which risks of apps are yours.",
    why: "To know which apps may be used, and who answers for it.",
    seenBy: "Everybody in your body.",
    models: ["App", "AppDecision"],
  },
  {
    title: "Phones that go",
    retention: "phone-return",
    what: "When a phone of yours went, what you said you moved from it, who checked it and what they looked at.",
    why: "To explain what became of messages when a phone went.",
    seenBy: "You, who started it, who checks, governance officers and auditors.",
    models: ["PhoneReturn", "PhoneReturnStep"],
  },
  {
    title: "That others can see your number",
    what: "That you agreed to share your phone number in a group, and when. Not the number itself.",
    why: "A group shows your number to everybody in it.",
    basis: "consent",
    seenBy: "The administrators of the group, governance officers and auditors.",
    howLong: "Until the group’s entry is deleted; you can take it back at any time.",
    models: ["GroupMember"],
  },
  {
    title: "Holds",
    retention: "hold",
    what: "Which holds name you or your groups, and that you confirmed them.",
    why: "So that nothing is deleted that somebody has a right to see.",
    basis: "legal-obligation",
    seenBy: "You, governance officers and auditors.",
    models: ["Hold", "HoldTarget", "HoldRelease", "HoldConfirmation", "Correction"],
  },
  {
    title: "Captured records",
    what: "What you copied from a chat into the record, and who said it.",
    why: "Messages that matter are records of your employer.",
    basis: "legal-obligation",
    seenBy: "You, governance officers and auditors.",
    howLong: "As long as its retention class says; the day is shown on each.",
    models: ["CapturedRecord", "RecordRevision"],
  },
  {
    title: "Information requests, and complaints about your data",
    retention: "request",
    what: "Of a request: who asks and what, who was asked to search, what each answered and how many minutes it took. Of your complaint: what you wrote, when it was acknowledged, and what came of it.",
    why: "To answer in time, to show later what was searched, and to put right what was done with your data.",
    basis: "legal-obligation",
    seenBy:
      "You see what you were asked to search, and your own complaints. Governance officers and the senior information risk owner see all, but nobody handles their own complaint. Auditors see it without what people wrote; the evidence has none of that either.",
    models: ["InformationRequest", "RequestPause", "InformationRequestStep", "SearchRequest", "SearchAnswer"],
  },
  {
    title: "Photo consents",
    retention: "photo-consent",
    what: "Who is in a picture, who agreed for a child, for which use and until when, and where the signed form is. The picture itself is not here.",
    why: "To show that people in photos agreed, and to stop when they take it back.",
    basis: "consent",
    seenBy:
      "Who recorded it, and governance officers. The use, and where the form is, also stand beside the evidence, which auditors read too; the names do not.",
    models: ["Consent"],
  },
  {
    title: "Checks held",
    retention: "check-held",
    what: "Which checks were held on how a policy is followed, by whom, and what came of them.",
    why: "To show that policies are followed.",
    seenBy: "Policy owners, governance officers and auditors.",
    models: ["UnderstandingCheck"],
  },
  {
    title: "Random checks",
    retention: "check-held",
    what: "That you were chosen for a check of a policy, the two situations you were asked about, what you answered and when; or that you were excused, and why. Who started or closed a check.",
    why: "To see whether people understand a policy, and which parts of it are hard to understand.",
    seenBy: "You and governance officers. Policy owners and auditors see figures without names.",
    models: ["UnderstandingSample", "SampledPerson"],
  },
  {
    title: "Business continuity, tokens and keys",
    what: "Who declared an activity, made a token for a program or a key for exports, and when.",
    why: "To know who is responsible for it.",
    seenBy: "Governance officers and auditors; tokens: administrators.",
    models: ["ContinuityActivity", "ApiToken", "SigningKey"],
  },
  {
    title: "Mail and notices",
    retention: "mail",
    what: "What the portal told you, and whether you want the daily digest; whether your calendar has your tasks.",
    why: "To tell you in time.",
    seenBy: "You; administrators, who can read mail to see why it did not arrive, but not mail about accidents.",
    howLong: "Mail: 90 days.",
    models: ["Mail", "Notice", "DigestState", "TaskFeed", "JobRun"],
  },
  {
    title: "Events for other programs and channels",
    retention: "mail",
    what: "That something of a kind happened, its reference and when: what your body sent to programs, and to channels in Teams or Slack. Your name and what you wrote go to a program only where an administrator chose so, and never with accidents, holds, information requests and questions.",
    why: "So that other programs and channels of your employer know at once.",
    seenBy: "Administrators; whoever uses those programs and channels.",
    howLong: "The list of what was sent: 90 days.",
    models: ["WebhookMessage"],
  },
  {
    title: "What you typed and did not send",
    what: "A form that came back with something to put right, or that a program began for you; a secret address that you made, sealed, until you have seen it once; of an administrator, a list of people that was checked.",
    why: "So that you do not lose what you typed.",
    seenBy: "You.",
    howLong: "A day; what a program began, until you send or discard it, 90 days at most.",
    models: ["FormInput", "BegunForm", "ApiWrite", "PeopleImport", "ShownOnce"],
  },
  {
    title: "The server’s log",
    what: "A line for each request: when, which page, how it ended. No name; the internet address only where a request was refused.",
    why: "To find out what went wrong, and whether somebody is trying to break in.",
    seenBy: "The people who run the server.",
    howLong: "As long as your IT department keeps logs.",
    models: [],
  },
  {
    title: "Evidence",
    retention: "evidence-text",
    what: "One row for each change: who did what, when. Names and texts are kept beside the chain, not in it.",
    why: "To show to auditors and regulators that the rules were followed.",
    basis: "legal-obligation",
    seenBy: "Governance officers and auditors.",
    howLong: `${USUAL.howLong} A name can be erased without breaking the chain.`,
    models: [
      "Evidence",
      "EvidenceDetail",
      "EvidenceReading",
      "EvidenceNode",
      "EvidenceHead",
      "EvidenceWitness",
      "EvidenceTimeStamp",
    ],
  },
];

export const RETAINED_DATA: readonly RetainedKind[] = KINDS.map((kind) => ({ ...USUAL, ...kind }));
