import type { Actor } from "#domain/access/permission/permission.ts";
import {
  type BegunResource,
  DRAFT_SCHEMAS,
  type DraftKind,
  type ExceptionToBegin,
  type GroupToBegin,
  type RecordToBegin,
} from "#domain/answers/api/draft-schema.ts";
import { type ApiAnswer, errorsOf, found, refuse } from "#domain/answers/api/evaluation-schema.ts";
import { jsonPointer, type RequestError } from "#domain/answers/api/problem.ts";
import { addMonths, calendarDay } from "#domain/base/calendar/calendar.ts";
import { cleanText, type FieldProblem, problemIf, type TypedDate } from "#domain/base/form/form-values.ts";
import { periodProblems, whyNotLifted, whyTextProblems } from "#domain/policy/exception/request.ts";
import { readStart } from "#domain/policy/exception/start.ts";
import { unknownAnswers } from "#domain/policy/policy/explain.ts";
import {
  aboutProblems,
  clearingProblems,
  type GroupEntry,
  LONGEST_NAME,
  LONGEST_REVIEW_MONTHS,
  readRetention,
  registerTextProblems,
  reviewProblems,
  settingsProblems,
  sharingProblems,
} from "#domain/registers/group/group.ts";
import { leastDaysKept } from "#domain/registers/group/group-rules.ts";
import { recordProblems, type RecordDraft } from "#domain/registers/record/record.ts";
import { begin, hasEnoughBegun, makeBegunId, MOST_BEGUN } from "#server/access/form-input/begun-effects.ts";
import { addressOfBegun } from "#server/access/form-input/begun-queries.ts";
import { findActor } from "#server/access/identity/queries.ts";
import { clock } from "#server/base/clock.ts";
import { loadContent } from "#server/base/content/store.ts";
import type { Tx } from "#server/base/db/database.ts";
import { findColleagueId, findOnePerson } from "#server/people/directory/queries.ts";
import { beginException } from "#server/policy/exception/begin-effects.ts";
import { getOwnBody, listOwnPolicies, withCurrent } from "#server/policy/policy/queries.ts";
import { getNewGroup } from "#server/registers/group/view-queries.ts";
import { getSetting } from "#server/registers/record/queries.ts";
import { findEarlier, writeOnce } from "./write-change.ts";

/** What was sent, against the rules of the form that it is for. */
interface Checked {
  /** By the names of what was sent, with `/` between the parts of a place: "clauses/1". */
  problems: readonly FieldProblem[];
  /** Its form's page, and what the fields there show; an exception is written as a draft, whose page it is. */
  begin(tx: Tx, person: Actor, id: string): Promise<{ path: string; values: Record<string, string[]> }>;
}

const CHECKS: { [Kind in DraftKind]: (person: Actor, sent: never) => Promise<Checked> } = {
  exceptions: checkException,
  records: checkRecord,
  groups: checkGroup,
};

/**
 * Begins something for a person, who finds it among their tasks and finishes or discards it. What was sent is checked by
 * the rules of the form; what is missing is for the person to add. Nothing takes effect, and nobody else sees it.
 * @param sent the parsed JSON, of any shape
 * @param key the same key with the same body begins it once
 */
export async function beginForPerson(
  { actor, tokenId }: { actor: Actor; tokenId: string },
  kind: DraftKind,
  sent: unknown,
  key: string,
): Promise<ApiAnswer<BegunResource>> {
  const write = { tokenId, key, asked: [kind, sent] };
  const earlier = await findEarlier<BegunResource>(write);
  if (earlier) return earlier;
  const { errors, fits } = readSent(kind, sent);
  const id = fits.for === undefined ? null : await findColleagueId(actor, fits.for);
  const person = id === null ? null : await findActor(id);
  if (fits.for !== undefined && !person)
    errors.push({ detail: "Nobody who works here has this address or id.", pointer: "/for" });
  const checked = await CHECKS[kind](person ?? actor, fits as never);
  // Only what was sent can be wrong, and without a person nothing that depends on them.
  const isSent = ({ field }: FieldProblem) => {
    const [name = ""] = field.split("/");
    return Object.hasOwn(fits, name) && (person !== null || name !== "group");
  };
  errors.push(...checked.problems.filter(isSent).map((one) => ({ detail: one.message, pointer: `/${one.field}` })));
  if (errors.length > 0 || !person) return refuse(errors);
  return writeOnce(write, async (tx, at) => {
    if (await hasEnoughBegun(tx, person.personId))
      return refuse([{ detail: `They have ${MOST_BEGUN} drafts of programs to finish first.`, pointer: "/for" }]);
    const begunId = makeBegunId();
    const begun = { id: begunId, ...(await checked.begin(tx, person, begunId)) };
    await begin(tx, { ...begun, personId: person.personId, tokenId, at });
    return found({ id: begunId, address: addressOfBegun(begun), begunAt: at.toISOString() });
  });
}

/** What is wrong with the shape of what was sent, and all of it that is not. */
function readSent(kind: DraftKind, sent: unknown): { errors: RequestError[]; fits: { for?: string } } {
  const schema = DRAFT_SCHEMAS[kind];
  const cleaned: unknown = JSON.parse(JSON.stringify(sent), (_, value: unknown) =>
    typeof value === "string" ? cleanText(value).trim() : value,
  );
  const read = schema.safeParse(cleaned);
  if (read.success) return { errors: [], fits: read.data };
  const errors = errorsOf(read.error);
  const wrong = new Set(errors.map(({ pointer = "" }) => pointer.split("/")[1]));
  const rest = typeof cleaned === "object" && cleaned !== null && !wrong.has(undefined) ? cleaned : {};
  return { errors, fits: Object.fromEntries(Object.entries(rest).filter(([name]) => !wrong.has(name))) };
}

async function checkException(person: Actor, sent: Partial<ExceptionToBegin>): Promise<Checked> {
  const { policy = "", facts = {}, clauses = [], wantedFrom = null, wantedUntil = null } = sent;
  const { justification = "", whyNoChannel = "", dataInvolved = "" } = sent;
  const texts = { justification, whyNoChannel, dataInvolved };
  const own = withCurrent(await listOwnPolicies(person));
  const version = own.find(({ slug }) => slug === policy)?.current;
  if (!version) {
    const slugs = own.map(({ slug }) => slug).join(", ");
    const message = `No policy "${policy}" of this body is in force. Those that are: ${slugs || "none"}.`;
    return { problems: [...whyTextProblems(texts, true), { field: "policy", message }], begin: impossible };
  }
  const { exceptionRules: rules } = version;
  const { questions } = await loadContent();
  const start = readStart(version, { ...facts, clause: clauses });
  const isKnown = (id: string) => version.clauses.some((clause) => clause.id === id);
  const days = { today: calendarDay(clock.now()), rules };
  const barred = start.clauses.length === 0 ? start.barred.filter((id) => !clauses.includes(id)) : [];
  const problems = [
    ...unknownAnswers(version, questions, facts).map(({ fact, message }) => ({
      field: `facts${jsonPointer([fact])}`,
      message,
    })),
    ...barred.map((id) => ({ field: "facts", message: whyNotLifted(id, rules) ?? "" })),
    ...clauses.flatMap((id, at) => {
      const message = isKnown(id) ? whyNotLifted(id, rules) : `Version ${version.version} has no clause ${id}.`;
      return message === null ? [] : [{ field: `clauses/${at}`, message: `${message} Leave it out.` }];
    }),
    ...whyTextProblems(texts, true),
    ...periodProblems(wantedFrom, wantedUntil ?? wantedFrom, days),
  ];
  const { situation } = start;
  const content = { clauses: start.clauses, situation, ...texts, wantedFrom, wantedUntil };
  return {
    problems,
    begin: async (tx, of, id) => ({
      path: `/exceptions/${await beginException(tx, of, version, id, content)}`,
      values: {},
    }),
  };
}

const impossible = () => Promise.reject(new Error("What was refused is not begun."));

const typedDay = (day: string | undefined): TypedDate => (day === undefined ? { kind: "empty" } : { kind: "day", day });

async function checkRecord(person: Actor, { for: _, ...sent }: RecordToBegin): Promise<Checked> {
  const setting = await getSetting(person);
  if (!setting) return { problems: [], begin: impossible };
  const { schedule } = setting.rules;
  const { saidOn, eventOn, keepUntil, ...texts } = given(sent);
  const days = { saidOn: typedDay(saidOn), eventOn: typedDay(eventOn), keepUntil: typedDay(keepUntil) };
  const draft: RecordDraft = { ...NO_RECORD, ...texts, ...days };
  const hasSchedule = "This body has a retention schedule. Give retentionClass instead.";
  const noSchedule = "This body has no retention schedule. Give className instead.";
  const problems = [
    ...recordProblems(draft, setting.rules),
    ...(schedule.length > 0 ? ["className", "keepUntil"] : []).map((field) => ({ field, message: hasSchedule })),
    ...(schedule.length > 0 ? [] : ["retentionClass", "eventOn"]).map((field) => ({ field, message: noSchedule })),
    ...(await nobodyIs(person, "principal", sent.principal ?? "")),
  ];
  return { problems, begin: (_tx, _person, id) => Promise.resolve(formOf("/records/new", id, sent)) };
}

/** What was sent, of which JSON has nothing undefined. */
function given<Sent extends object>(sent: Sent) {
  return Object.fromEntries(Object.entries(sent)) as { [Name in keyof Sent]?: Exclude<Sent[Name], undefined> };
}

const NO_RECORD = {
  principal: "",
  method: "",
  saidTime: "",
  about: "",
  group: "",
  chat: "",
  participants: "",
  content: "",
  system: "",
  systemReference: "",
  retentionClass: "",
  className: "",
};

/** What is wrong with who was named, if anybody was. Whom else it may mean is not said: beginning reads no names. */
async function nobodyIs(person: Actor, field: string, named: string): Promise<FieldProblem[]> {
  const found = named === "" ? null : await findOnePerson(person, named);
  return found && "message" in found ? [{ field, message: NOT_ONE }] : [];
}

const NOT_ONE = "Nobody here has that name or address, or several people have. Give the work e-mail address.";

async function checkGroup(person: Actor, { for: _, ...sent }: GroupToBegin): Promise<Checked> {
  const [asked, body] = [await getNewGroup(person, sent.policy), await getOwnBody(person)];
  if (!asked || !body) return { problems: [], begin: impossible };
  const least = leastDaysKept(asked.rules);
  const read = readRetention(sent.retention ?? "", String(sent.retentionCount ?? ""));
  const retention = "problem" in read ? { clearEveryDays: null, keepYears: null } : read;
  const entry = { ...NO_GROUP, ...entryOf(sent), ...retention };
  const today = calendarDay(clock.now());
  const last = addMonths(today, LONGEST_REVIEW_MONTHS);
  const { administrators = [], deputy = "", members = [], partnerName = "", partnerOrganisation = "" } = sent;
  const problems = [
    ...problemIf(sent.policy !== asked.policy, "policy", "No such policy of this body is in force."),
    ...aboutProblems(entry, body.groups.needsLogo),
    ...problemIf(!asked.apps.includes(entry.app), "app", `Give one of ${asked.apps.join(", ")}: these are approved.`),
    ...("problem" in read ? [read.problem] : clearingProblems(retention, least)),
    ...settingsProblems(entry, least),
    ...reviewProblems("reviewOn", entry.reviewOn, { today, last }),
    ...sharingProblems({ ...entry, kind: "partner" }),
    ...registerTextProblems("partnerName", partnerName, null, LONGEST_NAME),
    ...registerTextProblems("partnerOrganisation", partnerOrganisation, null, LONGEST_NAME),
    ...(await Promise.all(administrators.map((one, at) => nobodyIs(person, `administrators/${at}`, one)))).flat(),
    ...(await nobodyIs(person, "deputy", deputy)),
    ...(await Promise.all(members.map((one, at) => nobodyIs(person, `members/${at}`, one)))).flat(),
  ];
  return { problems, begin: (_tx, _person, id) => Promise.resolve(formOf("/groups/new", id, sent)) };
}

const NO_GROUP: GroupEntry = {
  name: "",
  purpose: "",
  kind: "team",
  app: "",
  hasLogo: null,
  reviewOn: "",
  responsible: null,
  agreement: null,
  clearEveryDays: null,
  keepYears: null,
  disappearDays: Number.NaN,
  timerBy: null,
  canExport: null,
  assistant: null,
};

/** What of it stands in a register entry under another name, or as something else than text. */
function entryOf({ logo, disappear, ...sent }: Omit<GroupToBegin, "for">) {
  return {
    ...given(sent),
    ...(logo !== undefined && { hasLogo: logo }),
    ...(disappear !== undefined && { disappearDays: Number(disappear) || null }),
  };
}

/** The pages of the form for a group, by what stands on them: one with something on it shows that, and no suggestions. */
const GROUP_PAGES: Readonly<Record<string, readonly string[]>> = {
  about: ["name", "purpose", "app", "logo"],
  who: ["administrators", "deputy", "members", "responsible", "agreement", "partnerName", "partnerOrganisation"],
  messages: ["retention", "retentionCount", "disappear", "timerBy", "canExport", "assistant", "reviewOn"],
};

/** What was sent as the inputs of a form's page, which shows it as if it had been typed there. */
function formOf(path: "/records/new" | "/groups/new", id: string, sent: Readonly<Record<string, unknown>>) {
  const pages = Object.keys(GROUP_PAGES).filter((page) => GROUP_PAGES[page]?.some((name) => Object.hasOwn(sent, name)));
  const inputs = [
    ["startKey", id],
    ...(path === "/groups/new" ? pages.map((page) => [`seen-${page}`, "1"]) : []),
    ...(Object.hasOwn(sent, "kind") ? [["step", "check"]] : []),
    ...Object.entries(sent).flatMap(([name, value]) => inputsFor(name, value)),
  ];
  return { path, values: Object.fromEntries(inputs.map(([name = "", value = ""]) => [name, [value]])) };
}

function inputsFor(name: string, value: unknown): string[][] {
  if (name === "administrators" && Array.isArray(value))
    return value.map((one, at) => [`administrator${at + 1}`, String(one)]);
  if (Array.isArray(value)) return [[name, value.join("\n")]];
  if (typeof value === "boolean") return [[name, value ? "yes" : "no"]];
  const typed = String(value);
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(typed) ?? [];
  const isDate = DATES.includes(name) && year !== "";
  return isDate
    ? [
        [`${name}-day`, day],
        [`${name}-month`, month],
        [`${name}-year`, year],
      ]
    : [[name, typed]];
}

const DATES: readonly string[] = ["saidOn", "eventOn", "keepUntil", "reviewOn"];
