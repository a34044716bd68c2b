import { tellAll, type Notice } from "#domain/evidence/notice/notice.ts";
import type { Started } from "#domain/base/form/outcome.ts";
import { startEntry, type NewEntry } from "#server/registers/entry/effects.ts";
import { randomUUID } from "node:crypto";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addMonths, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { type FieldProblem, problemIf, type TypedDate } from "#domain/base/form/form-values.ts";
import {
  aboutProblems,
  clearingProblems,
  LONGEST_NAME,
  LONGEST_GROUP_REASON,
  LONGEST_REVIEW_MONTHS,
  registerTextProblems,
  retentionInWords,
  reviewProblems,
  settingsInWords,
  settingsProblems,
  sharingProblems,
  type GroupEntry,
  type GroupSettings,
} from "#domain/registers/group/group.ts";
import { leastAdministrators, leastDaysKept, type GroupRules } from "#domain/registers/group/group-rules.ts";
import { administersGroup } from "#domain/registers/group/member.ts";
import { mayDo, nextGroupState } from "#domain/registers/group/state.ts";
import { mayDelete } from "#domain/registers/hold/hold.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { listAppsForGroups } from "#server/registers/app/queries.ts";
import { keepEarlierRule } from "#server/registers/clear-down/effects.ts";
import { endBegun } from "#server/access/form-input/begun-effects.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { listPeopleById } from "#server/people/directory/queries.ts";
import { listHoldsOnGroup } from "#server/registers/hold/queries.ts";
import { getOwnBody, listOwnPolicies } from "#server/policy/policy/queries.ts";
import {
  changeGroup,
  NOT_FOUND,
  NOTHING_TO_DO,
  writeSteps,
  type GroupChangeOutcome,
  type GroupHistoryStep,
  type GroupResult,
  written,
} from "./change.ts";
import { blockersOf, mayDecide, readGroupRules } from "./decider-rules.ts";
import { insertChatGroup, insertMember, moveChatGroup, updateChatGroup, type GroupRecord } from "./repository.ts";

/** An administrator from outside the directory: of the resilience partner, for an emergency group. */
export interface Outsider {
  name: string;
  organisation: string;
}

/** What the form sent. */
export interface SentGroup extends GroupEntry {
  /** Made by the page, so that sending its form twice registers one. */
  startKey: string;
  /** Ids from the directory. */
  administrators: readonly string[];
  deputy: string | null;
  /** Ids of the other members, where they are named when it is registered. */
  members: readonly string[];
  partner: Outsider | null;
  /** Whether the requester agrees to share their own number, if they are one of its people. */
  agrees: boolean;
  /** The policy it is registered under; by default the body's only one. */
  policy?: string | undefined;
}

type Who = Pick<SentGroup, "kind" | "administrators" | "deputy" | "members" | "partner" | "responsible" | "agreement">;

/** What has to be corrected in who looks after a group, who is in it and whose it is. @param rules of its policy */
export function whoProblems(sent: Who, rules: GroupRules): FieldProblem[] {
  const { kind, administrators, deputy, partner, members } = sent;
  const needed = kind === "emergency" ? 1 : rules.administrators;
  return [
    ...(new Set(administrators).size < needed
      ? [
          {
            field: needed === 1 || administrators.length === 0 ? "administrator1" : "administrator2",
            message: needed === 1 ? "Name an administrator." : "Name two administrators, two different people.",
          },
        ]
      : []),
    ...problemIf(deputy === null && rules.deputy, "deputy", "Name a deputy."),
    ...(deputy !== null && administrators.includes(deputy)
      ? [{ field: "deputy", message: "Name somebody as deputy who is not an administrator." }]
      : []),
    ...(members.length === 0 && rules.members
      ? [{ field: "members", message: "Name the members, one on each line. You can add more later." }]
      : []),
    ...sharingProblems(sent),
    ...(kind === "emergency"
      ? [
          ...registerTextProblems(
            "partnerName",
            partner?.name ?? "",
            "Name the administrator of the resilience partner.",
            LONGEST_NAME,
          ),
          ...registerTextProblems(
            "partnerOrganisation",
            partner?.organisation ?? "",
            "Name their organisation.",
            LONGEST_NAME,
          ),
        ]
      : []),
  ];
}

/** Requests registration of a group. It takes effect once a governance officer has approved it. */
export async function requestGroup(actor: Actor, sent: SentGroup): Promise<Started<"requested">> {
  const [body, policies] = await Promise.all([getOwnBody(actor), listOwnPolicies(actor)]);
  if (!body || !can(actor, "group.request", actor)) return { code: "not-found" };
  const policy = policies.find(({ slug, current }) => current && (sent.policy === undefined || slug === sent.policy));
  if (!policy?.current) return { code: "not-found" };
  const at = clock.now();
  const on = { policy: policy.slug, version: policy.current.version, hash: policy.current.hash };
  const rules = (await readGroupRules())(on);
  const people = [...new Set([sent.administrators, sent.deputy ?? [], sent.members].flat())];
  const problems = [
    ...entryProblems(sent, { body, rules, today: calendarDay(at), apps: await listAppsForGroups(body.slug) }),
    ...whoProblems(sent, rules),
  ];
  const found = await listPeopleById(actor, people);
  if (problems.length === 0 && found.filter(({ hasLeft }) => !hasLeft).length < people.length)
    problems.push({
      field: "administrator1",
      message: "Somebody you named is no longer in the directory. Choose again.",
    });
  if (problems.length > 0) return { code: "invalid", problems };
  const ownName = found.find(({ id }) => id === actor.personId)?.name;
  return startEntry(
    "GRP",
    { personId: actor.personId, startKey: sent.startKey },
    { code: "requested" },
    async (tx, entry) => {
      const least = leastAdministrators(rules, sent.kind);
      const head = { ...entry, body: actor.body, ...on, leastAdministrators: least };
      await insertRequested(tx, actor, sent, head, at);
      const begun = await endBegun(tx, actor.personId, sent.startKey, at);
      const member = people.includes(actor.personId) ? { id: actor.personId, name: ownName } : null;
      const steps = requestSteps(sent, member, begun);
      const evidence = await writeSteps(tx, head, actor.personId, at, steps);
      return { evidence };
    },
  );
}

type RequestedHead = NewEntry & Pick<GroupRecord, "body" | "policy" | "version" | "hash" | "leastAdministrators">;

/** Writes the entry and its people. */
async function insertRequested(tx: Tx, { personId }: Actor, sent: SentGroup, head: RequestedHead, at: Date) {
  const { kind } = sent;
  const entry = { kind, ...entryOf(sent) };
  const contactsOn = kind === "emergency" ? addMonths(calendarDay(at), CONTACTS_EVERY_MONTHS) : null;
  await insertChatGroup(tx, {
    ...head,
    ...entry,
    requesterId: personId,
    requestedAt: at,
    contactsOn,
    settingsConfirmedAt: sent.administrators.includes(personId) || sent.deputy === personId ? at : null,
  });
  const administrators = [...new Set(sent.administrators)];
  const deputies = sent.deputy === null ? [] : [sent.deputy];
  const members = [...new Set(sent.members)].filter((id) => ![...administrators, ...deputies].includes(id));
  for (const [role, ids] of [
    ["administrator", administrators] as const,
    ["deputy", deputies] as const,
    ["member", members] as const,
  ])
    for (const one of ids) {
      const consentedAt = one === personId && sent.agrees ? at : null;
      await insertMember(tx, { id: randomUUID(), groupId: head.id, personId: one, role, addedAt: at, consentedAt });
    }
  if (kind !== "emergency" || !sent.partner) return;
  const partner = { ...sent.partner, role: "administrator" as const, invitedById: personId };
  await insertMember(tx, { id: randomUUID(), groupId: head.id, ...partner, addedAt: at });
}

/** @param member the requester, if they are one of its people @param begun which program began it */
function requestSteps(
  sent: SentGroup,
  member: { id: string; name: string | undefined } | null,
  begun: { begunBy?: string },
): GroupHistoryStep[] {
  const { name, purpose, kind, agrees } = sent;
  const data = { kind, ...codesOf(sent), ...begun };
  const requested = { step: "requested", detail: `“${name}”: ${purpose}`, data } as const;
  if (!agrees || member === null) return [requested];
  const consented = { step: "member-consented", detail: member.name } as const;
  return [requested, { ...consented, data: { person: member.id } }];
}

/** Months after which contact details are compared again with the emergency contacts directory. Our own figure: the source names none. */
const CONTACTS_EVERY_MONTHS = 6;

/** What the form says of a group, as it is stored; a team group has no agreement with others. */
function entryOf(sent: ChangedEntry): ChangedEntry {
  const { name, purpose, app, hasLogo, clearEveryDays, keepYears, reviewOn, responsible, agreement } = sent;
  const { disappearDays, timerBy, canExport, assistant } = sent;
  const settings = { disappearDays, timerBy, canExport, assistant };
  return { name, purpose, app, hasLogo, clearEveryDays, keepYears, reviewOn, responsible, agreement, ...settings };
}

/** What of it are codes and figures, for the journal. */
function codesOf(entry: ChangedEntry) {
  const { hasLogo, clearEveryDays, keepYears, reviewOn, disappearDays, timerBy, canExport, assistant } = entry;
  return { clearEveryDays, keepYears, disappearDays, timerBy, canExport, assistant, hasLogo, reviewOn };
}

interface Setting {
  body: Body;
  rules: GroupRules;
  today: string;
  apps: readonly string[];
}

function entryProblems(entry: GroupEntry, { body, rules, today, apps }: Setting): FieldProblem[] {
  const last = addMonths(today, LONGEST_REVIEW_MONTHS);
  const isApproved = entry.app === "" || apps.includes(entry.app);
  const least = leastDaysKept(rules);
  return [
    ...aboutProblems(entry, body.groups.needsLogo),
    ...problemIf(!isApproved, "app", "Choose an app that the register of apps has as approved."),
    ...clearingProblems(entry, least),
    ...settingsProblems(entry, least),
    ...reviewProblems("reviewOn", entry.reviewOn, { today, last }),
  ];
}

export type SentChange = Omit<GroupEntry, "kind"> & { revision: number; reason: string };

/**
 * Changes an entry. One that was sent back goes to the officers again; so does an approved one if its purpose changes,
 * because the purpose is what was approved. Everybody in the group is notified if the retention of messages changes
 * (S3.72).
 */
export async function changeEntry(actor: Actor, reference: string, sent: SentChange): Promise<GroupResult> {
  const body = await getOwnBody(actor);
  if (!body) return NOT_FOUND;
  return changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    const isSame = sent.purpose === group.purpose && sent.app === group.app;
    const next = nextGroupState(group.state, isSame ? "change" : "change-purpose");
    if (!mayDo(actor, "change", group) || !next) return NOT_FOUND;
    if (sent.revision !== group.revision)
      return {
        code: "refused",
        message:
          "Somebody has changed this group since you opened it. Look at it as it is now, then send your change again.",
      };
    const { reason } = sent;
    const entry = entryOf(sent);
    const apps = [...(await listAppsForGroups(group.body, tx)), group.app];
    const setting = { body, rules: (await readGroupRules())(group), today: calendarDay(at), apps };
    const problems = changeProblems(group, entry, reason, setting);
    if (problems.length > 0) return { code: "invalid", problems };
    const changes = differences(group, entry);
    const asksAgain = next !== group.state;
    if (changes.length === 0 && !asksAgain) return NOTHING_TO_DO;
    const isRetention = group.clearEveryDays !== entry.clearEveryDays || group.keepYears !== entry.keepYears;
    if (group.state === "approved" && isRetention) await keepEarlierRule(tx, group.id, group, at);
    const asked = { requestedAt: at, requesterId: actor.personId };
    const undecided = { decidedAt: null, decidedById: null, decisionReason: null };
    const settingsConfirmedAt = confirmedAt(actor, group, entry, at);
    await moveChatGroup(tx, group.id, at, next, {
      ...entry,
      settingsConfirmedAt,
      ...(asksAgain && { ...asked, ...undecided }),
    });
    const detail = changes.join("; ") || undefined;
    const changed: GroupHistoryStep = { step: "changed", detail, reason: reason || undefined, data: { asksAgain } };
    if (!isRetention) return written([changed]);
    const notices = await tellRetention(tx, group, entry, reason, actor);
    return written([changed, retentionStep(group, entry, reason)], notices);
  });
}

type ChangedEntry = Omit<GroupEntry, "kind">;

/** When its settings were last confirmed: now by an administrator, and not at all once somebody else changes them. */
function confirmedAt({ personId }: Actor, group: GroupRecord, settings: GroupSettings, at: Date): Date | null {
  if (administersGroup(personId, group.members)) return at;
  const isSame = JSON.stringify(settingsInWords(settings)) === JSON.stringify(settingsInWords(group));
  return isSame ? group.settingsConfirmedAt : null;
}

function changeProblems(group: GroupRecord, entry: ChangedEntry, reason: string, setting: Setting) {
  const isApproved = group.state === "approved";
  const whole = { ...entry, kind: group.kind };
  const problems = [...entryProblems(whole, setting), ...sharingProblems(whole)];
  if (isApproved && group.kind === "emergency" && entry.keepYears === null)
    problems.push({
      field: "retention",
      message: "An approved emergency group says for how many years its messages are kept.",
    });
  return [
    ...problems,
    ...registerTextProblems("reason", reason, isApproved ? "Say why it changes." : null, LONGEST_GROUP_REASON),
  ];
}

function retentionStep(group: GroupRecord, entry: ChangedEntry, reason: string): GroupHistoryStep {
  const { clearEveryDays, keepYears } = entry;
  return {
    step: "retention-changed",
    detail: `${retentionInWords(group)} → ${retentionInWords(entry)}`,
    reason: reason || undefined,
    data: { clearEveryDays, keepYears },
  };
}

async function tellRetention(
  tx: Tx,
  group: GroupRecord,
  entry: Pick<GroupEntry, "clearEveryDays" | "keepYears">,
  reason: string,
  { personId }: Actor,
): Promise<Notice[]> {
  const { body, reference, name } = group;
  const holds = await listHoldsOnGroup(body, group.id, tx);
  return tellAll(othersIn(group, personId), {
    body,
    kind: "group-retention-changed",
    href: `/groups/${reference}`,
    subject: `“${name}”: ${retentionInWords(entry).toLowerCase()} from now on`,
    paragraphs: [
      `Until now: ${retentionInWords(group).toLowerCase()}. Why it changes: ${reason || "no reason was given."}`,
      ...(holds.length > 0 ? ["Do not delete anything in this group now: there is a hold on it."] : []),
    ],
  });
}

/** The people of the directory who are in a group, but for one. */
function othersIn({ members }: GroupRecord, personId: string): (string | null)[] {
  const here = members.filter((one) => !one.removedAt && !one.refusedAt && !one.hasLeft);
  return here.map((one) => one.personId).filter((id) => id !== personId);
}

function differences(group: GroupRecord, entry: ChangedEntry): string[] {
  const logo = (has: boolean | null) => (has === null ? "not said" : has ? "yes" : "no");
  const pairs: [string, string, string][] = [
    ["Name", group.name, entry.name],
    ["Purpose", group.purpose, entry.purpose],
    ["App", group.app, entry.app],
    ["Logo", logo(group.hasLogo), logo(entry.hasLogo)],
    ["Responsible", group.responsible ?? "", entry.responsible ?? ""],
    ["Agreement", group.agreement ?? "", entry.agreement ?? ""],
    ...settingChanges(group, entry),
    ["Retention", retentionInWords(group), retentionInWords(entry)],
    ["Next review", dateInWords(group.reviewOn), dateInWords(entry.reviewOn)],
  ];
  return changesOf(pairs);
}

const changesOf = (pairs: readonly [string, string, string][]): string[] =>
  pairs.filter(([, before, after]) => before !== after).map(([what, before, after]) => `${what}: ${before} → ${after}`);

function settingChanges(before: GroupSettings, after: GroupSettings): [string, string, string][] {
  const now = new Map(settingsInWords(after));
  return settingsInWords(before).map(([what, words]) => [what, words, now.get(what) ?? ""]);
}

export type GroupDecision = "approve" | "send-back" | "decline";

/**
 * Decides on a group that somebody else requested. Approving checks the consents under the group's lock: if an
 * administrator withdraws at the same time, whichever comes second sees the first.
 * @param revision the revision that the officer was shown
 */
export async function decideGroup(
  sender: Actor,
  reference: string,
  { decision, reason, revision }: { decision: GroupDecision | null; reason: string; revision: number },
): Promise<GroupResult> {
  const body = await getOwnBody(sender);
  if (!body) return NOT_FOUND;
  return changeGroup(sender, reference, async (tx, group, at, actor): Promise<GroupChangeOutcome> => {
    if (!mayDecide(actor, group)) return NOT_FOUND;
    if (decision === null)
      return nextGroupState(group.state, "approve")
        ? { code: "invalid", problems: [{ field: "decision", message: "Choose what you decide." }] }
        : NOT_FOUND;
    const next = nextGroupState(group.state, decision);
    if (!next) return { code: "refused", message: decidedAlready(group) };
    const problems = registerTextProblems(
      "reason",
      reason,
      decision === "approve" ? null : "Say why.",
      LONGEST_GROUP_REASON,
    );
    if (problems.length > 0) return { code: "invalid", problems };
    if (revision !== group.revision)
      return { code: "refused", message: "The group was changed since you looked at it. Read it again, then decide." };
    const blockers = decision === "approve" ? await blockersOf(tx, group, body) : [];
    if (blockers.length > 0) return { code: "refused", message: `It can't be approved yet. ${blockers.join(" ")}` };
    const { step, words } = DECIDED[decision];
    const decided = decision === "send-back" ? {} : { decidedAt: at, decidedById: actor.personId };
    await moveChatGroup(tx, group.id, at, next, { ...decided, decisionReason: reason || null });
    const notice: Notice = {
      body: group.body,
      to: group.requesterId,
      kind: "group-decided",
      href: `/groups/${group.reference}`,
      subject: `“${group.name}” ${words}`,
      paragraphs: [reason || "It counts from now on. The check offers it to everybody who is in it."],
    };
    return written([{ step, reason: reason || undefined }], [notice]);
  });
}

const DECIDED = {
  approve: { step: "approved", words: "was approved" },
  decline: { step: "declined", words: "was declined" },
  "send-back": { step: "sent-back", words: "was sent back for changes" },
} as const;

function decidedAlready({ state, decidedBy, closedBy }: GroupRecord): string {
  if (state === "approved") return `${decidedBy?.name ?? "Somebody else"} has approved it already.`;
  if (state === "declined") return `${decidedBy?.name ?? "Somebody else"} has declined it already.`;
  if (state === "closed") return `${closedBy?.name ?? "Somebody"} has closed it.`;
  return "It has already been sent back for changes.";
}

/** Records that an administrator has reviewed the group and its settings, and when the next review is. */
export const reviewGroup = async (actor: Actor, reference: string, next: TypedDate, settings: GroupSettings) =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (!mayDo(actor, "review", group)) return NOT_FOUND;
    if (next.kind !== "day") {
      const message = next.kind === "wrong" ? next.message : "Say when it will next be reviewed.";
      return { code: "invalid", problems: [{ field: "reviewOn", message }] };
    }
    const [today, reviewOn] = [calendarDay(at), next.day];
    const problems = [
      ...reviewProblems("reviewOn", reviewOn, { today, last: addMonths(today, LONGEST_REVIEW_MONTHS) }),
      ...settingsProblems(settings, leastDaysKept((await readGroupRules())(group))),
    ];
    if (problems.length > 0) return { code: "invalid", problems };
    const changes = changesOf(settingChanges(group, settings));
    if (group.reviewOn === reviewOn && group.settingsConfirmedAt !== null && changes.length === 0) return NOTHING_TO_DO;
    await updateChatGroup(tx, group.id, { reviewOn, ...settings, settingsConfirmedAt: at });
    const detail = [`Next on ${dateInWords(reviewOn)}`, ...changes].join("; ");
    return written([{ step: "reviewed", detail, data: { reviewOn, ...settings } }]);
  });

/** Records that an administrator has looked at the settings of the chat, as they are now. */
export const confirmSettings = async (actor: Actor, reference: string, settings: GroupSettings): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (!mayDo(actor, "confirm-settings", group)) return NOT_FOUND;
    const problems = settingsProblems(settings, leastDaysKept((await readGroupRules())(group)));
    if (problems.length > 0) return { code: "invalid", problems };
    await updateChatGroup(tx, group.id, { ...settings, settingsConfirmedAt: at });
    const detail = changesOf(settingChanges(group, settings)).join("; ") || undefined;
    return written([{ step: "settings-confirmed", detail, data: { ...settings } }]);
  });

/** Records that contact details were compared with the emergency contacts directory (S3.76). */
export const reviewContacts = async (actor: Actor, reference: string): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (group.kind !== "emergency" || !mayDo(actor, "review", group)) return NOT_FOUND;
    const contactsOn = addMonths(calendarDay(at), CONTACTS_EVERY_MONTHS);
    if (group.contactsOn === contactsOn) return NOTHING_TO_DO;
    await updateChatGroup(tx, group.id, { contactsOn });
    return written([{ step: "contacts-reviewed", detail: `Next on ${dateInWords(contactsOn)}`, data: { contactsOn } }]);
  });

/**
 * Closes an entry with a reason. This deletes nothing: under a hold the messages stay where they are, and everybody in
 * the group is told so.
 */
export const closeGroup = async (actor: Actor, reference: string, reason: string): Promise<GroupResult> =>
  changeGroup(actor, reference, async (tx, group, at): Promise<GroupChangeOutcome> => {
    if (group.state === "closed" && group.closedById === actor.personId) return NOTHING_TO_DO;
    const next = nextGroupState(group.state, "close");
    if (!mayDo(actor, "close", group) || !next) {
      const mayOtherwise = administersGroup(actor.personId, group.members) || can(actor, "group.decide", group);
      return group.state === "closed" && mayOtherwise ? { code: "refused", message: decidedAlready(group) } : NOT_FOUND;
    }
    const problems = registerTextProblems("reason", reason, "Say why it closes.", LONGEST_GROUP_REASON);
    if (problems.length > 0) return { code: "invalid", problems };
    const holds = await listHoldsOnGroup(group.body, group.id, tx);
    const closed = { closedAt: at, closedById: actor.personId, closeReason: reason };
    await moveChatGroup(tx, group.id, at, next, closed);
    const isHeld = !mayDelete(holds, "none");
    const notices = tellAll(othersIn(group, actor.personId), {
      body: group.body,
      kind: "group-closed",
      href: `/groups/${group.reference}`,
      subject: `“${group.name}” was closed`,
      paragraphs: [
        `Do not use it for work any more. Why: ${reason}`,
        ...(isHeld ? ["Do not delete its messages: there is a hold on them."] : []),
      ],
    });
    return written([{ step: "closed", reason, data: { isHeld } }], notices);
  });
