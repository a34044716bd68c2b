/** What the journal of evidence records: one event for each change of state (docs/glossary.md, "Evidence"). */

/**
 * The closed list of events, past tense: how each is named to people, and what it says, where {actor}, {subject} and
 * {policy} stand for their names.
 */
const EVENTS = {
  "policy.released": ["Version served", "{actor} began to serve {policy}"],
  "policy.draft-begun": ["Draft begun", "{actor} began the draft {subject}"],
  "policy.draft-saved": ["Draft saved", "{actor} saved a file of the draft {subject}"],
  "policy.draft-not-saved": [
    "Draft not saved after all",
    "{actor} found a file of the draft {subject} changed by somebody else, and did not save over it",
  ],
  "policy.proposed": ["Version proposed", "{actor} proposed that {policy} be published, {subject}"],
  "policy.signed": ["Version signed", "{actor} signed {policy}, proposed as {subject}"],
  "policy.proposal-returned": ["Proposed version sent back", "{actor} sent {policy} back, proposed as {subject}"],
  "policy.proposal-withdrawn": [
    "Proposal of a version withdrawn",
    "{actor} withdrew {subject}, which proposed {policy}",
  ],
  "policy.proposal-voided": [
    "Proposed version changed",
    "{actor} recorded that {policy} is no longer what {subject} proposed, so signatures are void",
  ],
  "policy.published": ["Version published", "{actor} published {policy}, proposed as {subject}"],
  "policy.acknowledged": ["Policy accepted", "{actor} accepted {policy}"],
  "policy.declined": ["Policy declined", "{actor} declined {policy} and said why"],
  "policy.answer-recorded": [
    "Answer on paper recorded",
    "{actor} recorded from paper somebody’s answer {subject} to {policy}",
  ],
  "policy.answer-withdrawn": [
    "Recording of an answer on paper withdrawn",
    "{actor} withdrew the recording {subject} of an answer to {policy} on paper",
  ],
  "policy.reminded": ["People reminded to answer", "{actor} reminded people to answer {policy}"],
  "policy.exempted": ["Exempted from answering", "{actor} exempted {subject} from answering {policy}"],
  "policy.exemption-ended": ["Exemption ended", "{actor} ended the exemption of {subject} from answering {policy}"],
  "policy.handed-over": [
    "Answers handed to line managers",
    "{actor} asked line managers to see to answers to {policy}",
  ],
  "campaign.created": ["Campaign prepared", "{actor} prepared campaign {subject} for {policy}"],
  "campaign.changed": ["Campaign changed", "{actor} changed campaign {subject} for {policy}"],
  "campaign.started": ["Campaign started", "{actor} started campaign {subject} for {policy}"],
  "campaign.stopped": ["Campaign stopped", "{actor} stopped campaign {subject} for {policy}"],
  "campaign.not-needed": ["Campaign not needed", "{actor} noted that {policy} needs no campaign, {subject}"],
  "policy.decline-answered": ["Decline answered", "{actor} answered the decline {subject} of {policy}"],
  "clause.change-suggested": ["Change to a clause suggested", "{actor} suggested {subject} for {policy}"],
  "clause.suggestion-answered": ["Suggestion for a clause answered", "{actor} answered the suggestion {subject}"],
  "clause.question-asked": ["Question about a policy asked", "{actor} asked {subject} about {policy}"],
  "clause.question-answered": ["Question about a policy answered", "{actor} answered {subject}"],
  "clause.note-published": ["Note under a clause published", "{actor} published a note from {subject} in {policy}"],
  "clause.note-withdrawn": ["Note under a clause withdrawn", "{actor} withdrew the note from {subject}"],
  "receipt.kept": ["Result kept", "{actor} kept the result {subject}"],
  "receipt.shared-with-manager": [
    "Result shared with the line manager",
    "{actor} shared {subject} with the line manager",
  ],
  "receipt.unshared-with-manager": [
    "Result no longer shared with the line manager",
    "{actor} stopped sharing {subject} with the line manager",
  ],
  "receipt.link-made": ["Link to a result made", "{actor} made a link to {subject}"],
  "receipt.link-revoked": ["Link to a result taken back", "{actor} took back the link to {subject}"],
  "receipt.deleted": ["Result deleted", "{actor} deleted {subject}"],
  "receipt.deletion-stopped": [
    "Result not deleted, because of a request or a hold",
    "{actor} did not delete {subject}, because it may have to be kept",
  ],
  "continuity.declared": [
    "Business continuity activity declared",
    "{actor} declared the business continuity activity {subject}",
  ],
  "continuity.corrected": [
    "Business continuity corrected",
    "{actor} corrected the business continuity activity {subject}",
  ],
  "continuity.ended": [
    "Business continuity activity ended",
    "{actor} ended the business continuity activity {subject}",
  ],
  "subject-pack.made": ["Pack about a person made", "{actor} put together all that is held about a person"],
  "foi-pack.made": ["FOI pack made", "{actor} made {subject} from {policy}"],
  "exception.submitted": ["Exception asked for", "{actor} asked for the exception {subject} from {policy}"],
  "exception.changes-requested": ["Changes to a request asked for", "{actor} asked for changes to {subject}"],
  "exception.approved": ["Exception approved", "{actor} approved {subject}"],
  "exception.approved-in-part": [
    "Exception approved in part",
    "{actor} approved {subject}, and somebody else has to as well",
  ],
  "exception.declined": ["Exception declined", "{actor} declined {subject}"],
  "exception.withdrawn": ["Exception withdrawn", "{actor} withdrew {subject}"],
  "exception.revoked": ["Exception revoked", "{actor} revoked {subject}"],
  "exception.mitigation-completed": ["Mitigation done", "{actor} marked a mitigation of {subject} as done"],
  "exception.condition-met": ["Condition met", "{actor} marked a condition of {subject} as met"],
  "exception.condition-postponed": ["More time for a condition", "{actor} gave more time for a condition of {subject}"],
  "policy.debt-considered": [
    "Clause with many exceptions kept",
    "{actor} looked at clause {subject} of {policy}, from which there are many exceptions, and kept it",
  ],
  "outside-rule.change-read": [
    "Rule from outside read",
    "{actor} read what changed in the rule from outside {subject}",
  ],
  "exception.passed-on": ["Request passed on", "{actor} passed {subject} on to somebody else to decide"],
  "exception.noted": ["Note on a request", "{actor} wrote a note on {subject} for those who decide"],
  "exception.ended-with-leaver": [
    "Exception ended because its holder left",
    "{actor} recorded that the holder of {subject} left, and it ended",
  ],
  "exception.handed-over": [
    "Exception without its holder",
    "{actor} recorded that the holder of {subject} left, and somebody else has to look after it",
  ],
  "exception.taken-over": ["Exception taken over", "{actor} took over {subject}"],
  "deputy.named": ["Deputy named", "{actor} named a deputy for {subject}"],
  "deputy.ended": ["Deputy ended", "{actor} ended a deputyship for {subject}"],
  "stand-in.began": [
    "Somebody stands in in a role",
    "{actor} recorded that somebody acts in a role that nobody else is there for, or as a deputy",
  ],
  "stand-in.ended": ["Somebody no longer stands in", "{actor} recorded that somebody no longer acts in a role"],
  "duties.handed-over": [
    "Duties handed over, because of an absence",
    "{actor} handed the duties of somebody who is away over to others",
  ],
  "duties.given-back": [
    "Duties given back after an absence",
    "{actor} gave their duties back to somebody who is no longer away",
  ],
  "absence.recorded": ["Absence recorded", "{actor} recorded when somebody is away"],
  "absence.changed": ["Absence changed", "{actor} changed when somebody is away"],
  "absence.removed": ["Absence removed", "{actor} removed days on which somebody was to be away"],
  "person.added": ["Person added", "{actor} added a person to the directory"],
  "person.roles-changed": ["Roles of a person changed", "{actor} changed the roles of a person"],
  "person.roles-unconfirmed": [
    "Roles not confirmed at a sign-in",
    "{actor} noted that the sign-in service does not say the roles of a person",
  ],
  "person.roles-confirmed": ["Roles confirmed again", "{actor} confirmed the roles of a person"],
  "person.roles-lapsed": [
    "Unconfirmed roles lapsed",
    "{actor} ended roles of a person that nobody had confirmed in time",
  ],
  "group.requested": ["Group asked for", "{actor} asked for the group {subject}"],
  "group.changed": ["Group changed", "{actor} changed the group {subject}"],
  "group.retention-changed": [
    "Retention of a group changed",
    "{actor} changed how long messages of {subject} are kept",
  ],
  "group.sent-back": ["Group sent back", "{actor} sent the group {subject} back for changes"],
  "group.approved": ["Group approved", "{actor} approved the group {subject}"],
  "group.declined": ["Group declined", "{actor} declined the group {subject}"],
  "group.reviewed": ["Group reviewed", "{actor} reviewed the group {subject}"],
  "group.settings-confirmed": ["Settings of a group confirmed", "{actor} confirmed the settings of {subject}"],
  "group.contacts-reviewed": [
    "Contact details of a group reviewed",
    "{actor} reviewed the contact details of {subject}",
  ],
  "group.closed": ["Group closed", "{actor} closed the group {subject}"],
  "group.handed-over": [
    "Request for a group handed over",
    "{actor} handed the request for {subject} over, because whoever asked for it left",
  ],
  "group.member-added": ["Member added to a group", "{actor} added somebody to {subject}"],
  "group.member-consented": ["Consent to share a number given", "{actor} agreed to share a number in {subject}"],
  "group.member-refused": ["Consent to share a number refused", "{actor} did not agree to share a number in {subject}"],
  "group.member-withdrew": [
    "Consent to share a number withdrawn",
    "{actor} took back the consent to share a number in {subject}",
  ],
  "group.removal-wanted": ["Removal from a group asked for", "{actor} asked for a member to be taken out of {subject}"],
  "group.removal-cancelled": ["Removal from a group cancelled", "{actor} said that a member stays in {subject}"],
  "group.removal-escalated": [
    "Removal from a group escalated",
    "{actor} told officers that a member is still in {subject}",
  ],
  "group.member-removed": ["Member removed from a group", "{actor} confirmed that a member is out of {subject}"],
  "group.role-changed": ["Administrators of a group changed", "{actor} changed who administers {subject}"],
  "group.details-changed": [
    "Contact details of a member changed",
    "{actor} said that contact details changed in {subject}",
  ],
  "group.details-updated": [
    "Contact details of a member taken over",
    "{actor} took over new contact details in {subject}",
  ],
  "group.away": ["Administrator of a group away", "{actor} said when an administrator of {subject} is away"],
  "group.link-made": ["Link to join a group made", "{actor} made a link to join {subject}"],
  "group.alert-logged": ["First notification logged", "{actor} logged a first notification in {subject}"],
  "group.alert-call-logged": [
    "Call about a notification logged",
    "{actor} logged a call about a notification in {subject}",
  ],
  "app.decided": ["App decided on", "{actor} decided on the app {subject}"],
  "phone-return.started": ["Phone return started", "{actor} said in {subject} that a phone goes"],
  "phone-return.stated": ["Phone return: what was moved", "{actor} said in {subject} what was moved from a phone"],
  "phone-return.checked": ["Phone return checked", "{actor} checked {subject}: the phone may go"],
  "phone-return.stopped": [
    "Phone return stopped by a hold",
    "{actor} was stopped from letting the phone of {subject} go, because of a hold",
  ],
  "phone-return.cancelled": ["Phone return cancelled", "{actor} cancelled {subject}: the phone stays"],
  "person.changed": ["Details of a person changed", "{actor} changed what the directory says of a person"],
  "person.left": ["Person left", "{actor} said that a person has left"],
  "person.moved": ["Person changed role or team", "{actor} said that a person changed role or team"],
  "person.returned": ["Person is back", "{actor} said that a person is back"],
  "person.sessions-ended": ["Sessions of a person ended", "{actor} ended sessions of a person"],
  "account.bound": ["Work account tied to a person", "{actor} tied a work account to a person, at their first sign-in"],
  "account.refused": [
    "Another work account refused",
    "{actor} refused another work account that came with the address of a person",
  ],
  "account.released": ["Work account released", "{actor} released a person from their work account"],
  "people.imported": ["List of people imported", "{actor} imported a list of people"],
  "team.made": ["Team made", "{actor} made a team"],
  "team.changed": ["Team changed", "{actor} changed a team"],
  "directory-group.added": ["Directory group added", "{actor} added the directory group {subject}"],
  "directory-group.changed": ["Directory group changed", "{actor} changed the directory group {subject}"],
  "directory-group.removed": ["Directory group removed", "{actor} removed the directory group {subject}"],
  "incident.reported": ["Accident reported", "{actor} reported {subject}"],
  "incident.step-answered": ["Report of an accident added to", "{actor} added to the report {subject}"],
  "incident.opened": ["Case of an accident opened", "{actor} opened the case {subject}"],
  "incident.read": ["Case of an accident read", "{actor} read the case {subject}"],
  "incident.exported": ["Report of a case made", "{actor} made a report of the case {subject}"],
  "incident.part-recorded": ["Part of a case recorded", "{actor} recorded a part of the case {subject}"],
  "incident.action-added": ["Action of a case added", "{actor} added an action to the case {subject}"],
  "incident.action-handed-over": [
    "Action of a case handed over",
    "{actor} handed an action of the case {subject} over to somebody else",
  ],
  "incident.action-completed": ["Action of a case done", "{actor} marked an action of the case {subject} as done"],
  "incident.warned": ["Warning that the hours run out", "{actor} warned that the hours of the case {subject} run out"],
  "incident.escalated": [
    "Unopened case told to a deputy",
    "{actor} told a deputy that nobody had opened the case {subject}",
  ],
  "incident.closed": ["Case closed", "{actor} closed the case {subject}"],
  "incident.reopened": ["Case reopened", "{actor} reopened the case {subject}"],
  "api-token.made": ["Token for a program made", "{actor} made the token {subject} for a program"],
  "record.captured": ["Record captured", "{actor} captured {subject}"],
  "record.corrected": ["Record corrected", "{actor} corrected {subject}"],
  "record.chat-copy-deleted": [
    "Copy of a record in the chat deleted",
    "{actor} deleted the copy of {subject} in the chat",
  ],
  "record.deletion-stopped": ["Deletion of a record stopped", "{actor} was stopped from deleting what {subject} holds"],
  "record.kept-longer": ["Record kept longer", "{actor} kept {subject} longer"],
  "record.disposed": ["Record disposed of", "{actor} disposed of {subject}"],
  "record.exported": ["Captured records exported", "{actor} exported captured records as {subject}"],
  "information-request.entered": ["Information request entered", "{actor} entered the request {subject}"],
  "information-request.corrected": ["Information request corrected", "{actor} corrected the request {subject}"],
  "information-request.passed-on": ["Information request passed on", "{actor} passed the request {subject} on"],
  "information-request.day-set": [
    "Last day of a request set",
    "{actor} set another last day for the request {subject}",
  ],
  "information-request.paused": ["Clock of a request stopped", "{actor} stopped the clock of the request {subject}"],
  "information-request.resumed": ["Clock of a request goes on", "{actor} let the clock of the request {subject} go on"],
  "information-request.acknowledged": ["Complaint acknowledged", "{actor} acknowledged the complaint {subject}"],
  "information-request.hold-placed": ["Hold placed for a request", "{actor} placed a hold for the request {subject}"],
  "information-request.closed": ["Information request closed", "{actor} closed the request {subject}"],
  "information-request.reopened": ["Information request reopened", "{actor} reopened the request {subject}"],
  "search-request.made": ["People asked to search", "{actor} asked people to search for {subject}"],
  "search-request.answered": ["Search answered", "{actor} answered a search for {subject}"],
  "search-request.reminded": ["Search: reminder sent", "{actor} reminded somebody of a search for {subject}"],
  "search-request.ended": ["Search taken back", "{actor} took a search for {subject} back"],
  "photo-consent.recorded": ["Photo consent recorded", "{actor} recorded the photo consent {subject}"],
  "photo-consent.corrected": ["Photo consent corrected", "{actor} corrected the photo consent {subject}"],
  "photo-consent.retired": ["Picture no longer used", "{actor} noted that the picture of {subject} is no longer used"],
  "photo-consent.withdrawn": ["Photo consent withdrawn", "{actor} withdrew the photo consent {subject}"],
  "check-held.recorded": ["Check held recorded", "{actor} recorded the check {subject} on {policy}"],
  "check-held.corrected": ["Check held corrected", "{actor} corrected the check {subject}"],
  "check-sample.started": ["Sample check started", "{actor} started the sample check {subject} on {policy}"],
  "check-sample.answered": ["Sample check answered", "{actor} answered the sample check {subject} on {policy}"],
  "check-sample.excused": [
    "Somebody excused from a sample check",
    "{actor} excused somebody from the sample check {subject} on {policy}",
  ],
  "check-sample.closed": ["Sample check closed", "{actor} closed the sample check {subject} on {policy}"],
  "api-token.revoked": ["Token for a program revoked", "{actor} revoked the token {subject} of a program"],
  "api-token.ended": [
    "Token for a program ended with its maker’s role",
    "{actor} ended the token {subject}, because who made it may not have one any more",
  ],
  "api-token.end-announced": [
    "End of a token for a program announced",
    "{actor} announced that the token {subject} ends soon",
  ],
  "hold.placed": ["Hold placed", "{actor} placed the hold {subject}"],
  "hold.extended": ["Hold extended", "{actor} added groups or people to the hold {subject}"],
  "hold.corrected": ["Hold corrected", "{actor} corrected the hold {subject}"],
  "hold.person-released": ["Somebody released from a hold", "{actor} released somebody from the hold {subject}"],
  "hold.confirmed": ["Hold confirmed", "{actor} confirmed the hold {subject}"],
  "hold.reminded": ["Hold: reminder sent", "{actor} reminded those who had not confirmed {subject}"],
  "hold.ended": ["Hold ended", "{actor} ended the hold {subject}"],
  "clear-down.confirmed": ["Clear-down confirmed", "{actor} confirmed a clear-down of {subject}"],
  "clear-down.stopped": ["Clear-down stopped", "{actor} did not clear {subject}, because it may have to be kept"],
  "clear-down.escalated": [
    "Clear-down missed, others told",
    "{actor} told others that a clear-down of {subject} was missed",
  ],
  "board-report.sent": ["Board’s report sent", "{actor} sent the board’s report of {subject}"],
  "disposal-ledger.read": ["Disposal ledger read", "{actor} read the disposal ledger of {subject}"],
  "disposal-ledger.exported": [
    "Disposal ledger saved as a file",
    "{actor} saved the disposal ledger of {subject} as a file",
  ],
  "job.asked-for": ["Timed work asked for", "{actor} had the timed work {subject} run at once"],
  "mail.tested": ["Mail tested", "{actor} had a test mail sent to themselves"],
  "mail.sent-again": ["Mail sent again", "{actor} had the mail {subject} sent again"],
  "mail.bounced": ["Mail did not arrive", "{actor} recorded that the mail {subject} did not arrive"],
  "mail.settled": ["Undelivered mail settled", "{actor} settled that the mail {subject} did not arrive"],
  "webhook.made": ["Address for events named", "{actor} named the address {subject} for events"],
  "webhook.changed": ["Address for events changed", "{actor} changed the address {subject} for events"],
  "webhook.secret-changed": ["Secret of an address changed", "{actor} made a new secret for the address {subject}"],
  "webhook.switched-on": ["Address for events switched on", "{actor} switched the address {subject} on"],
  "webhook.switched-off": ["Address for events switched off", "{actor} switched the address {subject} off"],
  "webhook.deleted": ["Address for events deleted", "{actor} deleted the address {subject} for events"],
  "webhook.tested": ["Address for events tested", "{actor} had a test event sent to {subject}"],
  "webhook.sent-again": ["Events sent again", "{actor} had events sent to {subject} again"],
  "webhook.given-up": ["Events given up", "{actor} gave up events that {subject} did not take"],
  "evidence.exported": ["Evidence exported", "{actor} exported evidence as {subject}"],
  "evidence.head-witnessed": [
    "Head of the evidence witnessed",
    "{actor} kept what a witness signed about the {subject}",
  ],
  "evidence.time-stamp-missed": [
    "No time-stamp came",
    "{actor} asked for a time-stamp on the {subject}, and no valid one came by the limit",
  ],
  "evidence.time-stamps-asked-for": [
    "Time-stamps asked for again",
    "{actor} had time-stamps on {subject} asked for again",
  ],
  "evidence.read-of-person": ["Evidence about a person looked at", "{actor} looked at the evidence about a person"],
  "signing-key.made": ["Key for exports made", "{actor} made a new key to sign exports with"],
  "signing-key.revoked": ["Key for exports revoked", "{actor} revoked a key that signs exports"],
  "retention.applied": ["Retention applied", "{actor} applied the retention rule for {subject}"],
  "person.pseudonymised": ["Name of a leaver replaced", "{actor} replaced the name of somebody who left"],
  "name-doubt.settled": [
    "Text that may name a leaver settled",
    "{actor} looked at a text that may name somebody who left",
  ],
  "people.samples-removed": ["Invented people removed", "{actor} removed the invented people of the evaluation"],
  "exception.waits-again": [
    "Exception waits for a decision again",
    "{actor} had {subject} wait for a decision again, because no real person had approved it",
  ],
} as const satisfies Record<string, readonly [label: string, sentence: string]>;

export type EvidenceEventName = keyof typeof EVENTS;

export const EVIDENCE_EVENT_NAMES = Object.keys(EVENTS) as EvidenceEventName[];

const column = (at: 0 | 1) =>
  Object.fromEntries(EVIDENCE_EVENT_NAMES.map((name) => [name, EVENTS[name][at]])) as Record<EvidenceEventName, string>;
export const EVIDENCE_EVENT_LABELS = column(0);
export const EVIDENCE_EVENTS = column(1);

/** Who does what nobody presses a button for: the portal at its start. */
export const PORTAL_ACTOR = "portal";

/** One event on its way into the journal. Names and free text go into `detail` only, which is committed to, not hashed in. */
export interface EvidenceEvent {
  /** Slug of the body whose chain it joins. */
  body: string;
  event: EvidenceEventName;
  at: Date;
  /** Id of a person, or PORTAL_ACTOR. */
  actor: string;
  /** A reference, or "policy version" for a release. */
  subject: string;
  /** The version it happened on, where there is one. */
  on?: { policy: string; version: string; hash: string } | undefined;
  /** Codes and figures: no names, no free text. */
  data?: Readonly<Record<string, string | number | boolean | null>> | undefined;
  /** What people wrote; it can be erased later without breaking the chain. */
  detail?: Readonly<Record<string, unknown>> | undefined;
}

/**
 * The evidence of what somebody did to a thing of their body, or PORTAL_ACTOR.
 * @param subject reference of the thing
 */
export const eventBy = (
  { body, personId }: { body: string; personId: string },
  at: Date,
  event: EvidenceEventName,
  subject: string,
  more: Pick<EvidenceEvent, "on" | "data" | "detail"> = {},
): EvidenceEvent => ({ body, event, at, actor: personId, subject, ...more });

/** A row of evidence as a sentence: what its event says, with the places for names (docs/glossary.md, "Evidence"). */
export type SentencePart = { kind: "text"; text: string } | { kind: "actor" | "subject" | "policy" };

const NAMES_IN_SENTENCE = /\{(actor|subject|policy)\}/;

/** Whether this version of the portal knows the event; a newer one may have written others. */
export const isEvidenceEventName = (event: string): event is EvidenceEventName =>
  EVIDENCE_EVENT_NAMES.some((name) => name === event);

/** The parts of the sentence in their order; an event that is not known is named as it stands. */
export function sentenceOf(event: string): SentencePart[] {
  const sentence = isEvidenceEventName(event) ? EVIDENCE_EVENTS[event] : `{actor}: ${event} on {subject}`;
  return sentence
    .split(NAMES_IN_SENTENCE)
    .map((text, at): SentencePart => {
      if (at % 2 === 0) return { kind: "text", text };
      return { kind: text === "actor" ? "actor" : text === "subject" ? "subject" : "policy" };
    })
    .filter((part) => part.kind !== "text" || part.text !== "");
}
