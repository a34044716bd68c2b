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
  "api-token.made": "{actor} made the token {subject} for a program",
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
  "api-token.made": "Token for a program made",
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
