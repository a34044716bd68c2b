import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EVIDENCE_EVENT_NAMES, type EvidenceEventName } from "#domain/evidence/journal/event.ts";
import { NOTICE_KINDS, tellOwner, type NoticeKind } from "./notice.ts";

/**
 * What everybody concerned hears of each change of state: the notices that go out with it, or why nobody needs one. A
 * new event has to be added here, with one or the other. A notice never goes to whoever did it.
 */
const TOLD = {
  "policy.released": "people are asked by their task, and those who kept results by another",
  "policy.acknowledged": "their own act, which concerns nobody else",
  "policy.declined": "a task of those whose turn it is says so",
  "policy.answer-recorded": ["paper-answer"],
  "policy.answer-withdrawn": ["paper-answer"],
  "policy.reminded": ["acknowledgement-reminder"],
  "policy.exempted": ["yours-changed"],
  "policy.exemption-ended": ["yours-changed"],
  "policy.handed-over": "a task of those whose turn it is says so",
  "campaign.created": "it asks people by their tasks, and its page says the rest to those who make campaigns",
  "campaign.changed": "it asks people by their tasks, and its page says the rest to those who make campaigns",
  "campaign.started": "it asks people by their tasks, and its page says the rest to those who make campaigns",
  "campaign.stopped": "it asks people by their tasks, and its page says the rest to those who make campaigns",
  "campaign.not-needed": "it asks people by their tasks, and its page says the rest to those who make campaigns",
  "policy.decline-answered": ["yours-changed"],
  "clause.question-asked": "a task of those whose turn it is says so",
  "clause.question-answered": ["yours-changed"],
  "clause.note-published": ["yours-changed"],
  "clause.note-withdrawn": "its page and history say so to those who handle it",
  "receipt.kept": "their own act, which concerns nobody else",
  "receipt.shared-with-manager": ["yours-changed"],
  "receipt.unshared-with-manager": "their own act, which concerns nobody else",
  "receipt.link-made": "their own act, which concerns nobody else",
  "receipt.link-revoked": "their own act, which concerns nobody else",
  "receipt.deleted": "their own act, which concerns nobody else",
  "receipt.deletion-stopped": "their own act, which concerns nobody else",
  "continuity.declared": "a banner on every page of the body says so to everybody",
  "continuity.ended": "a banner on every page of the body says so to everybody",
  "foi-pack.made": "nothing is changed by reading or saving",
  "exception.submitted": ["exception-sent"],
  "exception.changes-requested": ["exception-changes-asked"],
  "exception.approved": ["exception-decided", "exception-covers-you"],
  "exception.approved-in-part": ["exception-sent"],
  "exception.declined": ["exception-decided"],
  "exception.withdrawn": ["exception-ended"],
  "exception.revoked": ["exception-ended"],
  "exception.mitigation-completed": "its page and history say so to those who handle it",
  "exception.condition-met": "its page and history say so to those who handle it",
  "exception.condition-postponed": ["exception-condition"],
  "policy.debt-considered": "its page and history say so to those who handle it",
  "exception.passed-on": ["exception-passed-on"],
  "exception.noted": "its page and history say so to those who handle it",
  "exception.ended-with-leaver": ["exception-ended"],
  "exception.handed-over": ["exception-handed-over"],
  "exception.taken-over": "its page and history say so to those who handle it",
  "deputy.named": ["deputy-named"],
  "deputy.ended": ["deputy-ended"],
  "stand-in.began": ["stand-in"],
  "stand-in.ended": ["stand-in"],
  "duties.handed-over": ["duties-away", "duties-handed-over"],
  "duties.given-back": ["duties-away"],
  "absence.recorded": ["absence-recorded"],
  "absence.changed": ["absence-recorded"],
  "absence.removed": ["absence-recorded"],
  "person.added": "they are new, and are asked by their tasks at their first sign-in",
  "person.roles-changed": ["roles-changed", "role-vacant"],
  "group.requested": "a task of those whose turn it is says so",
  "group.changed": "a task of those whose turn it is says so",
  "group.retention-changed": ["group-retention-changed"],
  "group.sent-back": ["group-decided"],
  "group.approved": ["group-decided"],
  "group.declined": ["group-decided"],
  "group.reviewed": "its page and history say so to those who handle it",
  "group.contacts-reviewed": "its page and history say so to those who handle it",
  "group.closed": ["group-closed"],
  "group.handed-over": ["duties-handed-over"],
  "group.member-added": "a task of those whose turn it is says so",
  "group.member-consented": "their own act, which concerns nobody else",
  "group.member-refused": "it was not agreed, nobody was added, and the group's page says so to its administrators",
  "group.member-withdrew": "a task of those whose turn it is says so",
  "group.removal-wanted": "a task of those whose turn it is says so",
  "group.removal-cancelled": ["yours-changed"],
  "group.removal-escalated": ["group-removal-late"],
  "group.member-removed": ["yours-changed"],
  "group.role-changed": ["yours-changed", "group-stepped-up", "group-short-of-administrators"],
  "group.details-changed": "a task of those whose turn it is says so",
  "group.details-updated": "its page and history say so to those who handle it",
  "group.away": "their own act, which concerns nobody else",
  "group.link-made": "their own act, which concerns nobody else",
  "group.alert-logged": "a task of those whose turn it is says so",
  "group.alert-call-logged": "its page and history say so to those who handle it",
  "person.changed": ["address-changed"],
  "person.left": ["role-vacant", "duties-handed-over"],
  "person.moved": "they are signed out or in again, and see it; their groups' administrators have tasks",
  "person.returned": "they are signed out or in again, and see it; their groups' administrators have tasks",
  "person.sessions-ended": ["yours-changed"],
  "account.bound": ["account-bound"],
  "account.refused": "nobody was let in; administrators see it on the page of the person",
  "account.released": ["account-released"],
  "people.imported": "each person whom it concerns is told of their own change",
  "team.made": "its page and history say so to those who handle it",
  "team.changed": "its page and history say so to those who handle it",
  "directory-group.added": "its page and history say so to those who handle it",
  "directory-group.changed": "its page and history say so to those who handle it",
  "directory-group.removed": "its page and history say so to those who handle it",
  "incident.reported": ["incident-reported"],
  "incident.step-answered": "their own act, which concerns nobody else",
  "incident.opened": "its page and history say so to those who handle it",
  "incident.read": "nothing is changed by reading or saving",
  "incident.exported": "nothing is changed by reading or saving",
  "incident.part-recorded": ["incident-ruling"],
  "incident.action-added": ["incident-action"],
  "incident.action-handed-over": ["incident-action"],
  "incident.action-completed": "its page and history say so to those who handle it",
  "incident.warned": ["incident-clock"],
  "incident.escalated": ["incident-unopened"],
  "incident.closed": ["incident-closed"],
  "incident.reopened": ["yours-changed"],
  "api-token.made": "it belongs to whoever made it; administrators see all of them",
  "record.captured": ["record-on-behalf"],
  "record.corrected": ["yours-changed"],
  "record.chat-copy-deleted": "their own act, which concerns nobody else",
  "record.deletion-stopped": "its page and history say so to those who handle it",
  "record.kept-longer": ["yours-changed"],
  "record.disposed": ["yours-changed"],
  "record.exported": "nothing is changed by reading or saving",
  "photo-consent.recorded": "their own act, which concerns nobody else",
  "photo-consent.withdrawn": ["yours-changed"],
  "check-held.recorded": "its page and history say so to those who handle it",
  "check-sample.started": ["check-asked"],
  "check-sample.answered": "their own act, which concerns nobody else",
  "check-sample.excused": ["yours-changed"],
  "check-sample.closed": ["yours-changed"],
  "api-token.revoked": ["yours-changed"],
  "api-token.ended": ["api-token-ended"],
  "api-token.end-announced": ["api-token-ends"],
  "hold.placed": ["hold-placed"],
  "hold.extended": ["hold-placed"],
  "hold.confirmed": "their own act, which concerns nobody else",
  "hold.reminded": ["hold-reminder"],
  "hold.ended": ["hold-ended"],
  "clear-down.confirmed": "their own act, which concerns nobody else",
  "clear-down.stopped": ["hold-doubt"],
  "clear-down.escalated": ["clear-down-missed"],
  "board-report.sent": ["board-report"],
  "disposal-ledger.read": "nothing is changed by reading or saving",
  "disposal-ledger.exported": "nothing is changed by reading or saving",
  "job.asked-for": "an act on the portal itself, which its administrators see on its page",
  "mail.tested": ["mail-tested"],
  "mail.sent-again": "an act on the portal itself, which its administrators see on its page",
  "mail.bounced": "a task of those whose turn it is says so",
  "mail.settled": "an act on the portal itself, which its administrators see on its page",
  "evidence.exported": "nothing is changed by reading or saving",
  "evidence.read-of-person": "nothing is changed by reading or saving",
  "signing-key.made": "the published list of keys says so to whoever checks an export",
  "signing-key.revoked": "the published list of keys says so to whoever checks an export",
  "retention.applied": "it follows a rule that is published; those whom it concerns have left",
  "person.pseudonymised": "it follows a rule that is published; those whom it concerns have left",
  "name-doubt.settled": "it is about somebody who has left",
  "people.samples-removed": "it follows a rule that is published; those whom it concerns have left",
  "exception.waits-again": ["exception-waits-again"],
  "continuity.corrected": "a banner on every page of the body says so to everybody",
  "subject-pack.made": "nothing is changed by reading or saving",
  "outside-rule.change-read": "its page and history say so to those who handle it",
  "group.settings-confirmed": "its page and history say so to those who handle it",
  "app.decided": ["app-decided"],
  "phone-return.started": ["phone-return-to-check"],
  "phone-return.stated": ["phone-return-to-check"],
  "phone-return.checked": ["phone-return-answered"],
  "phone-return.stopped": ["phone-return-answered"],
  "phone-return.cancelled": ["phone-return-answered"],
  "information-request.entered": ["request-to-handle"],
  "information-request.corrected": "its page and history say so to those who handle it",
  "information-request.passed-on": ["request-to-handle"],
  "information-request.day-set": ["complaint-news"],
  "information-request.paused": "its page and history say so to those who handle it",
  "information-request.resumed": "its page and history say so to those who handle it",
  "information-request.acknowledged": ["complaint-news"],
  "information-request.hold-placed": ["hold-placed"],
  "information-request.closed": ["complaint-news", "search-ended"],
  "information-request.reopened": ["complaint-news"],
  "search-request.made": ["search-asked"],
  "search-request.answered": ["search-answered"],
  "search-request.reminded": ["search-reminder"],
  "search-request.ended": ["search-ended"],
  "photo-consent.corrected": ["yours-changed"],
  "photo-consent.retired": ["yours-changed"],
  "hold.corrected": ["hold-placed"],
  "hold.person-released": ["hold-ended"],
} as const satisfies Record<EvidenceEventName, readonly NoticeKind[] | string>;

/** Notices that no change of state sends: time has passed, or something was refused. */
const WITHOUT_EVENT: readonly NoticeKind[] = [
  ...(["answers-overdue", "exception-ending", "own-change-refused", "leaver-part-refused"] as const),
];

it("every change of state tells those whom it concerns, or says why nobody is told", () => {
  expect(Object.keys(TOLD).sort()).toEqual([...EVIDENCE_EVENT_NAMES].sort());
  for (const told of Object.values(TOLD)) expect(told.length).toBeGreaterThan(typeof told === "string" ? 15 : 0);
});

it("every kind of notice is sent by something", () => {
  const sent = new Set<string>(WITHOUT_EVENT);
  for (const told of Object.values(TOLD)) if (typeof told !== "string") for (const kind of told) sent.add(kind);
  expect([...sent].sort()).toEqual(Object.keys(NOTICE_KINDS).sort());
  const source = [...filesIn("server"), ...filesIn("domain")].map((file) => readFileSync(file, "utf8")).join("\n");
  const isSent = (kind: string) => source.includes(kind === "yours-changed" ? "tellOwner(actor" : `"${kind}"`);
  expect([...sent].filter((kind) => !isSent(kind))).toEqual([]);
});

it("nobody is told of what they did themselves, nor is nobody", () => {
  const what = { subject: "It was changed", words: "Look at it.", href: "/me" };
  const by = { body: "nao", personId: "ann" };
  expect(tellOwner(by, "ann", what)).toEqual([]);
  expect(tellOwner(by, null, what)).toEqual([]);
  expect(tellOwner(by, "ben", what)).toMatchObject([{ to: "ben", kind: "yours-changed", subject: "It was changed" }]);
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith(".ts") && !one.name.endsWith(".test.ts"))
    .map(({ parentPath, name }) => `${parentPath}/${name}`)
    .filter((path) => !path.includes("generated") && !path.endsWith("notice/notice.ts"));
}
