import fc from "fast-check";
import { expect, test } from "./fixture.ts";
import { hiddenField, makeDraft } from "./exception-by-http.ts";
import { answerFacts, reportAccident } from "./incident-by-http.ts";
import { HOLD_FIELDS } from "./hold-by-http.ts";
import { HttpVisit, type Answer } from "./http-visit.ts";
import { keepFields, keepResult } from "./receipt-by-http.ts";
import { askAbout, questionFields } from "./question-by-http.ts";
import { captureRecord, CHECK_FIELDS, CONSENT_FIELDS, RECORD_FIELDS, recordConsent } from "./record-by-http.ts";
import { TOKEN_FIELDS } from "./token-by-http.ts";
import { WEBHOOK_FIELDS } from "./webhook-by-http.ts";

type Fields = Record<string, string | string[]>;

interface Form {
  /** The page that shows the form. */
  page: string;
  fields: Fields;
}

const LONG = "ten characters and more, and again ".repeat(300); // 10,500
const NASTY = [
  "",
  " ",
  "0",
  "-1",
  "1e9",
  "NaN",
  "null",
  "undefined",
  "[object Object]",
  "31",
  "2",
  "2027",
  "99999",
  "__proto__",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  '\'; DROP TABLE "Person"; --',
  "{{7*7}}",
  "%00",
  "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁳󠁣󠁴󠁿",
  "مرحبا بالعالم",
  "\u202eabc\u202c",
  "a\u0000b",
  "\ufeff",
  "line\r\nline\rline",
  "../../etc/passwd",
  "nao",
  "EX-2222-2222",
  LONG,
];
const anything = fc.oneof(
  fc.constantFrom(...NASTY),
  fc.string({ unit: "binary", maxLength: 60 }),
  fc.string({ unit: "grapheme", maxLength: 60 }),
);

// Every form answers every input with a redirect or "not found", never with a failure.
test("no form fails, whatever it is sent", async ({ playwright, baseURL }) => {
  const employee = await HttpVisit.as(playwright.request, baseURL ?? "", EMPLOYEE);
  const officer = await HttpVisit.as(playwright.request, baseURL ?? "", OFFICER);
  const owner = await HttpVisit.as(playwright.request, baseURL ?? "", OWNER);
  const administrator = await HttpVisit.as(playwright.request, baseURL ?? "", ADMINISTRATOR);
  for (const { visit, forms } of [
    { visit: employee, forms: [...(await employeeForms(employee)), ...(await incidentForms(employee))] },
    { visit: officer, forms: await officerForms(employee) },
    { visit: owner, forms: await ownerForms(employee, owner) },
    { visit: administrator, forms: [{ page: "/admin/tokens/new", fields: TOKEN_FIELDS }] },
    { visit: administrator, forms: [{ page: "/admin/webhooks/new", fields: WEBHOOK_FIELDS }] },
    { visit: administrator, forms: [{ page: "/admin/jobs", fields: { job: "apply-retention" } }] },
  ])
    for (const { page, fields } of forms)
      await test.step(page, () =>
        fc.assert(
          fc.asyncProperty(changesOf(fields), async (sent) => {
            const answer = await visit.post(`${page}/send`, sent);
            expect([303, 404, 413], `${page} ${JSON.stringify(sent).slice(0, 300)}`).toContain(answer.status);
            if (answer.location.includes("kept=")) await expectKept(visit, answer, sent);
          }),
          { numRuns: 12 },
        ),
      );
});

test("what was typed comes back with what is wrong: empty, too long, days that do not exist, other people's things", async ({
  playwright,
  baseURL,
}) => {
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", EMPLOYEE);
  const reference = await makeDraft(visit);
  const why = `/exceptions/${reference}/why`;
  const who = `/exceptions/${reference}/who`;
  const day = (day: string, month: string, year: string) => ({
    scope: "person",
    "wantedUntil-day": day,
    "wantedUntil-month": month,
    "wantedUntil-year": year,
  });
  const cases: [string, Fields, string][] = [
    [why, { clauses: "4.3", justification: "", whyNoChannel: "b", dataInvolved: "c" }, "Say what you want to do"],
    [why, { clauses: "4.3", justification: LONG, whyNoChannel: "b", dataInvolved: "c" }, "Shorten this to 4,000"],
    [why, { justification: "a", whyNoChannel: "b", dataInvolved: "c" }, "Choose at least one clause"],
    [why, { clauses: "99.9", justification: "a", whyNoChannel: "b", dataInvolved: "c" }, "Choose at least one clause"],
    [who, day("31", "2", "2027"), "a day that exists"],
    [who, day("", "2", "2027"), "must have a day"],
    [who, day("1", "1", "2020"), "today or later"],
    [who, day("1", "1", "9999"), "12 months at most"],
    [who, day("x", "y", "z"), "four digits"],
    [who, { ...day("1", "2", "2027"), scope: "team:somebody-elses" }, "own teams"],
  ];
  for (const [page, fields, message] of cases)
    await test.step(message, async () => {
      const answer = await visit.post(`${page}/send`, fields);
      expect(answer.location).toContain(`${page}?kept=`);
      const shown = await expectKept(visit, answer, fields);
      expect(shown.text).toContain(message);
      expect(shown.text).toMatch(/<title>Error: /);
    });
});

test("a form that was sent after the session ended comes back after signing in", async ({ playwright, baseURL }) => {
  const visit = await HttpVisit.as(playwright.request, baseURL ?? "", EMPLOYEE);
  const reference = await makeDraft(visit);
  const page = `/exceptions/${reference}/why`;
  const openedBy = hiddenField((await visit.get(page)).text, "openedBy");
  await visit.post("/sign-out", {});
  const fields = {
    openedBy,
    clauses: "4.3",
    justification: "Typed for an hour.",
    whyNoChannel: "b",
    dataInvolved: "c",
  };
  const answer = await visit.post(`${page}/send`, fields);
  expect(answer.location).toMatch(/^\/sign-in\?returnTo=/);
  const returnTo = new URL(answer.location, "http://portal.invalid").searchParams.get("returnTo") ?? "";
  const again = await HttpVisit.as(playwright.request, baseURL ?? "", EMPLOYEE);
  expect((await again.get(returnTo)).text).toContain("Typed for an hour.");
  const somebodyElse = await HttpVisit.as(playwright.request, baseURL ?? "", OFFICER);
  expect((await somebodyElse.get(returnTo)).text).not.toContain("Typed for an hour.");
  const forged = await visit.post(`${page}/send`, { ...fields, openedBy: `${openedBy.split(".")[0]}.forged` });
  expect(forged.location).not.toContain("kept");
});

test("a form from another site is refused", async ({ playwright, baseURL }) => {
  const forged = HttpVisit.as(playwright.request, baseURL ?? "", EMPLOYEE, "https://elsewhere.invalid");
  await expect(forged).rejects.toThrow("refused");
});

const EMPLOYEE = { role: "Employee", body: "National Audit Office" } as const;
const OFFICER = { role: "Governance officer", body: "National Audit Office" } as const;
const OWNER = { role: "Policy owner", body: "National Audit Office" } as const;
const ADMINISTRATOR = { role: "Administrator", body: "National Audit Office" } as const;

/** The form's own fields with some replaced, taken away or doubled, and one that it does not have. */
function changesOf(fields: Fields): fc.Arbitrary<Fields> {
  return fc
    .tuple(
      fc.dictionary(fc.constantFrom(...Object.keys(fields)), fc.oneof(anything, fc.array(anything, { maxLength: 3 })), {
        maxKeys: 4,
      }),
      fc.dictionary(fc.string({ maxLength: 12 }), anything, { maxKeys: 2 }),
    )
    .map(([changed, more]) => ({ ...more, ...fields, ...changed }));
}

/** The page shows the problem, and every text that was typed. */
async function expectKept(visit: HttpVisit, { location }: Answer, sent: Fields): Promise<Answer> {
  const shown = await visit.follow(location);
  expect(shown.status, location).toBe(200);
  for (const name of [
    "justification",
    "whyNoChannel",
    "dataInvolved",
    "reason",
    "conditions",
    "description",
    "reply",
    "question",
    "answer",
    "note",
    "words",
    "content",
    "result",
    "keepReason",
    "keep",
    "people",
  ]) {
    const typed = [sent[name] ?? ""].flat().at(-1) ?? "";
    const clean = typed.replaceAll("\0", "").toWellFormed().replace(/\r\n?/g, "\n");
    if (clean.trim() !== "" && new RegExp(`<textarea[^>]* name="${name}"`).test(shown.text))
      expect(unescaped(shown.text), `${name} at ${location}`).toContain(clean.trim());
  }
  expect(shown.text).not.toContain("<script>alert");
  expect(shown.text).not.toContain("<img src=x");
  return shown;
}

function unescaped(html: string): string {
  return html
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#x27;", "'")
    .replaceAll("&amp;", "&")
    .replace(/\r\n?/g, "\n");
}

async function employeeForms(visit: HttpVisit): Promise<Form[]> {
  const reference = await makeDraft(visit);
  const record = await captureRecord(visit);
  const page = (await visit.get("/policies/nao/acknowledge")).text;
  const risk = {
    source: "own",
    description: "a",
    rows: "1",
    then: "continue",
    risk: "",
    likelihoodBefore: "4",
    impactBefore: "3",
    likelihoodAfter: "2",
    impactAfter: "3",
    "mitigation-1-text": "a",
    "mitigation-1-owner": "requester",
    "mitigation-1-due-day": "1",
    "mitigation-1-due-month": "1",
    "mitigation-1-due-year": "2027",
  };
  return [
    {
      page: "/policies/nao/acknowledge",
      fields: { version: hiddenField(page, "version"), hash: "0".repeat(64), answer: "declined", reason: "a" },
    },
    {
      page: "/exceptions/new",
      fields: { startKey: "a".repeat(32), policy: "nao", clauses: "4.3", audience: "partner" },
    },
    {
      page: `/exceptions/${reference}/why`,
      fields: { clauses: ["4.3", "4.1"], justification: "a", whyNoChannel: "b", dataInvolved: "c", then: "later" },
    },
    {
      page: `/exceptions/${reference}/who`,
      fields: {
        scope: "person",
        "wantedFrom-day": "",
        "wantedFrom-month": "",
        "wantedFrom-year": "",
        then: "continue",
        "wantedUntil-day": "1",
        "wantedUntil-month": "2",
        "wantedUntil-year": "2027",
      },
    },
    { page: `/exceptions/${reference}/risks/new`, fields: risk },
    { page: `/exceptions/${reference}/risks/1`, fields: risk },
    { page: `/exceptions/${reference}/withdraw`, fields: { reason: "a" } },
    { page: "/policies/nao/ask", fields: { ...(await questionFields(visit, "nao", "4.3")), question: "a" } },
    {
      page: "/decisions",
      fields: { ...(await keepFields(visit, "policy=nao&device=work&purpose=file")), words: "a" },
    },
    {
      page: `/decisions/${await keepResult(visit, "policy=nao&device=work&purpose=file")}`,
      fields: { do: "share-with-manager" },
    },
    { page: "/records/new", fields: RECORD_FIELDS },
    { page: "/records/new", fields: { ...RECORD_FIELDS, do: "" } },
    { page: `/records/${record}`, fields: { holdAnswer: "unsure" } },
    { page: `/records/${record}/correct`, fields: { ...RECORD_FIELDS, revision: "1", reason: "a" } },
    { page: "/photos/new", fields: CONSENT_FIELDS },
    { page: `/photos/${await recordConsent(visit)}`, fields: { do: "withdraw", reason: "a" } },
    { page: "/me", fields: { session: "a", what: "all" } },
    { page: "/me/digest", fields: { digest: "off" } },
    { page: "/tasks/feed", fields: { do: "make" } },
  ];
}

/** A report of an accident in its later steps. */
async function incidentForms(visit: HttpVisit): Promise<Form[]> {
  const reference = await reportAccident(visit);
  await answerFacts(visit, reference);
  const step = (name: string, fields: Fields): Form => ({ page: `/incidents/${reference}/steps/${name}`, fields });
  const noticed = { "noticed-day": "1", "noticed-month": "11", "noticed-year": "2026", "noticed-time": "14:30" };
  return [
    step("what", { data: ["health", "child"], forOther: "yes" }),
    step("where", { app: "whatsapp", chat: "a", group: "none" }),
    step("when", { ...noticed, "happened-day": "", "happened-month": "", "happened-year": "", "happened-time": "" }),
    step("message", { outcome: "not-possible", why: "a", "at-day": "", "at-month": "", "at-year": "", "at-time": "" }),
  ];
}

async function officerForms(employee: HttpVisit): Promise<Form[]> {
  const incident = await reportAccident(employee);
  const reference = await makeDraft(employee);
  await employee.send(`/exceptions/${reference}/check/send`, {});
  const decision = { revision: "3", reason: "a" };
  const comments = { "comment-why": "a", "comment-who": "", "comment-risks": "" };
  const until = { "until-day": "1", "until-month": "1", "until-year": "2027" };
  return [
    { page: `/exceptions/${reference}/approve`, fields: { ...decision, conditions: "a\nb", ...until } },
    { page: `/exceptions/${reference}/request-changes`, fields: { ...decision, ...comments } },
    { page: `/exceptions/${reference}/decline`, fields: decision },
    { page: `/exceptions/${reference}/revoke`, fields: { reason: "a" } },
    { page: `/exceptions/${reference}/mitigations/none`, fields: { reason: "a" } },
    {
      page: `/records/${await captureRecord(employee)}/disposal`,
      fields: { do: "keep", revision: "1", holdAnswer: "unsure", reason: "a", keepReason: "a", ...until },
    },
    { page: "/checks-held/new", fields: CHECK_FIELDS },
    {
      page: `/incidents/${incident}`,
      fields: { do: "decision", seen: "0", "decision-report": "yes", "decision-reason": "a" },
    },
    {
      page: `/incidents/${incident}`,
      fields: { do: "clock", seen: "0", "clock-personal": "no", "clock-reason": "a", "clock-aware-time": "9" },
    },
    { page: "/holds/new", fields: { ...HOLD_FIELDS, onSubject: "", people: "Nobody known" } },
  ];
}

async function ownerForms(employee: HttpVisit, owner: HttpVisit): Promise<Form[]> {
  const page = (await employee.get("/policies/nao/acknowledge")).text;
  const declined = await employee.post("/policies/nao/acknowledge/send", {
    version: hiddenField(page, "version"),
    hash: hiddenField(page, "hash"),
    answer: "declined",
    reason: "Unclear.",
  });
  const reference = /ACK-\w{4}-\w{4}/.exec(declined.location)?.[0] ?? "ACK-2222-2222";
  const [toAnswer, toNote] = [await askAbout(employee, "nao", "4.3"), await askAbout(employee, "nao", "4.3")];
  await owner.send(`/questions/${toNote}/send`, { do: "answer", answer: "a" });
  return [
    { page: `/acknowledgements/${reference}/reply`, fields: { theme: "other", reply: "a" } },
    { page: `/questions/${toAnswer}`, fields: { do: "answer", answer: "a" } },
    { page: `/questions/${toNote}`, fields: { do: "note", note: "a" } },
  ];
}
