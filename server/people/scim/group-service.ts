import { randomUUID } from "node:crypto";
import { ROLES, type Role } from "#domain/access/permission/permission.ts";
import { smallLetters } from "#domain/access/identity/small-letters.ts";
import type { EvidenceEvent, EvidenceEventName } from "#domain/evidence/journal/event.ts";
import type { Notice } from "#domain/evidence/notice/notice.ts";
import { notFound, ScimError } from "#domain/people/scim/error.ts";
import {
  checkGroupName,
  patchGroup,
  readRequestedGroup,
  readPatch,
  roleOfGroup,
  type RequestedGroup,
} from "#domain/people/scim/group.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { changePerson } from "#server/people/directory/person-change.ts";
import { getEnv } from "#server/base/environment/env.ts";
import { groupVersion } from "./user-writer.ts";
import { isStill, takeTurn, type IfMatch, type ScimProgram } from "./program-rules.ts";
import * as repository from "./repository.ts";
import { change } from "./user-service.ts";

type Event = Extract<EvidenceEventName, `directory-group.${string}`>;

/**
 * Adds a group. Its members get the role it stands for.
 * @returns its id
 * @throws ScimError 409 uniqueness if the body has a group of that name; 400 for an unknown member
 */
export async function createGroup(program: ScimProgram, sent: unknown): Promise<string> {
  const requested = readRequestedGroup(sent);
  checkGroupName(requested, null);
  return change(program, async (tx) => {
    const at = clock.now();
    await takeTurn(tx, program);
    const id = randomUUID();
    const { displayName, externalId, memberIds } = requested;
    const times = { createdAt: at, changedAt: at };
    await repository.insertDirectoryGroup(tx, {
      id,
      body: program.body,
      displayName,
      nameKey: keyOf(displayName),
      externalId,
      ...times,
    });
    await mustBeThere(tx, program, memberIds);
    await repository.addMembers(tx, id, memberIds);
    const given = await settleRoles(tx, program, memberIds, [displayName], at);
    const event = eventOn(program, id, "directory-group.added", at, { added: memberIds.length }, displayName);
    return { result: id, evidence: [event, ...given.evidence], notices: given.notices };
  });
}

/** Replaces a group; without `members` it becomes empty. */
export function replaceGroup(program: ScimProgram, id: string, sent: unknown, ifMatch: IfMatch): Promise<void> {
  const requested = readRequestedGroup(sent);
  return update(program, id, ifMatch, () => requested);
}

/** Applies a patch to a group: all of it, or nothing if one operation fails. */
export function patchGroupById(program: ScimProgram, id: string, sent: unknown, ifMatch: IfMatch): Promise<void> {
  const operations = readPatch(sent);
  return update(program, id, ifMatch, (group) => patchGroup(group, operations, id));
}

/** Deletes a group. Its members lose the role it gave them. */
export async function removeGroup(program: ScimProgram, id: string, ifMatch: IfMatch): Promise<void> {
  await change(program, async (tx) => {
    const at = clock.now();
    await takeTurn(tx, program);
    const { displayName } = await mustFind(tx, program, id, ifMatch);
    const memberIds = await repository.listDirectoryGroupMemberIds(tx, id);
    await repository.deleteGroup(tx, id);
    const taken = await settleRoles(tx, program, memberIds, [displayName], at);
    const event = eventOn(program, id, "directory-group.removed", at, { removed: memberIds.length }, displayName);
    return { result: null, evidence: [event, ...taken.evidence], notices: taken.notices };
  });
}

const update = (
  program: ScimProgram,
  id: string,
  ifMatch: IfMatch,
  requestChange: (group: RequestedGroup) => RequestedGroup,
) =>
  change(program, async (tx) => {
    const at = clock.now();
    await takeTurn(tx, program);
    const { displayName, externalId } = await mustFind(tx, program, id, ifMatch);
    const before: RequestedGroup = {
      displayName,
      externalId,
      memberIds: await repository.listDirectoryGroupMemberIds(tx, id),
    };
    const after = requestChange(before);
    checkGroupName(after, displayName);
    const [had, has] = [new Set(before.memberIds), new Set(after.memberIds)];
    const added = after.memberIds.filter((one) => !had.has(one));
    const removed = before.memberIds.filter((one) => !has.has(one));
    const isRenamed = after.displayName !== displayName;
    if (!isRenamed && after.externalId === externalId && added.length + removed.length === 0)
      return { result: undefined, evidence: [] };
    await mustBeThere(tx, program, added);
    const names = { displayName: after.displayName, nameKey: keyOf(after.displayName), externalId: after.externalId };
    await repository.updateDirectoryGroup(tx, id, { ...names, changedAt: at });
    await repository.removeMembers(tx, id, removed);
    await repository.addMembers(tx, id, added);
    const concerned = isRenamed ? [...new Set([...before.memberIds, ...after.memberIds])] : [...added, ...removed];
    const roles = await settleRoles(tx, program, concerned, [displayName, after.displayName], at);
    const counts = { added: added.length, removed: removed.length };
    const event = eventOn(program, id, "directory-group.changed", at, counts, after.displayName);
    return { result: undefined, evidence: [event, ...roles.evidence], notices: roles.notices };
  });

async function mustFind(tx: Tx, { body }: ScimProgram, id: string, ifMatch: IfMatch): Promise<repository.GroupRow> {
  const group = await repository.lockDirectoryGroup(tx, body, id);
  if (!group) throw notFound(id);
  if (!isStill(groupVersion(group), ifMatch))
    throw new ScimError(412, null, "It has changed since you read it. Read it again.");
  return group;
}

async function mustBeThere(tx: Tx, { body }: ScimProgram, memberIds: readonly string[]): Promise<void> {
  const seen = new Set((await repository.listSeen(tx, body, memberIds)).map(({ id }) => id));
  const [missing] = memberIds.filter((one) => !seen.has(one));
  if (missing !== undefined) throw new ScimError(400, "invalidValue", `"members": "${missing}" is no user here.`);
}

/**
 * Gives and takes the roles that groups of these names stand for. Roles from elsewhere stay, and so does a role that
 * another of the person's groups still gives. Only where groups give them all does this confirm them.
 */
async function settleRoles(
  tx: Tx,
  { body, reference: by, madeById: authority }: ScimProgram,
  personIds: readonly string[],
  names: readonly string[],
  at: Date,
) {
  const { scimGroupRoles } = getEnv();
  const concerned = names.flatMap((name) => roleOfGroup(name, scimGroupRoles) ?? []);
  const evidence: EvidenceEvent[] = [];
  const notices: Notice[] = [];
  if (concerned.length === 0) return { evidence, notices };
  const groupNames = await repository.listGroupNames(tx, personIds);
  for (const { id, roles } of await repository.listSeen(tx, body, personIds)) {
    const given = (groupNames.get(id) ?? []).flatMap((name) => roleOfGroup(name, scimGroupRoles) ?? []);
    const granted: Role[] = ROLES.filter((role) =>
      concerned.includes(role) ? given.includes(role) : roles.includes(role),
    );
    const saysAllRoles = granted.every((role) => role === "employee" || given.includes(role));
    const changedBy = { by, authority, at, saysAllRoles };
    const done = await changePerson(tx, { body, personId: id }, { roles: granted }, changedBy);
    if (done === "last-administrator")
      throw new ScimError(
        400,
        "mutability",
        '"members": the only administrator of the body is in this group. Make somebody else one first.',
      );
    evidence.push(...(done?.evidence ?? []));
    notices.push(...(done?.notices ?? []));
  }
  return { evidence, notices };
}

const eventOn = (
  { body, reference }: ScimProgram,
  subject: string,
  event: Event,
  at: Date,
  data: Record<string, number>,
  displayName: string,
): EvidenceEvent => ({ body, event, at, actor: reference, subject, data, detail: { displayName } });

const keyOf = (displayName: string): string => smallLetters(displayName);
