import { giveAnswer, recordOnPaper } from "./acknowledgement-by-http.ts";
import { approve, hiddenField, makeDraft, makeSent } from "./exception-by-http.ts";
import { placeHold } from "./hold-by-http.ts";
import type { HttpVisit } from "./http-visit.ts";
import { answerFacts, reportAccident } from "./incident-by-http.ts";
import { inRole, type Person } from "./person.ts";
import { CLEVELAND_OPCC } from "./policy.ts";
import { keepResult, makeLink } from "./receipt-by-http.ts";
import { askForGroup, personIdOf } from "./group-by-http.ts";
import { prepareCampaign } from "./campaign-by-http.ts";
import { captureRecord, RECORD_FIELDS, recordCheck, startSampleCheck, recordConsent } from "./record-by-http.ts";
import { enterRequest } from "./request-by-http.ts";
import { askAbout, questionFields } from "./question-by-http.ts";
import { makeToken } from "./token-by-http.ts";
import { makeWebhook } from "./webhook-by-http.ts";

/** References, and addresses of forms that came back with problems. */
export interface ExampleRecords {
  accepted: string;
  declined: string;
  draft: string;
  sent: string;
  sentBack: string;
  approved: string;
  /** A question that nobody has answered yet, and one with a note under its clause. */
  asked: string;
  noted: string;
  /** A kept result, and the path of a link to it. */
  receipt: string;
  receiptLink: string;
  /** A token for a program, made and never used. */
  token: string;
  /** An address to which events go. */
  webhook: string;
  /** Groups waiting for approval: of a team, and for emergencies. */
  group: string;
  emergencyGroup: string;
  /** A captured record whose retention period is over, one disposed of, a photo consent, a check held, a campaign. */
  captured: string;
  disposed: string;
  campaign: string;
  consent: string;
  check: string;
  /** A check that asks everybody. */
  sample: string;
  /** A report of an accident whose facts are known, and one with only its first step. */
  incident: string;
  incidentBegun: string;
  /** A hold on one employee that is in force, and one on the auditor that was ended. */
  hold: string;
  endedHold: string;
  /** An information request for which the employee is asked to search. */
  request: string;
  /** Id of somebody in the directory. */
  person: string;
  /** Id of somebody for whom an officer recorded a decline from paper, and its reference. */
  recordedFor: string;
  recorded: string;
  /** Addresses of lists of people that were checked: one without a fault. */
  checkedList: string;
  faultyList: string;
  kept: {
    group: string;
    why: string;
    who: string;
    risk: string;
    approve: string;
    acknowledge: string;
    reply: string;
    question: string;
    answer: string;
    token: string;
    webhook: string;
    record: string;
    recordToCheck: string;
    consent: string;
    check: string;
    step: string;
    case: string;
    hold: string;
    request: string;
    search: string;
    complaint: string;
    paper: string;
  };
}

/** The body whose pages are checked with something in them. No other test uses it. */
export const EXAMPLE_POLICY = CLEVELAND_OPCC;

const TOO_LONG =
  "A long word follows: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft. ".repeat(60);

/** A request in every state that has a page, an answer of each kind, and forms with problems. */
export async function makeExampleRecords(signIn: (person: Person) => Promise<HttpVisit>): Promise<ExampleRecords> {
  const { slug } = EXAMPLE_POLICY;
  const [employee, officer, administrator, owner, auditor] = await Promise.all(
    (["Employee", "Governance officer", "Administrator", "Policy owner", "Auditor"] as const).map((role) =>
      signIn(inRole(role, EXAMPLE_POLICY)),
    ),
  );
  if (!employee || !officer || !administrator || !owner || !auditor) throw new Error("Somebody could not sign in.");
  const accepted = await giveAnswer(employee, slug, "accepted");
  const declined = await giveAnswer(administrator, slug, "declined");
  const draft = await makeDraft(employee, slug, "3.2");
  const sent = await makeSent(employee, slug, "3.2");
  const sentBack = await makeSent(employee, slug, "3.2");
  await sendBack(officer, sentBack);
  const approved = await makeSent(employee, slug, "3.2");
  await approve(officer, approved);
  const asked = await askAbout(employee, slug, "3.2");
  const noted = await askAbout(employee, slug, "3.3");
  await owner.send(`/questions/${noted}/send`, { do: "answer", answer: "Your line manager does." });
  await owner.send(`/questions/${noted}/send`, { do: "note", note: "Your line manager keeps the list." });
  const result = `policy=${slug}&audience=colleague&purpose=logistics&chat=one-to-one`;
  const receipt = await keepResult(employee, result, TOO_LONG.slice(0, 490));
  const receiptLink = await makeLink(employee, receipt);
  const token = await makeToken(administrator);
  const webhook = await makeWebhook(administrator);
  const group = await askForGroup(employee, EXAMPLE_POLICY.body, { agrees: "yes" });
  const emergencyGroup = await askForGroup(employee, EXAMPLE_POLICY.body, {
    kind: "emergency",
    name: "Civil emergencies",
    retention: "none",
    partnerName: "Pat Invented",
    partnerOrganisation: "Riverside Resilience",
  });
  const captured = await captureRecord(employee);
  const disposed = await captureRecord(owner); // there is a hold on the employee
  await officer.send(`/records/${disposed}/disposal/send`, { do: "dispose", revision: "1", holdAnswer: "none" });
  const consent = await recordConsent(employee);
  const check = await recordCheck(officer, slug);
  const campaign = await prepareCampaign(officer, slug);
  const sample = await startSampleCheck(officer, slug);
  const incident = await reportAccident(employee);
  await answerFacts(employee, incident);
  const incidentBegun = await reportAccident(employee);
  const { hold, endedHold } = await placeHolds(officer, employee, auditor);
  const request = await enterRequest(officer, await mailOf(employee));
  const person = await personIdOf(employee, "Employee", EXAMPLE_POLICY.body);
  const faultyList = await checkList(administrator, "email,name\nnobody,Nobody\nann@new.invalid,=1+1\n");
  const checkedList = await checkList(administrator, "email,name,team\nann@new.invalid,Ann,Roads\n");
  const recordedFor = await personIdOf(employee, "Line manager", EXAMPLE_POLICY.body);
  const recorded = await recordOnPaper(officer, recordedFor, slug, "cannot_agree");
  const visits = { employee, officer, administrator, owner, auditor };
  const kept = await refusedForms(visits, { draft, sent, declined, asked, incident, recordedFor, request });
  await Promise.all(Object.values(visits).map((visit) => visit.dispose()));
  const captures = { captured, disposed, consent, check, campaign, sample };
  const lists = { person, recordedFor, recorded, checkedList, faultyList };
  const registers = { ...lists, group, emergencyGroup, incident, incidentBegun, hold, endedHold, request };
  const references = { accepted, declined, draft, sent, sentBack, approved, asked, noted, receipt, receiptLink, token };
  return { ...references, webhook, ...captures, ...registers, kept };
}

type Visits = Record<"employee" | "officer" | "administrator" | "owner" | "auditor", HttpVisit>;

/** Forms of the records that came back with problems. */
async function refusedForms(
  { employee, officer, administrator, owner, auditor }: Visits,
  {
    draft,
    sent,
    declined,
    asked,
    incident,
    recordedFor,
    request,
  }: Pick<ExampleRecords, "draft" | "sent" | "declined" | "asked" | "incident" | "recordedFor" | "request">,
): Promise<ExampleRecords["kept"]> {
  const { slug } = EXAMPLE_POLICY;
  return {
    group: await refused(employee, "/groups/new", { step: "about", kind: "team", name: TOO_LONG }),
    why: await refused(employee, `/exceptions/${draft}/why`, { justification: TOO_LONG }),
    who: await refused(employee, `/exceptions/${draft}/who`, {
      scope: "person",
      "wantedUntil-day": "31",
      "wantedUntil-month": "2",
      "wantedUntil-year": "2027",
    }),
    risk: await refused(employee, `/exceptions/${draft}/risks/new`, { description: "The phone is lost." }),
    approve: await refused(officer, `/exceptions/${sent}/approve`, { reason: "", conditions: TOO_LONG }),
    acknowledge: await refused(auditor, `/policies/${slug}/acknowledge`, {
      version: "1",
      hash: "0".repeat(64),
      answer: "declined",
      reason: TOO_LONG,
    }),
    reply: await refused(owner, `/acknowledgements/${declined}/reply`, { reply: TOO_LONG }),
    question: await refused(employee, `/policies/${slug}/ask`, {
      ...(await questionFields(employee, slug, "3.2")),
      question: TOO_LONG,
    }),
    answer: await refused(owner, `/questions/${asked}`, { do: "answer", answer: TOO_LONG }),
    step: await refused(employee, `/incidents/${incident}/steps/where`, { chat: TOO_LONG }),
    case: await refused(officer, `/incidents/${incident}`, {
      do: "assessment",
      seen: "0",
      "assessment-data": TOO_LONG,
    }),
    token: await refused(administrator, "/admin/tokens/new", { name: TOO_LONG }),
    webhook: await refused(administrator, "/admin/webhooks/new", { name: TOO_LONG }),
    record: await refused(employee, "/records/new", { ...RECORD_FIELDS, about: TOO_LONG, chat: "" }),
    recordToCheck: await refused(employee, "/records/new", { ...RECORD_FIELDS, do: "" }),
    consent: await refused(employee, "/photos/new", { age: "child", purpose: TOO_LONG }),
    check: await refused(officer, "/checks-held/new", { result: TOO_LONG.repeat(2) }),
    hold: await refused(officer, "/holds/new", { keep: TOO_LONG, people: "Nobody" }),
    request: await refused(officer, "/requests/new", { kind: "regulator", asked: TOO_LONG }),
    search: await refused(employee, `/requests/${request}/searches/1`, { answer: "gone", words: TOO_LONG }),
    complaint: await refused(employee, "/complaints/new", { asked: TOO_LONG }),
    paper: await refused(officer, `/governance/people/${recordedFor}/paper`, { policy: slug, place: TOO_LONG }),
  };
}

/** Asks for changes to a request. */
async function sendBack(officer: HttpVisit, reference: string): Promise<void> {
  const changes = (await officer.get(`/exceptions/${reference}/request-changes`)).text;
  await officer.send(`/exceptions/${reference}/request-changes/send`, {
    revision: hiddenField(changes, "revision"),
    reason: "Say less.",
    "comment-why": "Leave out the names.",
    "comment-who": "",
    "comment-risks": "Name the remaining risk.",
  });
}

async function mailOf(visit: HttpVisit): Promise<string> {
  return /[\w.+-]+@[\w.-]+\.invalid/.exec((await visit.get("/me")).text)?.[0] ?? "";
}

/** A hold on somebody, and one on somebody else that has ended. */
async function placeHolds(officer: HttpVisit, heldPerson: HttpVisit, freedPerson: HttpVisit) {
  const mail = await mailOf(heldPerson);
  const hold = await placeHold(officer, { people: mail, onSubject: "", keep: TOO_LONG.slice(0, 1900) });
  const endedHold = await placeHold(officer, { people: await mailOf(freedPerson), onSubject: "" });
  await officer.send(`/holds/${endedHold}/send`, { do: "end", endReason: "It was answered." });
  return { hold, endedHold };
}

/** Has a list of people checked. @returns the address that shows what was found */
async function checkList(visit: HttpVisit, text: string): Promise<string> {
  const { status, location } = await visit.postFile("/admin/people/import/send", "people.csv", text);
  if (!/import\/[0-9a-f]{32}$/.test(location)) throw new Error(`The list was not checked: ${status} ${location}`);
  return location;
}

/** Sends a form that is refused. @returns the address that shows what is wrong */
async function refused(visit: HttpVisit, page: string, fields: Record<string, string>): Promise<string> {
  const { status, location } = await visit.post(`${page}/send`, fields);
  if (!location.includes("kept=")) throw new Error(`${page} took the form: ${status} ${location}`);
  return location;
}
