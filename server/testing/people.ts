import type { Actor, Role } from "#domain/access/permission/permission.ts";
import { normaliseEmail } from "#domain/access/identity/provider-claim.ts";
import type { Database } from "#server/base/db/database.ts";
import { findSession } from "#server/access/identity/repository.ts";
import { noteConcerns } from "#server/access/identity/service.ts";
import { PORTAL_ACTOR } from "#domain/evidence/journal/event.ts";
import { clock } from "#server/base/clock.ts";
import { transact } from "#server/evidence/journal/transact.ts";
import { changePerson } from "#server/people/directory/person-change.ts";

/** Puts a person into the directory, and hands them back as the one who does something. The id says who it is. */
export async function addPerson(
  { prisma }: Pick<Database, "prisma">,
  personId: string,
  {
    body = "nao",
    roles = ["employee"],
    team = null,
    joinedAt,
  }: { body?: string; roles?: Role[]; team?: string | null; joinedAt?: Date } = {},
): Promise<Actor> {
  const person = {
    body,
    roles,
    employer: body,
    name: `Person ${personId}`,
    email: normaliseEmail(`${personId}@${body}.invalid`),
  };
  const joined = joinedAt ? { createdAt: joinedAt } : {};
  await prisma.person.create({ data: { id: personId, ...person, ...joined, teamId: team } });
  return { personId, ...person, team };
}

/** Adds a team; who manages it has to be in the directory already. @returns its id */
export async function addTeam(
  { prisma }: Pick<Database, "prisma">,
  id: string,
  { body = "nao", managerId = null }: { body?: string; managerId?: string | null } = {},
): Promise<string> {
  await prisma.team.create({ data: { id, body, name: `Team ${id}`, managerId } });
  return id;
}

/** Somebody leaves by a program or a list, which ask nobody who takes over. */
export async function leaveByProgram(body: string, personId: string): Promise<void> {
  await transact(async (tx) => {
    const by = { by: PORTAL_ACTOR, authority: null, at: clock.now() };
    const done = await changePerson(tx, { body, personId }, { status: "left" }, by);
    if (done === null || done === "last-administrator") throw new Error(`${personId} cannot leave.`);
    return { result: null, evidence: done.evidence, notices: done.notices };
  });
}

/** Somebody as a request of theirs knows them: with what was found to concern them as it began. */
export async function asSignedIn({ prisma }: Pick<Database, "prisma">, actor: Actor): Promise<Actor> {
  const { personId } = actor;
  const [id, signedIn] = [`session of ${personId}`, { ...actor }];
  const session = { id, token: id, personId, expiresAt: new Date(clock.now().getTime() + 60_000) };
  await prisma.session.upsert({ where: { id }, create: session, update: session });
  const concerns = (await findSession(prisma, id))?.concerns;
  if (!concerns) throw new Error(`${personId} has no session.`);
  noteConcerns(signedIn, concerns);
  return signedIn;
}
