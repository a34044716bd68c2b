/** What the journal of evidence records: one event for each change of state (vocabulary, "Evidence"). */

/** The closed list of events, past tense, with what each says: {actor}, {subject} and {policy} stand for their names. */
export const EVIDENCE_EVENTS = {
  "policy.released": "{actor} began to serve {policy}",
  "policy.acknowledged": "{actor} accepted {policy}",
  "policy.declined": "{actor} declined {policy} and said why",
  "policy.decline-answered": "{actor} answered the decline {subject} of {policy}",
  "clause.question-asked": "{actor} asked {subject} about a clause of {policy}",
  "clause.question-answered": "{actor} answered {subject}",
  "clause.note-published": "{actor} published a note from {subject} in {policy}",
  "clause.note-withdrawn": "{actor} withdrew the note from {subject}",
  "receipt.kept": "{actor} kept the result {subject}",
  "receipt.shared-with-manager": "{actor} shared {subject} with the line manager",
  "receipt.unshared-with-manager": "{actor} stopped sharing {subject} with the line manager",
  "receipt.link-made": "{actor} made a link to {subject}",
  "receipt.link-revoked": "{actor} took back the link to {subject}",
  "receipt.deleted": "{actor} deleted {subject}",
  "continuity.declared": "{actor} declared the business continuity activity {subject}",
  "continuity.ended": "{actor} ended the business continuity activity {subject}",
  "foi-pack.made": "{actor} made {subject} from {policy}",
  "exception.submitted": "{actor} asked for the exception {subject} from {policy}",
  "exception.changes-requested": "{actor} asked for changes to {subject}",
  "exception.approved": "{actor} approved {subject}",
  "exception.declined": "{actor} declined {subject}",
  "exception.withdrawn": "{actor} withdrew {subject}",
  "exception.revoked": "{actor} revoked {subject}",
  "exception.mitigation-completed": "{actor} marked a mitigation of {subject} as done",
  "person.added": "{actor} added a person to the directory",
  "person.roles-changed": "{actor} changed the roles of a person",
  "group.requested": "{actor} asked for the group {subject}",
  "group.changed": "{actor} changed the group {subject}",
  "group.retention-changed": "{actor} changed how long messages of {subject} are kept",
  "group.sent-back": "{actor} sent the group {subject} back for changes",
  "group.approved": "{actor} approved the group {subject}",
  "group.declined": "{actor} declined the group {subject}",
  "group.reviewed": "{actor} reviewed the group {subject}",
  "group.contacts-reviewed": "{actor} reviewed the contact details of {subject}",
  "group.closed": "{actor} closed the group {subject}",
  "group.member-added": "{actor} added somebody to {subject}",
  "group.member-consented": "{actor} agreed to share a number in {subject}",
  "group.member-refused": "{actor} did not agree to share a number in {subject}",
  "group.member-withdrew": "{actor} took back the consent to share a number in {subject}",
  "group.removal-wanted": "{actor} asked for a member to be taken out of {subject}",
  "group.removal-cancelled": "{actor} said that a member stays in {subject}",
  "group.removal-escalated": "{actor} told officers that a member is still in {subject}",
  "group.member-removed": "{actor} confirmed that a member is out of {subject}",
  "group.role-changed": "{actor} changed who administers {subject}",
  "group.details-changed": "{actor} said that contact details changed in {subject}",
  "group.details-updated": "{actor} took over new contact details in {subject}",
  "group.away": "{actor} said when an administrator of {subject} is away",
  "group.link-made": "{actor} made a link to join {subject}",
  "group.alert-logged": "{actor} logged a first notification in {subject}",
  "group.alert-call-logged": "{actor} logged a call about a notification in {subject}",
  "person.left": "{actor} said that a person has left",
  "person.moved": "{actor} said that a person changed role or team",
  "person.returned": "{actor} said that a person is back",
  "api-token.made": "{actor} made the token {subject} for a program",
  "record.captured": "{actor} captured {subject}",
  "record.corrected": "{actor} corrected {subject}",
  "record.chat-copy-deleted": "{actor} deleted the copy of {subject} in the chat",
  "record.deletion-stopped": "{actor} was stopped from deleting what {subject} holds",
  "record.kept-longer": "{actor} kept {subject} longer",
  "record.disposed": "{actor} disposed of {subject}",
  "record.exported": "{actor} exported captured records as {subject}",
  "photo-consent.recorded": "{actor} recorded the photo consent {subject}",
  "photo-consent.withdrawn": "{actor} withdrew the photo consent {subject}",
  "check-held.recorded": "{actor} recorded the check {subject} on {policy}",
  "api-token.revoked": "{actor} revoked the token {subject} of a program",
} as const satisfies Record<string, string>;

export type EvidenceEventName = keyof typeof EVIDENCE_EVENTS;

/** What each is called in a list to choose from. */
export const EVIDENCE_EVENT_LABELS = {
  "policy.released": "Version served",
  "policy.acknowledged": "Policy accepted",
  "policy.declined": "Policy declined",
  "policy.decline-answered": "Decline answered",
  "clause.question-asked": "Question about a clause asked",
  "clause.question-answered": "Question about a clause answered",
  "clause.note-published": "Note under a clause published",
  "clause.note-withdrawn": "Note under a clause withdrawn",
  "receipt.kept": "Result kept",
  "receipt.shared-with-manager": "Result shared with the line manager",
  "receipt.unshared-with-manager": "Result no longer shared with the line manager",
  "receipt.link-made": "Link to a result made",
  "receipt.link-revoked": "Link to a result taken back",
  "receipt.deleted": "Result deleted",
  "continuity.declared": "Business continuity activity declared",
  "continuity.ended": "Business continuity activity ended",
  "foi-pack.made": "FOI pack made",
  "exception.submitted": "Exception asked for",
  "exception.changes-requested": "Changes to a request asked for",
  "exception.approved": "Exception approved",
  "exception.declined": "Exception declined",
  "exception.withdrawn": "Exception withdrawn",
  "exception.revoked": "Exception revoked",
  "exception.mitigation-completed": "Mitigation done",
  "person.added": "Person added",
  "person.roles-changed": "Roles of a person changed",
  "group.requested": "Group asked for",
  "group.changed": "Group changed",
  "group.retention-changed": "Retention of a group changed",
  "group.sent-back": "Group sent back",
  "group.approved": "Group approved",
  "group.declined": "Group declined",
  "group.reviewed": "Group reviewed",
  "group.contacts-reviewed": "Contact details of a group reviewed",
  "group.closed": "Group closed",
  "group.member-added": "Member added to a group",
  "group.member-consented": "Consent to share a number given",
  "group.member-refused": "Consent to share a number refused",
  "group.member-withdrew": "Consent to share a number withdrawn",
  "group.removal-wanted": "Removal from a group asked for",
  "group.removal-cancelled": "Removal from a group cancelled",
  "group.removal-escalated": "Removal from a group escalated",
  "group.member-removed": "Member removed from a group",
  "group.role-changed": "Administrators of a group changed",
  "group.details-changed": "Contact details of a member changed",
  "group.details-updated": "Contact details of a member taken over",
  "group.away": "Administrator of a group away",
  "group.link-made": "Link to join a group made",
  "group.alert-logged": "First notification logged",
  "group.alert-call-logged": "Call about a notification logged",
  "person.left": "Person left",
  "person.moved": "Person changed role or team",
  "person.returned": "Person is back",
  "api-token.made": "Token for a program made",
  "record.captured": "Record captured",
  "record.corrected": "Record corrected",
  "record.chat-copy-deleted": "Copy of a record in the chat deleted",
  "record.deletion-stopped": "Deletion of a record stopped",
  "record.kept-longer": "Record kept longer",
  "record.disposed": "Record disposed of",
  "record.exported": "Captured records exported",
  "photo-consent.recorded": "Photo consent recorded",
  "photo-consent.withdrawn": "Photo consent withdrawn",
  "check-held.recorded": "Check held recorded",
  "api-token.revoked": "Token for a program revoked",
} as const satisfies Record<EvidenceEventName, string>;

export const EVIDENCE_EVENT_NAMES = Object.keys(EVIDENCE_EVENTS) as EvidenceEventName[];

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
