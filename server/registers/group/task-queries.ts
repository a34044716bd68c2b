import { workingDayAfter } from "#server/base/calendar/days-off.ts";
import { type Actor, can } from "#domain/access/permission/permission.ts";
import { addDays, calendarDay } from "#domain/base/calendar/calendar.ts";
import {
  CONSENT_WITHIN_WORKING_DAYS,
  inCharge,
  REMOVAL_REASONS,
  memberStateOf,
} from "#domain/registers/group/member.ts";
import { takes } from "#domain/registers/group/state.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { newTask, ANSWER_WITHIN_WORKING_DAYS, MOST_TASKS, type Task } from "#domain/gather/task/task.ts";
import { clock } from "#server/base/clock.ts";
import { getDatabase } from "#server/base/db/database.ts";
import { findSoleHolder } from "#server/people/deputy/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { removalDueDay } from "./job.ts";
import {
  listChatGroupsOfPeople,
  listOpenCalls,
  listWaitingForOfficers,
  type GroupRecord,
  type WaitingGroup,
} from "./repository.ts";

/** How many days before a review it becomes a task. */
const REVIEW_NOTICE_DAYS = 14;

/** The actor's tasks about groups: as a member, an administrator or deputy, a requester, or an officer. By person. Each officer's are asked for by themselves. */
export async function listGroupTasksOf(actors: readonly Actor[]): Promise<Map<string, Task[]>> {
  const [first] = actors;
  const body = first && (await getOwnBody(first));
  if (!body) return new Map();
  const tx = getDatabase();
  const ids = actors.map(({ personId }) => personId);
  const [groups, waiting] = await Promise.all([
    listChatGroupsOfPeople(tx, body.slug, ids, { state: { in: ["requested", "approved"] } }),
    Promise.all(actors.map(listWaitingFor)),
  ]);
  const now = clock.now();
  const withCharge = groups.map((group) => ({ group, charged: inCharge(group.members, calendarDay(now)) }));
  const emergencies = withCharge.filter(
    ({ group, charged }) => group.kind === "emergency" && charged.some((id) => ids.includes(id)),
  );
  const calls = await listOpenCalls(
    tx,
    emergencies.map(({ group }) => group.id),
  );
  return new Map(
    actors.map((actor, at) => {
      const ofGroups = withCharge.flatMap(({ group, charged }) => [
        ...consentTask(actor, group, body),
        ...requesterTask(actor, group, body),
        ...(charged.includes(actor.personId) ? administratorTasks(group, body, now, calls) : []),
      ]);
      return [actor.personId, [...ofGroups, ...(waiting[at] ?? []).map((one) => officerTask(one, body, now))]];
    }),
  );
}

async function listWaitingFor(actor: Actor): Promise<WaitingGroup[]> {
  const tx = getDatabase();
  const isOfficer = can(actor, "group.decide", actor);
  const only = isOfficer ? null : await findSoleHolder(tx, actor, "governance-officer");
  if (!isOfficer && only === null) return [];
  const waiting = await listWaitingForOfficers(tx, actor.body, { exceptOf: actor.personId, take: MOST_TASKS + 1 });
  // What the only officer asked for is decided up the line.
  return isOfficer ? waiting : waiting.filter((one) => one.what === "decision" && one.requesterId === only);
}

function consentTask({ personId }: Actor, group: GroupRecord, body: Body): Task[] {
  const member = group.members.find((one) => one.personId === personId);
  if (!member || memberStateOf(member) !== "waiting") return [];
  return [
    newTask("consent-to-group", `${group.reference} ${member.id}`, {
      href: `/groups/${group.reference}`,
      title: `Say whether you agree to share your number in “${group.name}”`,
      reason: `You were put on its list. Nobody adds you to the chat before you agree.`,
      due: workingDayAfter(body, calendarDay(member.addedAt), CONSENT_WITHIN_WORKING_DAYS),
    }),
  ];
}

function requesterTask({ personId }: Actor, group: GroupRecord, body: Body): Task[] {
  if (group.state !== "sent-back" || group.requesterId !== personId || !group.sentBackAt) return [];
  const { reference, name, sentBackAt } = group;
  return [
    newTask("change-group", reference, {
      href: `/groups/${reference}`,
      title: `Change “${name}” and send it again`,
      reason: `The governance officer sent it back. Reference ${reference}.`,
      due: workingDayAfter(body, calendarDay(sentBackAt), ANSWER_WITHIN_WORKING_DAYS),
    }),
  ];
}

function officerTask({ what, reference, name, since, memberId, person }: WaitingGroup, body: Body, now: Date): Task {
  const href = `/groups/${reference}`;
  switch (what) {
    case "decision":
      return newTask("decide-group", reference, {
        href: `${href}/decide`,
        title: `Decide on the group “${name}”`,
        reason: `${person ?? "Somebody"} asked for it. Reference ${reference}.`,
        due: workingDayAfter(body, calendarDay(since ?? now), ANSWER_WITHIN_WORKING_DAYS),
      });
    case "removal":
      return {
        kind: "remove-from-group",
        key: `late-removal ${memberId ?? ""}`,
        href,
        title: `See that ${person ?? "somebody"} is taken out of “${name}”`,
        titleOutside: `See that somebody is taken out of “${name}”`,
        reason: "No administrator has confirmed it within three working days.",
        due: removalDueDay(body, since ?? now),
      };
    case "administrator":
      return {
        kind: "appoint-group-administrator",
        key: `appoint ${reference}`,
        href,
        title: `Name another administrator of “${name}”, or close it`,
        reason: `It has fewer administrators than it needs. Reference ${reference}.`,
        due: workingDayAfter(body, calendarDay(now), ANSWER_WITHIN_WORKING_DAYS),
      };
  }
}

function administratorTasks(
  group: GroupRecord,
  body: Body,
  now: Date,
  calls: Awaited<ReturnType<typeof listOpenCalls>>,
): Task[] {
  const { reference, name } = group;
  if (!takes(group.state, "manage-members")) return [];
  const open = calls.filter((call) => call.alert.group.reference === reference);
  return [
    ...memberTasks(group, body, now),
    ...(group.state === "requested" && group.settingsConfirmedAt === null
      ? [
          newTask("confirm-group-settings", reference, {
            href: `/groups/${reference}/settings`,
            title: `Confirm the settings of “${name}”`,
            reason: "It cannot be approved before an administrator has looked at them.",
            due: workingDayAfter(body, calendarDay(group.requestedAt), CONSENT_WITHIN_WORKING_DAYS),
          }),
        ]
      : []),
    ...reviewTasks(group, now),
    ...(open.length > 0
      ? [
          newTask("phone-group-members", reference, {
            href: `/groups/${reference}/alerts`,
            title: `Phone ${open.length === 1 ? "one member" : `${open.length} members`} of “${name}”`,
            reason: "A first notification was posted, and they have not confirmed it yet.",
            due: calendarDay(now),
          }),
        ]
      : []),
  ];
}

/** Members to be taken out of the chat, and members whose details changed. */
function memberTasks({ reference, name, members }: GroupRecord, body: Body, now: Date): Task[] {
  const href = `/groups/${reference}`;
  const leaving = members.filter((one) => memberStateOf(one) === "leaving");
  const changed = members.filter((one) => one.changedAt && !one.removedAt);
  return [
    ...leaving.map((member): Task => {
      const why = REMOVAL_REASONS[member.removalReason ?? "left"];
      return newTask("remove-from-group", member.id, {
        href: `${href}#member-${member.id}`,
        title: `Take ${member.name} out of “${name}”`,
        titleOutside: `Take somebody out of “${name}”`,
        reason: `${member.name} ${why}. Confirm once they are out of the chat.`,
        due: removalDueDay(body, member.removalWantedAt ?? now),
      });
    }),
    ...changed.map((member): Task =>
      newTask("update-group-details", member.id, {
        href: `${href}#member-${member.id}`,
        title: `Note the new contact details of ${member.name} in “${name}”`,
        titleOutside: `Note somebody’s new contact details in “${name}”`,
        reason: "They said that their details changed. Ask them; the register holds no numbers.",
        due: workingDayAfter(body, calendarDay(member.changedAt ?? now), CONSENT_WITHIN_WORKING_DAYS),
      }),
    ),
  ];
}

function reviewTasks({ reference, name, state, kind, reviewOn, contactsOn }: GroupRecord, now: Date): Task[] {
  const href = `/groups/${reference}`;
  const soon = addDays(calendarDay(now), REVIEW_NOTICE_DAYS);
  return [
    ...(state === "approved" && reviewOn <= soon
      ? [
          newTask("review-group", reference, {
            due: reviewOn,
            href: `${href}/review`,
            title: `Review the group “${name}”`,
            reason: "Is it still needed, for the same purpose, with the right people? Close it if not.",
          }),
        ]
      : []),
    ...(state === "approved" && kind === "emergency" && contactsOn !== null && contactsOn <= soon
      ? [
          {
            kind: "review-group" as const,
            key: `review-contacts ${reference}`,
            due: contactsOn,
            href: `${href}/review`,
            title: `Compare the contact details of “${name}” with the emergency contacts directory`,
            reason: "They have to be kept up to date whenever the directory is reviewed.",
          },
        ]
      : []),
  ];
}
