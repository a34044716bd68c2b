import { hiddenField, makeDraft } from "./exception-by-http.ts";
import { expect, test } from "./fixture.ts";
import { HttpVisit } from "./http-visit.ts";
import { reportAccident } from "./incident-by-http.ts";
import type { Person } from "./person.ts";

const BODY = "National Audit Office";
const ROLES = [
  "Employee",
  "Line manager",
  "Governance officer",
  "Policy owner",
  "Auditor",
  "Senior information risk owner",
  "Administrator",
] as const satisfies readonly Person["role"][];
type Role = (typeof ROLES)[number];

const EVERYBODY = ROLES;
const OFFICER_AND_AUDITOR: readonly Role[] = ["Governance officer", "Auditor"];

/** Who may open what in the own body: written by hand from the issue, not read from the permission table. */
const PLACES: Record<string, readonly Role[]> = {
  "/": EVERYBODY,
  "/tasks": EVERYBODY,
  "/me": EVERYBODY,
  "/me/data": EVERYBODY,
  "/me/data/zip": EVERYBODY,
  "/acknowledgements": EVERYBODY,
  "/policies/nao/acknowledge": EVERYBODY,
  "/policies/nao/outcomes": EVERYBODY,
  "/policies/nao/outcomes.json": EVERYBODY,
  "/policies/nao/map": EVERYBODY,
  "/exceptions": EVERYBODY,
  "/exceptions/new?policy=nao": EVERYBODY,
  "/decisions": EVERYBODY,
  "/check/message?policy=nao&device=work&purpose=file": EVERYBODY,
  "/continuity": EVERYBODY,
  "/groups": EVERYBODY,
  "/groups/new": EVERYBODY,
  "/groups/new?step=social": EVERYBODY,
  "/incidents/new": EVERYBODY,
  "/records": EVERYBODY,
  "/records/new": EVERYBODY,
  "/photos": EVERYBODY,
  "/photos/new": EVERYBODY,
  "/policies/nao/coverage": EVERYBODY,
  "/checks-held": ["Governance officer", "Policy owner", "Auditor"],
  "/checks-held/new": ["Governance officer", "Policy owner"],
  "/incidents": EVERYBODY,
  "/holds": EVERYBODY,
  "/holds/new": ["Governance officer"],
  "/matrix.csv?policy=nao": EVERYBODY,
  "/matrix.svg?policy=nao": EVERYBODY,
  "/exceptions/queue": ["Line manager", "Governance officer", "Senior information risk owner"],
  "/exceptions/register": OFFICER_AND_AUDITOR,
  "/exceptions/register.csv": OFFICER_AND_AUDITOR,
  "/groups/register.csv": OFFICER_AND_AUDITOR,
  "/evidence": OFFICER_AND_AUDITOR,
  "/evidence/export": OFFICER_AND_AUDITOR,
  "/evidence/proof": OFFICER_AND_AUDITOR,
  "/governance/retention": ["Governance officer", "Auditor", "Administrator"],
  "/admin/signing-keys": ["Administrator"],
  "/.well-known/jwks.json": EVERYBODY,
  "/team": ["Line manager"],
  "/team/acknowledgements.csv": ["Line manager"],
  "/governance": ["Governance officer"],
  "/policies/reviews.ics": ["Policy owner", "Governance officer"],
  "/governance/acknowledgements.csv?policy=nao": ["Governance officer"],
  "/admin/people": ["Administrator"],
  "/admin/people?q=a": ["Administrator"],
  "/admin/people/new": ["Administrator"],
  "/admin/people/teams": ["Administrator"],
  "/admin/people/import": ["Administrator"],
  "/admin/tokens": ["Administrator"],
  "/admin/tokens/new": ["Administrator"],
  "/admin/jobs": ["Administrator"],
  "/admin/mail": ["Administrator"],
};

test("each role finds its places and no others", async ({ playwright, baseURL }) => {
  test.setTimeout(120_000);
  for (const role of ROLES) {
    const visit = await HttpVisit.as(playwright.request, baseURL ?? "", { role, body: BODY });
    for (const [path, roles] of Object.entries(PLACES)) {
      const { status } = await visit.get(path);
      expect.soft(status, `${role} at ${path}`).toBe(roles.includes(role) ? 200 : 404);
    }
    await visit.dispose();
  }
});

test("a request is seen and decided on by those who may, and a draft by nobody else", async ({
  playwright,
  baseURL,
}) => {
  test.setTimeout(120_000);
  const as = (person: Person) => HttpVisit.as(playwright.request, baseURL ?? "", person);
  // The first employee's manager is the first line manager; the auditor, the officer and the senior owner have no team.
  const employee = await as({ role: "Employee", body: BODY });
  const draft = await makeDraft(employee);
  const sent = await makeDraft(employee);
  await employee.send(`/exceptions/${sent}/check/send`, {});
  const readers: readonly Role[] = ["Governance officer", "Auditor", "Senior information risk owner"];
  for (const role of ROLES.filter((one) => one !== "Employee" && one !== "Line manager")) {
    const visit = await as({ role, body: BODY });
    expect.soft((await visit.get(`/exceptions/${draft}`)).status, `${role} at a draft`).toBe(404);
    expect.soft((await visit.get(`/exceptions/${sent}`)).status, role).toBe(readers.includes(role) ? 200 : 404);
    if (role === "Governance officer") continue;
    for (const command of ["approve", "decline", "request-changes", "revoke", "withdraw"]) {
      const answer = await visit.post(`/exceptions/${sent}/${command}/send`, { revision: "9", reason: "Because." });
      expect.soft([404, 303], `${role} ${command}`).toContain(answer.status);
    }
  }
  const page = await employee.get(`/exceptions/${sent}`);
  expect(page.text).toContain("Waiting for a decision");
  const own = await employee.post(`/exceptions/${sent}/approve/send`, { revision: "9", reason: "Mine." });
  expect(own.status === 404 || own.location.includes("kept=")).toBe(true);
  expect((await employee.get(`/exceptions/${sent}`)).text).toContain("Waiting for a decision");
  const officer = await as({ role: "Governance officer", body: BODY });
  const decline = (await officer.get(`/exceptions/${sent}/decline`)).text;
  await officer.send(`/exceptions/${sent}/decline/send`, { revision: hiddenField(decline, "revision"), reason: "No." });
  expect((await employee.get(`/exceptions/${sent}`)).text).toContain("Declined");
});

test("a report of an accident is seen by those whom it concerns", async ({ playwright, baseURL }) => {
  test.setTimeout(120_000);
  const as = (role: Role) => HttpVisit.as(playwright.request, baseURL ?? "", { role, body: BODY });
  const reference = await reportAccident(await as("Employee"));
  const readers: readonly Role[] = ["Employee", "Line manager", "Governance officer"];
  for (const role of ROLES) {
    const visit = await as(role);
    const { status } = await visit.get(`/incidents/${reference}`);
    expect.soft(status, role).toBe(readers.includes(role) ? 200 : 404);
    const step = await visit.get(`/incidents/${reference}/steps/where`);
    expect.soft(step.status, `${role} at a step`).toBe(role === "Employee" ? 200 : 404);
    const report = await visit.get(`/incidents/${reference}/report`);
    expect.soft(report.status, `${role} at the report`).toBe(role === "Governance officer" ? 200 : 404);
    const list = (await visit.get("/incidents")).text;
    expect.soft(list.includes(reference), `${role} at the list`).toBe(readers.includes(role));
    if (role === "Governance officer") continue;
    const sent = { do: "lessons", seen: "0", "lessons-lessons": "None." };
    expect.soft((await visit.post(`/incidents/${reference}/send`, sent)).status, `${role} records`).toBe(404);
  }
});
