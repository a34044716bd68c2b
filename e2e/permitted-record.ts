import { type Action, may, type Role, ROLE_NAMES, ROLES } from "../domain/access/permission/permission.ts";
import { giveAnswer, recordOnPaper } from "./acknowledgement-by-http.ts";
import { approve, hiddenField, makeDraft, makeSent } from "./exception-by-http.ts";
import { askForGroup, namesOf, personIdOf } from "./group-by-http.ts";
import { placeHold } from "./hold-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";
import { enterRequest } from "./request-by-http.ts";
import { reportAccident } from "./incident-by-http.ts";
import type { Person } from "./person.ts";
import { proposeVersion } from "./proposal-by-http.ts";
import { askAbout } from "./question-by-http.ts";
import { keepResult, makeLink } from "./receipt-by-http.ts";
import { prepareCampaign } from "./campaign-by-http.ts";
import {
  captureRecord,
  decideOnApp,
  recordCheck,
  recordConsent,
  startPhoneReturn,
  startSampleCheck,
} from "./record-by-http.ts";
import { makeToken } from "./token-by-http.ts";
import { makeWebhook } from "./webhook-by-http.ts";

/** The body whose things the walk visits. */
export const WALKED = { slug: "nao", name: "National Audit Office" } as const;

/** Who each thing belongs to: each person in the walk has one role, and the employee's manager is the line manager. */
const RECORDS = {
  draft: { owner: "employee" },
  sent: { owner: "employee" },
  approved: { owner: "employee" },
  accepted: { owner: "employee" },
  declined: { owner: "administrator" },
  /** What an officer recorded from paper for the auditor. */
  recorded: { owner: "auditor" },
  asked: { owner: "employee" },
  proposal: {},
  /** Shared with the line manager. */
  receipt: { owner: "employee" },
  /** The secret of a link: whoever has it was given it. */
  link: { owner: "employee", involved: "everybody" },
  activity: {},
  token: { owner: "administrator" },
  webhook: {},
  check: { owner: "governance-officer" },
  campaign: { owner: "governance-officer" },
  /** Everybody but who started it is drawn. */
  sample: { involved: ROLES.filter((role) => role !== "governance-officer") },
  /** One waiting for approval, and one running; the employee is its administrator, the line manager its deputy. */
  group: { owner: "employee", involved: ["employee", "line-manager"] },
  running: { owner: "employee", involved: ["employee", "line-manager"] },
  hold: { involved: ["employee"] },
  app: {},
  /** The employee's; the line manager checks it. */
  phoneReturn: { owner: "employee", involved: ["line-manager"] },
  /** The employee is asked to search for it. */
  request: { involved: ["employee"] },
  captured: { owner: "employee" },
  consent: { owner: "employee" },
  /** The line manager was told. */
  incident: { owner: "employee", involved: ["line-manager"] },
  /** To the line manager, about the accident. */
  mail: { owner: "line-manager" },
  /** The employee in the directory. */
  person: { owner: "employee" },
  /** A team, and a list of people that was checked. */
  team: {},
  list: {},
} as const satisfies Record<string, { owner?: Role; involved?: readonly Role[] | "everybody" }>;
export type RecordName = keyof typeof RECORDS;

/** What the table of permissions says about a role's person and one of these things. @param body theirs */
export function tableSays(action: Action, role: Role, body: string, record: RecordName): boolean {
  const { owner, involved }: { owner?: Role; involved?: readonly Role[] | "everybody" } = RECORDS[record];
  const isInvolved = involved === "everybody" || (involved?.includes(role) ?? false);
  const thing = { body: WALKED.slug, ownerId: owner ?? null, managerId: "line-manager", isInvolved };
  return may({ personId: role, roles: [role], body }, action, {
    ...thing,
    managerId: owner === "employee" ? "line-manager" : null,
  });
}

/** Whether somebody may read a request, and so is told that the decision is not theirs, while others get 404. */
export function readsRequest(role: Role, body: string, record: RecordName | undefined): boolean {
  return (record === "sent" || record === "approved") && tableSays("exception.read", role, body, record);
}

/** What the addresses of these things contain, and what else such an address needs. */
export type RecordIds = Record<RecordName | "mitigation" | "condition" | "recordedFor", string>;

const NAMED = ["Employee", "Line manager", "Governance officer", "Administrator"] as const;

/** One of each, made with the portal's forms, and words that would show that another body's people know about them. */
export async function makePermittedRecords(
  signIn: (person: Person) => Promise<HttpVisit>,
): Promise<{ ids: RecordIds; words: string[] }> {
  const as = (role: Role, name?: string) =>
    signIn({ role: ROLE_NAMES[role], body: WALKED.name, ...(name !== undefined && { name }) });
  const [employee, manager, officer, administrator] = await Promise.all(
    (["employee", "line-manager", "governance-officer", "administrator"] as const).map((role) => as(role)),
  );
  if (!employee || !manager || !officer || !administrator) throw new Error("Somebody could not sign in.");
  const [accepted, declined] = [
    await giveAnswer(employee, "nao", "accepted"),
    await giveAnswer(administrator, "nao", "declined"),
  ];
  const recordedFor = await personIdOf(employee, "Auditor", WALKED.name);
  const [draft, sent, approved] = [await makeDraft(employee), await makeSent(employee), await makeSent(employee)];
  await approve(officer, approved);
  const ofApproved = (await employee.get(`/exceptions/${approved}`)).text;
  const receipt = await keepResult(employee, "policy=nao&device=work&purpose=file");
  await employee.send(`/decisions/${receipt}/send`, { do: "share-with-manager" });
  const link = (await makeLink(employee, receipt)).replace("/decisions/shared/", "");
  const declared = await officer.send("/continuity/send", { title: "A trial", reason: "A trial.", startKey: "trial" });
  const group = await askForGroup(employee, WALKED.name);
  const running = await makeRunningGroup(employee, officer, (name) => as("employee", name));
  const incident = await reportAccident(employee);
  const address = /[\w.+-]+@[\w.-]+\.invalid/.exec((await employee.get("/me")).text)?.[0] ?? "";
  const ids = {
    accepted,
    declined,
    recordedFor,
    recorded: await recordOnPaper(officer, recordedFor, "nao"),
    draft,
    sent,
    approved,
    receipt,
    link,
    group,
    running,
    incident,
    mitigation: /\/mitigations\/([^/"]+)\/send/.exec(ofApproved)?.[1] ?? "",
    condition: /\/conditions\/([^/"]+)\/send/.exec(ofApproved)?.[1] ?? "",
    activity: /CON-\w{4}-\w{4}/.exec(declared)?.[0] ?? "",
    asked: await askAbout(employee, "nao", "4.3"),
    ...(await makeProposalAndToken(await as("policy-owner"), administrator)),
    ...(await makeChecks(officer)),
    campaign: await prepareCampaign(officer, "nao"),
    app: await decideOnApp(officer, address),
    phoneReturn: await startPhoneReturn(employee),
    captured: await captureRecord(employee),
    consent: await recordConsent(employee),
    mail: /\/admin\/mail\/([\w-]+)/.exec((await manager.get("/me")).text)?.[1] ?? "",
    person: await personIdOf(employee, "Employee", WALKED.name),
    ...(await makeListAndTeam(administrator)),
    ...(await makeHoldAndRequest(officer, address)),
  };
  const missing = Object.entries(ids).filter(([, id]) => id === "");
  if (missing.length > 0) throw new Error(`Not made: ${missing.map(([name]) => name).join(", ")}.`);
  const names = await Promise.all(NAMED.map(async (role) => (await namesOf(employee, role, WALKED.name))[0] ?? ""));
  await Promise.all([employee, manager, officer, administrator].map((visit) => visit.dispose()));
  return { ids, words: [...Object.values(ids).filter((id) => /^[A-Z]+-/.test(id)), ...names, address] };
}

/** A proposal of the version that addDraft made in this portal's content, a token, and an address for events. */
async function makeProposalAndToken(owner: HttpVisit, administrator: HttpVisit) {
  const proposal = await proposeVersion(owner, { slug: "nao", version: "1.2" });
  await owner.dispose();
  return { proposal, token: await makeToken(administrator), webhook: await makeWebhook(administrator) };
}

/** A group that people agreed to be in, and that an officer approved. */
async function makeRunningGroup(
  employee: HttpVisit,
  officer: HttpVisit,
  asEmployee: (name: string) => Promise<HttpVisit>,
): Promise<string> {
  const running = await askForGroup(employee, WALKED.name);
  for (const name of (await namesOf(employee, "Employee", WALKED.name)).slice(0, 2))
    await (await asEmployee(name)).send(`/groups/${running}/send`, { do: "consent" });
  const revision = hiddenField((await officer.get(`/groups/${running}/decide`)).text, "revision");
  await officer.send(`/groups/${running}/decide/send`, { revision, decision: "approve", reason: "" });
  return running;
}

/** A hold on somebody, and a request that they are asked to search for. */
async function makeHoldAndRequest(officer: HttpVisit, people: string): Promise<{ hold: string; request: string }> {
  return { request: await enterRequest(officer, people), hold: await placeHold(officer, { onSubject: "", people }) };
}

/** A check that was held, and one of everybody but the officer, closed: it is nobody's task in other tests. */
async function makeChecks(officer: HttpVisit): Promise<{ check: string; sample: string }> {
  const sample = await startSampleCheck(officer, "nao");
  await officer.send(`/checks-held/samples/${sample}/send`, { do: "close" });
  return { check: await recordCheck(officer, "nao"), sample };
}

/** A list of people that an administrator had checked, and a team. */
async function makeListAndTeam(administrator: HttpVisit): Promise<{ list: string; team: string }> {
  const checked = await administrator.postFile(
    "/admin/people/import/send",
    "people.csv",
    "email,name\nann@new.invalid,Ann\n",
  );
  const teams = (await administrator.get("/admin/people/teams")).text;
  return {
    list: /[0-9a-f]{32}$/.exec(checked.location)?.[0] ?? "",
    team: /\/admin\/people\/teams\/([\w-]+)/.exec(teams)?.[1] ?? "",
  };
}
