import { expect, test } from "./fixture.ts";
import { hiddenField, inThirtyDays, makeDraft } from "./exception-by-http.ts";
import { askForGroup, personIdOf } from "./group-by-http.ts";
import { HOLD_FIELDS, placeHold } from "./hold-by-http.ts";
import { HttpVisit } from "./http-visit.ts";
import { plainText } from "./plain-text.ts";
import { reportAccident } from "./incident-by-http.ts";
import type { Person } from "./person.ts";
import { askAbout } from "./question-by-http.ts";
import { keepResult, makeLink } from "./receipt-by-http.ts";
import {
  captureRecord,
  CHECK_FIELDS,
  CONSENT_FIELDS,
  RECORD_FIELDS,
  recordCheck,
  recordConsent,
} from "./record-by-http.ts";
import { listRoutes } from "./routes.ts";
import { makeToken, TOKEN_FIELDS } from "./token-by-http.ts";

const ROLES = [
  "Employee",
  "Line manager",
  "Governance officer",
  "Policy owner",
  "Auditor",
  "Senior information risk owner",
  "Administrator",
] as const;
const OWN = "Nottingham City Council";
const OTHER = "National Audit Office";
/** Addresses that leave the portal or end the visit. */
const NOT_WALKED = ["/sign-out", "/sign-out/done", "/sign-in", "/sign-in/start", "/sign-in/callback", "/sign-in/send"];

/** What one body has on record: made anew, with the forms of the portal. */
interface Records {
  acknowledgements: string[];
  exceptions: string[];
  mitigations: string[];
  /** One that nobody answered, and one answered. */
  questions: string[];
  /** Kept results, the secret of a link to one of them, and an activity that was declared and ended. */
  receipts: string[];
  receiptToken: string;
  activities: string[];
  tokens: string[];
  /** One that waits for approval, and the id of one of the people. */
  groups: string[];
  person: string;
  /** Ids of a team, and of a list of people that was checked and not confirmed. */
  team: string;
  list: string;
  /** Captured records whose time is over, photo consents, checks held. */
  captured: string[];
  consents: string[];
  checks: string[];
  incidents: string[];
  holds: string[];
  names: string[];
}

// Issue 3, point 10: nobody finds anything of another body's, not its existence, not in counts or error texts.
test("every role finds nothing of another body's, on any address", async ({ playwright, baseURL }) => {
  test.setTimeout(240_000);
  const signIn = (person: Person) => HttpVisit.as(playwright.request, baseURL ?? "", person);
  const records = await makeRecords(signIn);
  const employee = await signIn({ role: "Employee", body: OTHER });
  const asTheyAre = async () => {
    const paths = [
      ...records.exceptions.map((reference) => `/exceptions/${reference}`),
      ...records.questions.map((reference) => `/questions/${reference}`),
      ...records.receipts.map((reference) => `/decisions/${reference}`),
      ...records.captured.map((reference) => `/records/${reference}`),
      ...records.consents.map((reference) => `/photos/${reference}`),
    ];
    const pages = await Promise.all(paths.map((path) => employee.get(path)));
    return pages.map(({ text }) => plainText(text));
  };
  const before = await asTheyAre();
  const { acknowledgements, exceptions, questions, receipts, activities, tokens, groups, incidents, names } = records;
  const registers = [...records.captured, ...records.consents, ...records.checks, ...records.holds];
  const own = [...acknowledgements, ...exceptions, ...questions, ...receipts, ...activities, ...tokens];
  const words = [...own, ...registers, ...groups, ...incidents, ...names];

  for (const role of ROLES) {
    const visit = await signIn({ role, body: OWN });
    for (const pattern of listRoutes().filter((one) => !NOT_WALKED.includes(one))) {
      for (const path of fill(pattern, records)) {
        await test.step(`${role} ${path}`, async () => {
          const isForm = pattern.endsWith("/send"); // whose GET only leads to its page
          const answer = isForm ? await visit.post(path, PLAUSIBLE) : await visit.follow(path);
          expect(answer.status, path).toBeLessThan(500);
          if (isAbout(pattern)) expect(answer.status, path).toBe(404);
          const seen = plainText(answer.text);
          const found = words.filter((word) => seen.includes(word) && !path.includes(word));
          expect(found, path).toEqual([]);
        });
      }
    }
    for (const query of [`?policy=nao&q=${records.names[0]}`, `?reference=${records.exceptions[0]}`])
      for (const path of ["/exceptions/register", "/exceptions/register.csv", "/evidence", "/governance", "/team"]) {
        const seen = plainText((await visit.follow(path + query)).text);
        const found = words.filter((word) => seen.includes(word) && !query.includes(word));
        expect(found, path + query).toEqual([]);
      }
    await visit.dispose();
  }
  expect(await asTheyAre(), "nothing was changed").toEqual(before);
});

/** Whether an address is about one thing of a body, so that another body's has to be absent. */
function isAbout(pattern: string): boolean {
  const parts = [
    "[reference]",
    "[token]",
    "[person]",
    "[team]",
    "[import]",
    "/policies/[slug]/acknowledge",
    "/policies/[slug]/ask",
    "/policies/[slug]/clauses",
    "/foi-pack",
  ];
  return !pattern.startsWith("/api/") && parts.some((part) => pattern.includes(part));
}

function fill(pattern: string, records: Records): string[] {
  const { acknowledgements, exceptions, questions, receipts, receiptToken, activities, tokens, groups, mitigations } =
    records;
  const ofKind = {
    ...{ "/acknowledgements": acknowledgements, "/questions": questions, "/incidents": records.incidents },
    ...{ "/records": records.captured, "/photos": records.consents, "/checks-held": records.checks },
    ...{ "/decisions": receipts, "/continuity": activities, "/admin/tokens": tokens, "/groups": groups },
    ...{ "/holds": records.holds },
  };
  const all = Object.entries(ofKind).find(([base]) => pattern.startsWith(base))?.[1] ?? exceptions;
  const references = pattern.endsWith("[reference]") ? all : all.slice(-1);
  const filled = pattern.includes("[reference]")
    ? references.map((reference) => pattern.replace("[reference]", reference))
    : [pattern];
  return filled.map((path) =>
    path
      .replace("[token]", receiptToken)
      .replace("[person]", records.person)
      .replace("[team]", records.team)
      .replace("[import]", records.list)
      .replace("[slug]", "nao")
      .replace("[date]", "2026-03-03")
      .replace("[version]", "1")
      .replace("[number]", "1")
      .replace("[step]", "where")
      .replace("[mitigation]", mitigations[0] ?? "none"),
  );
}

/** Enough for any form of the portal to be taken, if it took anything. */
const PLAUSIBLE = {
  ...{ ...RECORD_FIELDS, ...CONSENT_FIELDS, ...CHECK_FIELDS, holdAnswer: "none" },
  ...HOLD_FIELDS,
  onSubject: "", // a hold on everybody would stand in the way of other journeys
  answer: "accepted",
  version: "1",
  hash: "0".repeat(64),
  revision: "1",
  reason: "Because.",
  reply: "Because.",
  do: "answer",
  question: "Why?",
  clause: "4.3",
  note: "Because.",
  situation: "policy=nao&device=work&purpose=file",
  fingerprint: "0".repeat(64),
  words: "Because.",
  endReason: "Because.",
  conditions: "Only this.",
  policy: "nao",
  ...TOKEN_FIELDS,
  clauses: ["4.3"],
  justification: "Because.",
  whyNoChannel: "Because.",
  dataInvolved: "Times.",
  scope: "person",
  source: "own",
  description: "A risk.",
  app: "whatsapp",
};

/** Records of the other body in every state that has a page: answers given, a draft, a request sent, one approved. */
async function makeRecords(signIn: (person: Person) => Promise<HttpVisit>): Promise<Records> {
  const employee = await signIn({ role: "Employee", body: OTHER });
  const officer = await signIn({ role: "Governance officer", body: OTHER });
  const owner = await signIn({ role: "Administrator", body: OTHER });
  const page = await employee.get("/policies/nao/acknowledge");
  const [version, hash] = ["version", "hash"].map((name) => hiddenField(page.text, name));
  const answer = (visit: HttpVisit, given: string, reason: string) =>
    visit.post("/policies/nao/acknowledge/send", { version: version ?? "", hash: hash ?? "", answer: given, reason });
  const given = [await answer(employee, "accepted", ""), await answer(owner, "declined", "It is not clear to me.")];
  const draft = await makeDraft(employee);
  const sent = await makeDraft(employee);
  await employee.send(`/exceptions/${sent}/check/send`, {});
  const approved = await makeDraft(employee);
  await employee.send(`/exceptions/${approved}/check/send`, {});
  const toApprove = (await officer.get(`/exceptions/${approved}/approve`)).text;
  const until = inThirtyDays();
  await officer.send(`/exceptions/${approved}/approve/send`, {
    ...{ revision: hiddenField(toApprove, "revision"), reason: "It is needed.", conditions: "" },
    ...{ "until-day": until.day, "until-month": until.month, "until-year": until.year },
  });
  const mitigation = /\/mitigations\/([\w-]+)\/send/.exec((await employee.get(`/exceptions/${approved}`)).text)?.[1];
  const questions = [await askAbout(employee, "nao", "4.3"), await askAbout(employee, "nao", "4.3")];
  const policyOwner = await signIn({ role: "Policy owner", body: OTHER });
  await policyOwner.send(`/questions/${questions[1]}/send`, { do: "answer", answer: "Another body." });
  await policyOwner.dispose();
  const result = "policy=nao&device=work&purpose=file";
  const receipts = [await keepResult(employee, result), await keepResult(employee, result)];
  const receiptToken = (await makeLink(employee, receipts[1] ?? "")).replace("/decisions/shared/", "");
  const declared = await officer.post("/continuity/send", { title: "A trial", reason: "A trial.", startKey: "trial" });
  const activity = /CON-\w{4}-\w{4}/.exec(declared.location)?.[0] ?? "";
  await officer.send(`/continuity/${activity}/send`, { endReason: "It was a trial." }); // at once: others are at work
  const tokens = [await makeToken(owner)];
  const groups = [await askForGroup(employee, OTHER)];
  const person = await personIdOf(employee, "Employee", OTHER);
  const team = /\/admin\/people\/teams\/([\w-]+)/.exec((await owner.get("/admin/people/teams")).text)?.[1] ?? "none";
  const checked = await owner.postFile("/admin/people/import/send", "people.csv", "email,name\nann@new.invalid,Ann\n");
  const list = /[0-9a-f]{32}$/.exec(checked.location)?.[0] ?? "none";
  const captured = [await captureRecord(employee)];
  const consents = [await recordConsent(employee)];
  const checks = [await recordCheck(officer, "nao")];
  const incidents = [await reportAccident(employee)];
  const hold = await placeHold(officer, { onSubject: "", people: await mailOf(officer) });
  const names = await namesOf([employee, officer, owner]);
  await Promise.all([employee, officer, owner].map((visit) => visit.dispose()));
  const acknowledgements = given.map(({ location }) => /ACK-\w{4}-\w{4}/.exec(location)?.[0] ?? "");
  expect([...acknowledgements, ...names].every((word) => word !== "")).toBe(true);
  return {
    acknowledgements,
    exceptions: [draft, sent, approved],
    mitigations: [mitigation ?? "none"],
    questions,
    ...{ receipts, receiptToken, activities: [activity] },
    ...{ tokens, groups, person, team, list, captured, consents, checks, incidents, holds: [hold] },
    names,
  };
}

/** The work e-mail address of somebody: a hold on one person alone leaves others at their work. */
async function mailOf(visit: HttpVisit): Promise<string> {
  return /[\w.+-]+@[\w.-]+\.invalid/.exec((await visit.get("/me")).text)?.[0] ?? "";
}

async function namesOf(visits: readonly HttpVisit[]): Promise<string[]> {
  const pages = await Promise.all(visits.map((visit) => visit.get("/me")));
  return pages.map(({ text }) => /<dd[^>]*>([^<]+)<\/dd>/.exec(text)?.[1] ?? "");
}
