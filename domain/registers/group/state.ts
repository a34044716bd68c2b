/** The states of an entry in the group register, and obstacles to approving it (S3.70, S3.74, S5.8). */
import { type Actor, can, may } from "#domain/access/permission/permission.ts";
import type { GroupEntry } from "./group.ts";
import { administratorsOf, hasConsent, administersGroup, type Membership } from "./member.ts";

export const GROUP_STATES = {
  requested: "Waiting for approval",
  "sent-back": "Sent back for changes",
  approved: "Approved",
  declined: "Declined",
  closed: "Closed",
} as const satisfies Record<string, string>;
export type GroupState = keyof typeof GROUP_STATES;

export const GROUP_COMMANDS = [
  "change",
  "change-purpose",
  "approve",
  "decline",
  "send-back",
  "review",
  "confirm-settings",
  "close",
  "manage-members",
  "log-alert",
] as const;
export type GroupCommand = (typeof GROUP_COMMANDS)[number];

/**
 * The state each command leads to; a command missing from a state's row is refused there. Approval covers the purpose.
 */
const TRANSITIONS: Record<GroupState, Partial<Record<GroupCommand, GroupState>>> = {
  requested: {
    change: "requested",
    "change-purpose": "requested",
    approve: "approved",
    decline: "declined",
    "send-back": "sent-back",
    "confirm-settings": "requested",
    close: "closed",
    "manage-members": "requested",
  },
  "sent-back": {
    change: "requested",
    "change-purpose": "requested",
    "confirm-settings": "sent-back",
    close: "closed",
    "manage-members": "sent-back",
  },
  approved: {
    change: "approved",
    "change-purpose": "requested",
    review: "approved",
    "confirm-settings": "approved",
    close: "closed",
    "manage-members": "approved",
    "log-alert": "approved",
  },
  declined: {},
  closed: {},
};

/** The state that a command leads to; undefined if it is refused in this state. */
export const nextGroupState = (state: GroupState, command: GroupCommand) => TRANSITIONS[state][command];

export const takes = (state: GroupState, command: GroupCommand) => nextGroupState(state, command) !== undefined;

/** The parts of an entry that decide who may do what with it. */
export interface Registered {
  body: string;
  requesterId: string;
  kind: GroupEntry["kind"];
  state: GroupState;
  /** Administrators that it needs. */
  leastAdministrators: number;
  members: readonly Membership[];
}

type Reader = Pick<Actor, "personId" | "roles" | "body">;

/** Whether somebody may read the entry: the requester, its people until they are out, officers and auditors. */
export function mayReadGroup(actor: Reader, { body, requesterId, members }: Registered): boolean {
  const isInvolved = members.some(({ personId, removedAt }) => personId === actor.personId && removedAt === null);
  return may(actor, "group.read", { body, ownerId: requesterId, isInvolved });
}

/**
 * Whether somebody may do it in this state. Nobody decides on their own request.
 * @param decides whether they decide on this one: by default as governance officers do
 */
export function mayDo(
  actor: Reader,
  command: GroupCommand,
  group: Registered,
  decides = may(actor, "group.decide", { body: group.body, ownerId: group.requesterId }),
): boolean {
  if (actor.body !== group.body || !takes(group.state, command)) return false;
  const isOfficer = can(actor, "group.decide", group);
  const isRequester = actor.personId === group.requesterId;
  switch (command) {
    case "approve":
    case "decline":
    case "send-back":
      return decides;
    case "log-alert":
      return group.kind === "emergency" && (administersGroup(actor.personId, group.members) || isOfficer);
    case "close":
      return (
        isOfficer || administersGroup(actor.personId, group.members) || (isRequester && group.state !== "approved")
      );
    case "change":
    case "change-purpose":
    case "review":
    case "manage-members":
      return (
        administersGroup(actor.personId, group.members) ||
        (isRequester && group.state !== "approved") ||
        // When nobody else is left to manage it.
        (isOfficer && administratorsOf(group.members).length < group.leastAdministrators)
      );
    case "confirm-settings":
      return administersGroup(actor.personId, group.members);
  }
}

/**
 * Obstacles to approving an entry, one sentence each; none if it may be approved. The administrators' consent is read
 * in the transaction that approves, so that one withdrawn meanwhile counts.
 */
export function approvalBlockers(
  group: Pick<GroupEntry, "name" | "purpose" | "kind" | "keepYears" | "hasLogo"> & {
    leastAdministrators: number;
    settingsConfirmedAt: Date | null;
  },
  members: readonly (Membership & { name: string })[],
  needsLogo: boolean,
): string[] {
  const { name, purpose, kind, keepYears, hasLogo, leastAdministrators: least, settingsConfirmedAt } = group;
  const administrators = administratorsOf(members);
  const agreed = administrators.filter(hasConsent);
  const waiting = administrators.filter((member) => !hasConsent(member)).map((member) => member.name);
  return [
    ...(name === "" || purpose === "" ? ["It has no name or no purpose."] : []),
    ...(agreed.length < least
      ? [
          `It needs ${least === 1 ? "an administrator who agrees" : `${least} administrators who agree`} to share their number. It has ${agreed.length}.` +
            (waiting.length > 0 ? ` Still to agree: ${waiting.join(", ")}.` : ""),
        ]
      : []),
    ...(kind === "emergency" && keepYears === null ? ["It does not say for how many years messages are kept."] : []),
    ...(kind === "emergency" && !agreed.some(({ personId }) => personId !== null)
      ? ["It needs an administrator of this body who agrees."]
      : []),
    ...(kind === "emergency" && !agreed.some(({ personId }) => personId === null)
      ? ["It needs an administrator of the resilience partner who agrees."]
      : []),
    ...(settingsConfirmedAt === null ? ["An administrator has not confirmed the settings of the chat yet."] : []),
    ...(needsLogo && hasLogo !== true ? ["It does not carry the logo, which the policy requires."] : []),
  ];
}
