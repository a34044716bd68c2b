/** What somebody is told besides their tasks: urgent kinds at once, the others in the digest of their working day. */

/** The closed list of kinds; `label` names one to people. */
export const NOTICE_KINDS = {
  "hold-placed": { label: "A hold was placed", isUrgent: true },
  "hold-ended": { label: "A hold was ended", isUrgent: false },
  "group-decided": { label: "A group that you asked for was decided on", isUrgent: false },
  "group-retention-changed": { label: "How long a group's messages are kept has changed", isUrgent: false },
  "group-removal-late": { label: "Somebody is still in a group", isUrgent: false },
  "group-short-of-administrators": { label: "A group is short of administrators", isUrgent: false },
  "group-stepped-up": { label: "You administer a group now", isUrgent: false },
  "group-closed": { label: "A group was closed", isUrgent: false },
  "app-decided": { label: "An app was decided on", isUrgent: false },
  "phone-return-to-check": { label: "A phone goes, and you check what was moved from it", isUrgent: false },
  "phone-return-answered": { label: "Your phone return was checked, or somebody acted on it", isUrgent: false },
  "record-on-behalf": { label: "A record was captured on your behalf", isUrgent: false },
  "incident-reported": { label: "An accident was reported", isUrgent: true },
  "incident-ruling": { label: "Whether you can delete what you shared", isUrgent: true },
  "incident-clock": { label: "The time to report a breach is running out", isUrgent: true },
  "incident-unopened": { label: "Nobody has opened a report", isUrgent: true },
  "incident-action": { label: "You have something to do after an accident", isUrgent: false },
  "incident-closed": { label: "A case you reported was closed", isUrgent: false },
  "hold-reminder": { label: "A hold needs your confirmation", isUrgent: true },
  "hold-doubt": { label: "Somebody did not delete, and asks about a hold", isUrgent: true },
  "request-to-handle": { label: "An information request or a complaint is yours to handle", isUrgent: true },
  "complaint-news": { label: "Your complaint about your data was looked at", isUrgent: true },
  "search-asked": { label: "You were asked to search", isUrgent: true },
  "search-reminder": { label: "A search needs your answer", isUrgent: true },
  "search-ended": { label: "You no longer have to search", isUrgent: false },
  "search-answered": { label: "Somebody answered a search", isUrgent: false },
  "clear-down-missed": { label: "A clear-down was missed", isUrgent: false },
  "board-report": { label: "The board’s report of a month", isUrgent: true },
  "account-bound": { label: "Your work account was tied to you", isUrgent: true },
  "account-released": { label: "Your work account was released", isUrgent: true },
  "roles-unconfirmed": { label: "Your roles could not be confirmed", isUrgent: true },
  "roles-changed": { label: "Your roles have changed", isUrgent: true },
  "address-changed": { label: "Your e-mail address has changed", isUrgent: true },
  "own-change-refused": { label: "A program may not change this person", isUrgent: false },
  "leaver-part-refused": { label: "Part of what a program sent about a leaver does not fit", isUrgent: false },
  "version-to-sign": { label: "A version of a policy needs your signature", isUrgent: true },
  "version-news": { label: "A version that you proposed or sign was decided on", isUrgent: true },
  "answers-overdue": { label: "Answers to a policy are overdue", isUrgent: false },
  "acknowledgement-reminder": { label: "A policy needs your answer", isUrgent: false },
  "paper-answer": { label: "Your answer on paper was recorded, or its recording withdrawn", isUrgent: true },
  "absence-recorded": {
    label: "One of your people said when they are away, or somebody recorded it of you",
    isUrgent: false,
  },
  "check-asked": { label: "You were chosen for a check of a policy", isUrgent: false },
  "exception-sent": { label: "An exception needs your decision", isUrgent: true },
  "exception-changes-asked": { label: "You were asked to change a request for an exception", isUrgent: true },
  "exception-decided": { label: "Your request for an exception was decided on", isUrgent: true },
  "exception-covers-you": { label: "An exception covers you", isUrgent: false },
  "exception-ended": { label: "An exception was revoked or withdrawn", isUrgent: true },
  "exception-condition": { label: "A condition of an exception was not met, or has more time", isUrgent: true },
  "exception-ending": { label: "An exception ends soon", isUrgent: false },
  "exception-waits-again": { label: "An exception needs a decision again", isUrgent: true },
  "exception-passed-on": { label: "An exception was passed on to you", isUrgent: true },
  "exception-handed-over": { label: "An exception has to be taken over or ended", isUrgent: true },
  "deputy-named": { label: "A deputy was named", isUrgent: true },
  "deputy-ended": { label: "A deputy’s time has ended", isUrgent: true },
  "yours-changed": { label: "Somebody changed or decided on something of yours", isUrgent: false },
  "stand-in": { label: "You stand in in a role, or no longer", isUrgent: true },
  "role-vacant": { label: "Nobody has a role any more", isUrgent: true },
  "duties-away": { label: "Others see to your tasks, or you do again", isUrgent: false },
  "duties-handed-over": { label: "You have something to do in place of somebody", isUrgent: true },
  "api-token-ends": { label: "A token for a program ends soon", isUrgent: true },
  "api-token-ended": { label: "A token for a program has ended", isUrgent: true },
  "mail-tested": { label: "A test of the mail", isUrgent: true },
} as const satisfies Record<string, { label: string; isUrgent: boolean }>;

export type NoticeKind = keyof typeof NOTICE_KINDS;

/** One notice on its way. It says what to do and where; what is confidential stays behind the sign-in. */
export interface Notice {
  /** Slug of the body. */
  body: string;
  /** Id of the person who is told. */
  to: string;
  kind: NoticeKind;
  /** Plain text, one line. */
  subject: string;
  /** Plain text, a paragraph each. */
  paragraphs: readonly string[];
  /** Address in the portal of the one place to do it, from "/". */
  href: string;
  /** An e-mail address that the mail of an urgent one goes to as well: the one that somebody had until now. */
  alsoTo?: string;
}

export function isUrgent({ kind }: Pick<Notice, "kind">): boolean {
  return NOTICE_KINDS[kind].isUrgent;
}

/**
 * Tells somebody that another person changed or decided on something of theirs. Nobody is told of what they did
 * themselves.
 * @param to whose it is; null for nobody's, or for somebody who is not here any more
 */
export function tellOwner(
  by: { body: string; personId: string },
  to: string | null,
  { subject, words, href }: { subject: string; words: string; href: string },
): Notice[] {
  if (to === null || to === by.personId) return [];
  return [{ body: by.body, to, kind: "yours-changed", subject, paragraphs: [words], href }];
}

/** The same notice to several people, once each. @param to their ids; null for somebody who is not here any more */
export const tellAll = (to: readonly (string | null)[], notice: Omit<Notice, "to">): Notice[] =>
  [...new Set(to)].flatMap((id) => (id === null ? [] : { ...notice, to: id }));
