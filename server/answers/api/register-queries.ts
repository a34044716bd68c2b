import type { TokenScope } from "#domain/access/api-token/api-token.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import { type ApiAnswer, found, refuse } from "#domain/answers/api/evaluation-schema.ts";
import type { RequestError } from "#domain/answers/api/problem.ts";
import {
  isPersonalField,
  LISTED_REGISTERS,
  type RegisterName,
  registerQuery,
  type RowToSend,
} from "#domain/answers/api/register-schema.ts";
import { type Asked, mapPage, type PageCursor, readPageCursor, type Register } from "#domain/base/list/page.ts";
import { readRegisterFilter, readRegisterOrder } from "#domain/policy/exception/register.ts";
import { getDirectory } from "#server/people/directory/queries.ts";
import { getFollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { getExceptionRegister } from "#server/policy/exception/register-queries.ts";
import { getQuestionsToAnswer } from "#server/policy/question/queries.ts";
import { getAppRegister } from "#server/registers/app/queries.ts";
import { getClearDownRegister } from "#server/registers/clear-down/queries.ts";
import { getConsentRegister } from "#server/registers/consent/queries.ts";
import { getGroupRegister } from "#server/registers/group/list-queries.ts";
import { getHoldRegister } from "#server/registers/hold/queries.ts";
import { getBreachRegister } from "#server/registers/incident/breach-queries.ts";
import { getIncidentRegister } from "#server/registers/incident/queries.ts";
import { getRequestRegister } from "#server/registers/information-request/queries.ts";
import { getPhoneReturnRegister } from "#server/registers/phone-return/queries.ts";
import { getRecordRegister } from "#server/registers/record/queries.ts";
import { getUnderstandingChecks } from "#server/registers/understanding-check/queries.ts";

// The registers as programs read them: the same queries as the pages, with the same filters, for a reader of the body
// with the role that the page asks for.

type ReadPage<Row> = (
  actor: Actor,
  asked: Asked,
  cursor: PageCursor,
  size: number,
) => Promise<RegisterPage<Row> | null>;
type RegisterPage<Row> = Awaited<ReturnType<Register<Row>["page"]>>;
type Read<Row> = (actor: Actor, asked: Asked) => Promise<Register<Row> | null> | Register<Row> | null;

/** @param make what a row of the page's says, by the names that programs know */
function pagesOf<Row, Sent>(read: Read<Row>, make: (row: Row) => Sent): ReadPage<Sent> {
  return async (actor, asked, cursor, size) => {
    const register = await read(actor, asked);
    return register && mapPage(await register.page(cursor, size), make);
  };
}

const same = <Row>(row: Row): Row => row;
const nameOf = (somebody: { name: string } | null) => somebody?.name ?? null;

const READERS: { [Name in RegisterName]: ReadPage<RowToSend<Name>> } = {
  exceptions: pagesOf(
    (actor, asked) => getExceptionRegister(actor, readRegisterFilter(asked), readRegisterOrder(asked)),
    ({ exception, state, ...entry }) => {
      const decision = exception.steps.findLast(({ command }) => command === "approve" || command === "decline");
      return {
        ...exception,
        ...entry,
        state: state === "draft" ? "submitted" : state,
        requester: exception.requester.name,
        team: exception.requester.teamName,
        decidedBy: nameOf(exception.decidedBy),
        reason: (exception.decidedAt && decision?.reason) || null,
      };
    },
  ),
  groups: pagesOf(getGroupRegister, same),
  records: pagesOf(getRecordRegister, ({ person, group, ...record }) => ({
    ...record,
    group: group?.reference ?? null,
    capturedBy: person.name,
  })),
  incidents: pagesOf(getIncidentRegister, ({ clock, ...entry }) => ({
    ...entry,
    deadline: clock?.isRunning ? clock.deadline : null,
  })),
  breaches: pagesOf(getBreachRegister, same),
  requests: pagesOf(getRequestRegister, same),
  holds: pagesOf(getHoldRegister, same),
  "phone-returns": pagesOf(getPhoneReturnRegister, ({ person, checkedBy, ...entry }) => ({
    ...entry,
    person: person.name,
    checkedBy: nameOf(checkedBy),
  })),
  "checks-held": pagesOf(getUnderstandingChecks, same),
  "clear-downs": pagesOf(getClearDownRegister, same),
  apps: pagesOf(getAppRegister, ({ riskOwner, ...app }) => ({ ...app, riskOwner: riskOwner.name })),
  photos: pagesOf(getConsentRegister, ({ person, ...consent }) => ({ ...consent, person: person.name })),
  questions: pagesOf(getQuestionsToAnswer, ({ suggestion, answer, ...asked }) => ({
    ...asked,
    instead: suggestion?.instead ?? null,
    answer: answer?.text ?? null,
    answeredAt: answer?.at ?? null,
  })),
  answers: pagesOf(getFollowUp, same),
  people: pagesOf(getDirectory, ({ team, lineManager, ...person }) => ({
    ...person,
    team: nameOf(team),
    lineManager: nameOf(lineManager),
  })),
};

const USUAL_SIZE = 100;

/**
 * A page of a register, for a program. Names and free text are left out unless its token has the scope for them, and then
 * nothing can be looked for by them either.
 * @param query as in the address: every part has to be one of `registerQuery`, once
 */
export async function listRegisterRows(
  { actor, scopes }: { actor: Actor; scopes: readonly TokenScope[] },
  name: RegisterName,
  query: URLSearchParams,
): Promise<ApiAnswer<Record<string, unknown>>> {
  const seesPeople = scopes.includes("registers:people");
  const errors = registerErrors(name, query, seesPeople);
  if (errors.length > 0) return refuse(errors);
  const { size = String(USUAL_SIZE), after, before, ...asked } = Object.fromEntries(query);
  const cursor = readPageCursor({ after, before });
  const page = await READERS[name](programReader(actor, name), asked, cursor, Number(size));
  if (!page) return found<Record<string, unknown>>(null);
  if (page.isElsewhere) return refuse([{ detail: NOT_IN_LIST, parameter: after === undefined ? "before" : "after" }]);
  const shape: Record<string, Parameters<typeof isPersonalField>[0]> = LISTED_REGISTERS[name].row.shape;
  const rows = page.rows.map((row: Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      Object.entries(shape).map(([field, schema]) => [
        field,
        isPersonalField(schema) && !seesPeople ? null : row[field],
      ]),
    ),
  );
  return found({ rows, before: keyOf(page.before), after: keyOf(page.after) });
}

const NOT_IN_LIST =
  "No row of this list is at that place, or no longer. Send what the page before it said, or leave it out to begin again.";

/** A program as the reader whom its page is for. Its token has the scope for it. */
export function programReader(actor: Actor, name: RegisterName): Actor {
  return { ...actor, roles: ["employee", LISTED_REGISTERS[name].role] };
}

function keyOf(cursor: PageCursor): string | null {
  return cursor && ("after" in cursor ? cursor.after : cursor.before);
}

function registerErrors(name: RegisterName, query: URLSearchParams, seesPeople: boolean): RequestError[] {
  const known = registerQuery(name);
  return [...new Set(query.keys())].flatMap((parameter): RequestError[] => {
    const part = known.find((one) => one.parameter === parameter);
    const wrong = (detail: string) => [{ detail, parameter }];
    if (!part)
      return wrong(
        `"${parameter}" is nothing to ask for here. Ask for ${known.map((one) => one.parameter).join(", ")}.`,
      );
    const values = query.getAll(parameter);
    if (values.length > 1) return wrong(`Send ${parameter} once.`);
    if (part.isAboutPeople && !seesPeople)
      return wrong(`Looking for people and words needs a token with the scope "registers:people".`);
    if (parameter === "before" && query.has("after")) return wrong("Send after or before, not both.");
    const [value = ""] = values;
    if (part.isFit(value)) return [];
    const choices = part.choices.length > 0 ? `The choices are ${part.choices.join(", ")}.` : part.description;
    return wrong(`"${value}" is not what ${parameter} can be. ${choices}`);
  });
}
