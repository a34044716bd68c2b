import { randomUUID } from "node:crypto";
import { type Actor, can, ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import {
  deputyDayProblems,
  deputyStateOn,
  mayStandInAs,
  rolesToStandIn,
  type DeputisedRole,
} from "#domain/people/deputy/deputy.ts";
import { deputyEnded, deputyNamed } from "#domain/people/deputy/notice.ts";
import { clock } from "#server/base/clock.ts";
import type { Tx } from "#server/base/db/database.ts";
import { lockDirectory } from "#server/access/identity/queries.ts";
import { transact, type Change } from "#server/evidence/journal/transact.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";
import { settleStandIns } from "./effects.ts";
import { endDeputies, findParty, insertDeputy, isThere, listDeputies, type DeputyParty } from "./repository.ts";

/** What was typed about a deputy. */
export interface DeputyGiven {
  /** Name or e-mail address of the one who is away; "" for the actor. Only administrators name others. */
  principal: string;
  /** Null if none was chosen. */
  role: DeputisedRole | null;
  /** Name or e-mail address. */
  deputy: string;
  /** First and last day, YYYY-MM-DD. */
  from: string;
  until: string;
}

export type DeputyResult = { ok: true } | { ok: false; problems: readonly FieldProblem[] } | "not-found";

/** Names a deputy for a time. Naming the same again changes nothing. */
export async function nameDeputy(actor: Actor, given: DeputyGiven): Promise<DeputyResult> {
  if (!can(actor, "deputy.name", actor)) return "not-found";
  return transact(async (tx): Promise<Change<DeputyResult>> => {
    const { body, personId: by } = actor;
    await lockDirectory(tx, body); // so that neither leaves nor loses the role meanwhile
    const at = clock.now();
    const today = calendarDay(at);
    const refused = (...problems: FieldProblem[]): Change<DeputyResult> => ({
      result: { ok: false, problems },
      evidence: [],
    });
    const { role, from, until } = given;
    const principal =
      given.principal === "" ? await findParty(tx, body, by) : await findTyped(tx, actor, "principal", given.principal);
    const deputy = await findTyped(tx, actor, "deputy", given.deputy);
    const problems = [
      ...(principal && "message" in principal ? [principal] : []),
      ...(role === null ? [{ field: "role", message: "Choose the role." }] : []),
      ...("message" in deputy ? [deputy] : []),
      ...deputyDayProblems(from, until, today),
    ];
    if (!principal || "message" in principal || "message" in deputy || role === null || problems.length > 0)
      return refused(...problems);
    const wrong = whyNot(actor, { principal, deputy, role, today });
    if (wrong) return refused(wrong);
    const same = (await listDeputies(tx, body, today, principal.personId)).find(
      (one) =>
        one.principal.personId === principal.personId &&
        one.deputy.personId === deputy.personId &&
        one.role === role &&
        one.from <= until &&
        one.until >= from,
    );
    if (same?.from === from && same.until === until) return { result: { ok: true }, evidence: [] };
    if (same)
      return refused({
        field: "from",
        message: `${deputy.name} stands in from ${dateInWords(same.from)} to ${dateInWords(same.until)} already. Choose other days, or end that first.`,
      });
    const id = randomUUID();
    const whose = { principalId: principal.personId, deputyId: deputy.personId };
    await insertDeputy(tx, { id, body, ...whose, role, from, until, madeById: by, madeAt: at });
    const data = { deputy: deputy.personId, role, from, until };
    const settled = await settleStandIns(tx, body, { by, at });
    return {
      result: { ok: true },
      evidence: [
        { body, event: "deputy.named", at, actor: by, subject: principal.personId, data },
        ...settled.evidence,
      ],
      notices: deputyNamed({ body, ...whose, role, from, until }).filter(({ to }) => to !== by),
    };
  });
}

/** Ends a deputyship before its last day: the one it is for, or an administrator. Ending it again changes nothing. */
export async function endDeputy(actor: Actor, id: string): Promise<{ ok: true } | "not-found"> {
  if (!can(actor, "deputy.name", actor)) return "not-found";
  return transact(async (tx): Promise<Change<{ ok: true } | "not-found">> => {
    const { body, personId: by } = actor;
    await lockDirectory(tx, body);
    const at = clock.now();
    const found = (await listDeputies(tx, body, calendarDay(at))).find((one) => one.id === id);
    if (!found || deputyStateOn(found, calendarDay(at)) === null) return { result: { ok: true }, evidence: [] };
    const whose = { principalId: found.principal.personId, deputyId: found.deputy.personId };
    if (whose.principalId !== by && !can(actor, "person.manage", actor)) return { result: "not-found", evidence: [] };
    await endDeputies(tx, [id], at, by);
    const data = { deputy: whose.deputyId, role: found.role };
    const settled = await settleStandIns(tx, body, { by, at });
    return {
      result: { ok: true },
      evidence: [{ body, event: "deputy.ended", at, actor: by, subject: whose.principalId, data }, ...settled.evidence],
      notices: deputyEnded({ body, ...whose }).filter(({ to }) => to !== by),
    };
  });
}

/** Why somebody cannot stand in for somebody in a role. */
function whyNot(
  actor: Actor,
  given: { principal: DeputyParty; deputy: DeputyParty; role: DeputisedRole; today: string },
): FieldProblem | null {
  const { principal, deputy, role, today } = given;
  const isOwn = principal.personId === actor.personId;
  const name = ROLE_NAMES[role].toLowerCase();
  if (!isOwn && !can(actor, "person.manage", actor))
    return { field: "principal", message: "Only an administrator names a deputy for somebody else." };
  if (!isThere(principal, today)) return { field: "principal", message: `${principal.name} does not work here now.` };
  if (!principal.roles.includes(role))
    return {
      field: "role",
      message: `${isOwn ? "You are" : `${principal.name} is`} no ${name}: choose a role that ${isOwn ? "you have" : "they have"}.`,
    };
  if (deputy.personId === principal.personId)
    return { field: "deputy", message: "Choose somebody else: nobody stands in for themselves." };
  if (!isOwn && deputy.personId === actor.personId)
    return { field: "deputy", message: "You cannot name yourself. Another administrator has to do it." };
  if (!isThere(deputy, today))
    return { field: "deputy", message: `${deputy.name} does not work here now. Choose somebody else.` };
  if (mayStandInAs(role, deputy.roles)) return null;
  const higher = rolesToStandIn(role).map((one) => ROLE_NAMES[one].toLowerCase());
  return { field: "deputy", message: `${deputy.name} is no ${higher.join(" or ")}. Choose somebody who is.` };
}

/** The one person whom a name or an address stands for, or what is wrong with it. */
async function findTyped(tx: Tx, actor: Actor, field: string, typed: string): Promise<DeputyParty | FieldProblem> {
  const found = await findOnePerson(actor, typed, tx);
  if ("message" in found) return { field, message: found.message };
  return (
    (await findParty(tx, actor.body, found.id)) ?? {
      field,
      message: "Nobody here has that name or address. Correct it.",
    }
  );
}
