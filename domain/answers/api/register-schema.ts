/** The registers of a body as programs read them: what each is filtered and ordered by, and what a row says. */
import { z } from "zod";
import type { RegisterScope } from "#domain/access/api-token/api-token.ts";
import { PERSON_KINDS, PERSON_STATES } from "#domain/access/identity/person.ts";
import { type Role, ROLES } from "#domain/access/permission/permission.ts";
import { isDay } from "#domain/base/calendar/calendar.ts";
import { keysOf } from "#domain/base/list/page.ts";
import { RISK_LEVELS } from "#domain/base/risk/risk.ts";
import { FOLLOW_UP_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { SCOPES } from "#domain/policy/exception/exception-rules.ts";
import { REGISTER_ORDERS, REGISTER_STATES } from "#domain/policy/exception/register.ts";
import { APP_STATES } from "#domain/registers/app/app.ts";
import { GROUP_KINDS } from "#domain/registers/group/group.ts";
import { GROUP_STATES } from "#domain/registers/group/state.ts";
import { HOLD_REASONS } from "#domain/registers/hold/hold.ts";
import { INCIDENT_KINDS } from "#domain/registers/incident/kind.ts";
import { REQUEST_KINDS, REQUEST_STATES } from "#domain/registers/information-request/information-request.ts";
import { PHONE_RETURN_REASONS, PHONE_RETURN_STATES } from "#domain/registers/phone-return/phone-return.ts";
import { RECORD_STANDINGS } from "#domain/registers/record/record.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";

const PERSONAL = new WeakSet<z.ZodType>();

/** Names somebody, or is free text that may: null for a token without the scope `registers:people`. */
function personal<Schema extends z.ZodType>(schema: Schema) {
  const hidden = schema
    .nullable()
    .meta({ description: "Null where there is none, and for a token without the scope `registers:people`." });
  PERSONAL.add(hidden);
  return hidden;
}

export const isPersonalField = (schema: z.ZodType): boolean => PERSONAL.has(schema);

const text = z.string();
const some = text.nullable();
const count = z.int();
const yes = z.boolean();
const day = text.regex(/^\d{4}-\d{2}-\d{2}$/).meta({ description: "A calendar day in UK time." });
const askedDay = text
  .regex(/^(19|2[01])\d{2}-\d{2}-\d{2}$/)
  .refine(isDay)
  .meta({ description: "A calendar day." });
const moment = text
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/)
  .nullable()
  .meta({ description: "A moment in UTC." });
const named = personal(text);
const names = personal(z.array(text));
const of = <Key extends string>(words: Readonly<Record<Key, unknown>>) => z.enum(keysOf(words));

/** Several fields of one kind. */
const all = <Schema extends z.ZodType, Name extends string>(schema: Schema, ...names: Name[]) =>
  Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>;

const DAYS = { from: askedDay, until: askedDay };

/** What a register is called, what it can be asked for, and what its rows say. */
interface ListedRegister {
  title: string;
  /** As what reader a program reads it: the page shows the same to somebody with this role. */
  role: Role;
  scope: RegisterScope;
  /** Besides `q`, `sort` and the page. */
  filters: Readonly<Record<string, z.ZodType<string>>>;
  /** The usual one first. */
  orders: readonly [string, ...string[]];
  row: z.ZodObject;
}

const USUAL = { role: "auditor", scope: "registers:read" } as const;

export const LISTED_REGISTERS = {
  exceptions: {
    ...USUAL,
    title: "requests for exceptions that were sent",
    filters: {
      state: z.enum(REGISTER_STATES),
      level: z.enum(RISK_LEVELS),
      policy: text,
      clause: text,
      team: text,
      decider: text,
      ends: text.regex(/^[12]\d{3}-(0[1-9]|1[0-2])$/).meta({ description: "The month of the last day, YYYY-MM." }),
    },
    orders: keysOf(REGISTER_ORDERS) as ["newest", ...string[]],
    row: z.strictObject({
      ...all(text, "reference", "policy", "version"),
      ...all(named, "requester", "team", "decidedBy"),
      ...all(moment, "submittedAt", "decidedAt", "startsAt", "endsAt"),
      extends: some,
      state: z.enum(REGISTER_STATES),
      clauses: z.array(text),
      scope: z.enum(SCOPES).nullable(),
      residual: count.nullable().meta({ description: "The remaining risk, 1 to 25." }),
      reason: personal(text),
      extension: count.meta({ description: "How many times it has been extended." }),
    }),
  },
  groups: {
    ...USUAL,
    title: "chat groups",
    filters: { state: of(GROUP_STATES), kind: of(GROUP_KINDS), look: z.enum(["overdue", "short"]) },
    orders: ["name", "review", "newest"],
    row: z.strictObject({
      ...all(text, "reference", "app"),
      ...all(named, "name", "purpose", "deputy"),
      administrators: names,
      memberCount: count,
      ...all(count.nullable(), "disappearDays", "clearEveryDays", "keepYears"),
      reviewOn: day,
      ...all(moment, "requestedAt", "decidedAt", "closedAt"),
      kind: of(GROUP_KINDS),
      state: of(GROUP_STATES),
      hasLogo: yes.nullable(),
    }),
  },
  records: {
    ...USUAL,
    title: "captured records",
    filters: { person: text, ...DAYS, group: text, class: text, standing: of(RECORD_STANDINGS) },
    orders: ["newest", "oldest", "said"],
    row: z.strictObject({
      reference: text,
      ...all(named, "about", "chat", "participants", "content", "system", "systemReference", "capturedBy", "className"),
      saidOn: day,
      group: some,
      keepUntil: day.nullable(),
      ...all(moment, "capturedAt", "chatDeletedAt", "disposedAt"),
    }),
  },
  incidents: {
    ...USUAL,
    title: "reports of accidents, but those that are kept from somebody",
    role: "governance-officer",
    filters: { state: z.enum(["unopened", "open", "closed"]), kind: z.enum(INCIDENT_KINDS), ...DAYS },
    orders: ["newest", "oldest", "clock"],
    row: z.strictObject({
      ...all(text, "reference", "title"),
      ...all(moment, "reportedAt", "deadline"),
      reporter: named,
      state: z.enum(["unopened", "open", "closed"]),
    }),
  },
  breaches: {
    ...USUAL,
    title: "breaches of personal data, but those that are kept from somebody",
    filters: { state: z.enum(["open", "closed"]), kind: z.enum(INCIDENT_KINDS), ...DAYS },
    orders: ["newest", "oldest", "clock"],
    row: z.strictObject({
      ...all(text, "reference", "kind", "data", "likelihood", "severity", "done", "decision", "told"),
      ...all(moment, "noticedAt", "awareAt", "decidedAt", "reportedAt", "toldAt", "closedAt"),
      ...all(yes, "isHighRisk", "isLate"),
      ...all(count, "actions", "actionsDone"),
    }),
  },
  requests: {
    ...USUAL,
    title: "information requests and complaints",
    filters: { state: z.enum(["current", ...keysOf(REQUEST_STATES)]), kind: of(REQUEST_KINDS), ...DAYS },
    orders: ["newest", "oldest"],
    row: z.strictObject({
      reference: text,
      receivedOn: day,
      ...all(day.nullable(), "due", "closedOn"),
      handler: named,
      ...all(count, "searches", "answered", "minutes"),
      kind: of(REQUEST_KINDS),
      state: of(REQUEST_STATES),
    }),
  },
  holds: {
    ...USUAL,
    title: "holds",
    filters: { state: z.enum(["in-force", "ended"]), reason: of(HOLD_REASONS) },
    orders: ["newest", "oldest"],
    row: z.strictObject({
      reference: text,
      keep: named,
      isOnSubject: yes,
      ...all(count, "groups", "people", "confirmed", "concerned"),
      ...all(moment, "placedAt", "endedAt"),
      reason: of(HOLD_REASONS),
    }),
  },
  "phone-returns": {
    ...USUAL,
    title: "phone returns",
    filters: { state: of(PHONE_RETURN_STATES) },
    orders: ["newest", "due"],
    row: z.strictObject({
      reference: text,
      ...all(named, "person", "moved", "heldCopied", "checkedBy"),
      dueOn: day,
      checkedAt: moment,
      reason: of(PHONE_RETURN_REASONS),
      state: of(PHONE_RETURN_STATES),
    }),
  },
  "checks-held": {
    ...USUAL,
    title: "checks held",
    filters: { kind: of(CHECK_KIND_WORDS), ...DAYS },
    orders: ["newest", "oldest"],
    row: z.strictObject({
      ...all(text, "reference", "policy", "version"),
      heldOn: day,
      ...all(named, "heldBy", "takenBy", "result", "actions"),
      kind: of(CHECK_KIND_WORDS),
    }),
  },
  "clear-downs": {
    ...USUAL,
    title: "confirmed clear-downs of chat groups",
    filters: { copies: z.enum(["everybody", "own", "unknown"]), ...DAYS },
    orders: ["newest", "oldest", "due"],
    row: z.strictObject({
      reference: text.meta({ description: "Of the group." }),
      ...all(named, "name", "confirmedBy", "recordsMovedTo"),
      dueOn: day,
      confirmedAt: moment,
      isLate: yes,
      copies: z.enum(["everybody", "own", "unknown"]).meta({ description: "Whose copies were cleared." }),
    }),
  },
  apps: {
    ...USUAL,
    title: "apps that were decided on",
    filters: { state: of(APP_STATES) },
    orders: ["name", "review"],
    row: z.strictObject({
      ...all(text, "slug", "name"),
      ...all(named, "purpose", "whoMay", "dpiaReference", "riskOwner"),
      ...all(day.nullable(), "dpiaOn", "reviewOn"),
      settings: names,
      state: of(APP_STATES),
    }),
  },
  photos: {
    ...USUAL,
    title: "photo consents",
    role: "governance-officer",
    filters: { state: z.enum(["valid", "ended", "withdrawn"]) },
    orders: ["newest", "ends", "name"],
    row: z.strictObject({
      reference: text,
      ...all(named, "name", "guardian", "purpose", "formReference", "person"),
      ...all(day, "givenOn", "until"),
      withdrawnAt: moment,
      state: z.enum(["valid", "ended", "withdrawn"]),
    }),
  },
  questions: {
    ...USUAL,
    title: "questions and suggestions about policies",
    role: "policy-owner",
    filters: {
      state: z.enum(["waiting", "answered", "all"]).meta({ description: "`waiting` where it is left out." }),
      kind: z.enum(["questions", "suggestions"]),
      policy: text,
    },
    orders: ["oldest", "newest"],
    row: z.strictObject({
      ...all(text, "reference", "policy", "version", "clause"),
      ...all(named, "question", "instead", "answer"),
      ...all(moment, "askedAt", "answeredAt"),
    }),
  },
  answers: {
    ...USUAL,
    scope: "registers:people",
    title: "people with their answers to one policy",
    role: "governance-officer",
    filters: {
      policy: text.meta({ description: "The first of the body where it is left out." }),
      state: z.enum(FOLLOW_UP_STATES),
      team: text.meta({ description: "A team’s id." }),
      employer: text,
      kind: z.enum(PERSON_KINDS),
    },
    orders: ["name", "state", "due", "team"],
    row: z.strictObject({
      ...all(text, "id", "name", "email", "employer", "policy"),
      ...all(some, "team", "version"),
      due: day.nullable(),
      givenAt: moment,
      ...all(yes, "isOnPaper", "isUnderstandingChecked"),
      kind: z.enum(PERSON_KINDS),
      state: z.enum(FOLLOW_UP_STATES),
    }),
  },
  people: {
    ...USUAL,
    scope: "registers:people",
    title: "people of the directory",
    role: "administrator",
    filters: { role: z.enum(ROLES), state: of(PERSON_STATES), team: text.meta({ description: "A team’s id." }) },
    orders: ["name", "team"],
    row: z.strictObject({
      ...all(text, "id", "name", "email", "employer"),
      ...all(some, "team", "lineManager"),
      ...all(day.nullable(), "startsOn", "leavesOn", "awayUntil"),
      roles: z.array(z.enum(ROLES)),
      kind: z.enum(PERSON_KINDS),
      status: z.enum(["active", "left"]),
    }),
  },
} as const satisfies Record<string, ListedRegister>;

export type RegisterName = keyof typeof LISTED_REGISTERS;
export const REGISTER_NAMES = keysOf(LISTED_REGISTERS);

type SentRow<Name extends RegisterName> = z.infer<(typeof LISTED_REGISTERS)[Name]["row"]>;

/** A row before it is sent: moments are still dates. */
export type RowToSend<Name extends RegisterName> = {
  [Field in keyof SentRow<Name>]: SentRow<Name>[Field] | (string extends SentRow<Name>[Field] ? Date : never);
};

export const MOST_ROWS_AT_ONCE = 500;

const place = text.regex(/^[\w.-]{1,100}$/);

/** What every register can be asked for besides its filters. */
function usualQuery({ orders }: Pick<ListedRegister, "orders">) {
  return {
    q: text.min(1).max(200).meta({ description: "Looks for words, as on the page." }),
    sort: z.enum(orders).meta({ description: `The order; \`${orders[0]}\` where it is left out.` }),
    after: place.meta({ description: "What `after` of the page before says: the next page." }),
    before: place.meta({ description: "What `before` of the page after says: the page before it." }),
    size: text
      .regex(/^[1-9]\d{0,2}$/)
      .refine((typed) => Number(typed) <= MOST_ROWS_AT_ONCE)
      .meta({ description: `Rows on a page, 1 to ${MOST_ROWS_AT_ONCE}; 100 where it is left out.` }),
  };
}

/** Every parameter that the address of a register takes, with what it may be and whether it asks about people. */
export function registerQuery(name: RegisterName) {
  const { filters, ...register }: ListedRegister = LISTED_REGISTERS[name];
  const all: Record<string, z.ZodType<string>> = { ...filters, ...usualQuery(register) };
  return Object.entries(all).map(([parameter, schema]) => ({
    parameter,
    schema,
    choices: schema instanceof z.ZodEnum ? schema.options.map(String) : [],
    description: schema.meta()?.description ?? "",
    isAboutPeople: ABOUT_PEOPLE.includes(parameter),
    isFit: (value: string) => schema.safeParse(value).success && !value.includes("\0"),
  }));
}

/** They look for words in what is `personal` above, or for people. */
const ABOUT_PEOPLE: readonly string[] = ["q", "person", "decider", "team", "group"];

function pageSchema(name: RegisterName): z.ZodObject {
  return z
    .strictObject({
      rows: z.array(LISTED_REGISTERS[name].row),
      before: some.meta({ description: "What to send as `before` for the page before; null on the first." }),
      after: some.meta({ description: "What to send as `after` for the next page; null on the last." }),
    })
    .meta({ description: `A page of the ${LISTED_REGISTERS[name].title}.` });
}

/** A page of each register. */
export const REGISTER_PAGES = Object.fromEntries(REGISTER_NAMES.map((name) => [name, pageSchema(name)])) as Record<
  RegisterName,
  z.ZodObject
>;
