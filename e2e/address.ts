import { EXAMPLE_POLICY, type ExampleRecords } from "./example-records.ts";
import type { Person } from "./person.ts";
import { BROMSGROVE_REDDITCH, MODEL, POLICIES } from "./policy.ts";

/** One address for every kind of page, with its heading; those about policies once for each. */
export interface Address {
  path: string;
  heading: string | RegExp;
  title?: string | RegExp;
}

const RESULTS: readonly Address[] = [
  { path: "/check?policy=nottingham&audience=child", heading: /^Do not send it/ },
  {
    path: "/check?policy=nao&device=personal&purpose=file&audience=partner&content=non-sensitive&exception=no",
    heading: /^Not to anyone outside/,
  },
  {
    path: "/check?policy=bromsgrove-redditch&audience=public&purpose=signpost&content=non-sensitive",
    heading: /^Do not send it yourself/,
  },
  {
    path: "/check?policy=home-working-council&audience=colleague&content=non-sensitive&purpose=call",
    heading: /^Use another channel/,
  },
  {
    path: "/check?policy=bromsgrove-redditch&audience=colleague&purpose=logistics&content=non-sensitive&alternative=no&publishable=yes",
    heading: /^You can send it/,
  },
  { path: "/check?policy=nao&device=work&purpose=committee&content=non-sensitive", heading: /^You can use WhatsApp/ },
  {
    path: "/check?policy=home-working-council&audience=partner&content=non-sensitive&purpose=logistics",
    heading: /^For this, the policy speaks only/,
  },
];

/** Pages for a day: asking for one, an invalid one, one with a version in force, one before any version. */
const ON_A_DAY: readonly Address[] = [
  {
    path: `/policies/${MODEL.slug}/on`,
    heading: "Which day do you want to see?",
    title: `What applied on a day, ${MODEL.title}`,
  },
  {
    path: `/policies/${MODEL.slug}/on/2026-02-30`,
    heading: "Which day do you want to see?",
    title: `Error: What applied on a day, ${MODEL.title}`,
  },
  {
    path: `/policies/${MODEL.slug}/on/2026-03-03`,
    heading: MODEL.title,
    title: `${MODEL.title} on 3 March 2026, version 1.0`,
  },
  {
    path: `/policies/${MODEL.slug}/on/2025-03-03`,
    heading: "No version applied on 3 March 2025",
    title: `${MODEL.title} on 3 March 2025`,
  },
];

const { slug: ONE } = BROMSGROVE_REDDITCH;

/** All pages that answer 200 to somebody who is signed in. */
export const ADDRESSES: readonly Address[] = [
  { path: "/sign-in", heading: "Who are you today?", title: "Sign in" },
  { path: "/sign-in?refused=left", heading: "Who are you today?", title: "Sign in" },
  { path: "/", heading: "What do you need to do?" },
  { path: "/more", heading: "All pages" },
  { path: "/policies", heading: "Policies" },
  { path: "/policies/compare", heading: "Compare policies" },
  {
    path: `/policies/compare?policy=${ONE}&policy=nao&policy=nottingham&audience=citizen&purpose=photo&content=sensitive&device=work&exception=no`,
    heading: "Compare policies",
  },
  { path: `/policies/compare?policy=${ONE}`, heading: "Compare policies", title: "Error: Compare policies" },
  { path: "/check", heading: "What is it about?" },
  { path: "/check?say=voice+note+to+the+team", heading: "What fits your question" },
  { path: "/check?say=xyzzyq", heading: "What fits your question" },
  { path: "/check?none=1", heading: "Ask a person" },
  { path: "/search", heading: "Search the policies", title: "Search" },
  { path: "/search?q=foto+of+a+resident", heading: "Search the policies", title: "Search: foto of a resident" },
  { path: "/search?q=xyzzyq", heading: "Search the policies", title: "Search: xyzzyq" },
  {
    path: `/search?policy=${ONE}&q=A+photo&clauses=9.1,9.2`,
    heading: "Search the policies",
    title: "Search: A photo",
  },
  { path: `/search/unfound?policy=${ONE}&q=smart+watch`, heading: "Tell the policy owner what you looked for" },
  { path: `/search/unfound?policy=${ONE}&done=1`, heading: "The policy owner can see it now" },
  { path: `/search?q=${"a".repeat(300)}`, heading: "Search the policies", title: "Error: Search" },
  ...POLICIES.map(({ slug, title }) => ({ path: `/policies/${slug}`, heading: title, title: / – With Care$/ })),
  ...ON_A_DAY,
  {
    path: `/policies/${MODEL.slug}/versions/1.0`,
    heading: MODEL.title,
    title: new RegExp(`^${MODEL.title}, .+, version 1\\.0 – With Care$`),
  },
  { path: `/policies/${ONE}/about`, heading: "About this document", title: /^About this document: / },
  { path: `/policies/${ONE}/clauses/3.1`, heading: "Clause 3.1", title: /^Clause 3\.1: / },
  {
    path: `/policies/${MODEL.slug}/changes?from=1.1&to=2.0`,
    heading: "What changed from version 1.1 to 2.0",
    title: `What changed from version 1.1 to 2.0: ${MODEL.title}`,
  },
  {
    path: `/policies/${ONE}/changes`,
    heading: "What changed from version 0.2 to 0.2.1",
    title: `What changed from version 0.2 to 0.2.1: ${BROMSGROVE_REDDITCH.title}`,
  },
  { path: `/policies/${ONE}/outcomes`, heading: "Every outcome", title: /^Every outcome: / },
  {
    path: `/policies/${MODEL.slug}/outcomes?version=1.0&audience=colleague&verdict=with-care`,
    heading: "Every outcome",
    title: /^Every outcome: .*, version 1\.0 – With Care$/,
  },
  { path: `/policies/${ONE}/map`, heading: "Map of the questions", title: /^Map of the questions: / },
  {
    path: `/policies/nao/map?content=non-sensitive&device=personal`,
    heading: "Map of the questions",
    title: /^Map of the questions: /,
  },
  { path: `/policies/${MODEL.slug}/card`, heading: MODEL.title, title: /^On one page: / },
  { path: `/policies/${ONE}/card?size=wallet`, heading: BROMSGROVE_REDDITCH.title, title: /^On one page: / },
  { path: `/check?policy=${ONE}`, heading: BROMSGROVE_REDDITCH.asksFirst },
  { path: `/check?policy=${ONE}&audience=colleague&purpose=file`, heading: "How sensitive is it?" },
  {
    path: `/check?policy=${ONE}&content=non-sensitive&audience=colleague&asked=purpose`,
    heading: "What is the message for?",
    title: "Error: What is the message for?",
  },
  ...RESULTS.map((result) => ({ ...result, title: / – With Care$/ })),
  ...POLICIES.map(({ slug, matrix }) => ({
    path: `/matrix?policy=${slug}`,
    heading: `${matrix} How sensitive is it?`,
    title: "Matrix",
  })),
  {
    path: `/matrix?policy=${ONE}&audience=public&purpose=signpost&content=non-sensitive`,
    heading: "Who is it for? How sensitive is it?",
    title: "Matrix",
  },
  {
    path: `/matrix?policy=${ONE}&alternative=any&audience=colleague&content=non-sensitive`,
    heading: "Who is it for? How sensitive is it?",
    title: "Matrix",
  },
  {
    path: `/matrix?policy=${MODEL.slug}&since=1.0&rows=audience&columns=purpose`,
    heading: "Who is it for? What is the message for?",
    title: "Matrix",
  },
  { path: `/check/helped?policy=${ONE}&audience=citizen&said=no`, heading: "Thank you" },
  { path: `/check/message?policy=${ONE}&audience=citizen`, heading: "Prepare a message" },
  { path: "/decisions", heading: "Your kept results" },
  { path: "/continuity", heading: "Business continuity" },
  { path: "/requests", heading: "Information requests" },
  { path: "/complaints/new", heading: "Complain about how your data was handled" },
  { path: "/holds", heading: "Holds" },
  { path: "/apps", heading: "Register of apps" },
  { path: "/phone-returns", heading: "Phone returns" },
  { path: "/phone-returns/new", heading: "A phone goes" },
  { path: "/tasks", heading: "Your tasks" },
  { path: "/acknowledgements", heading: "Your acknowledgements" },
  { path: `/policies/${ONE}/acknowledge`, heading: /^Your answer to “/, title: /^Your answer to “.* – With Care$/ },
  { path: "/records", heading: "Captured records" },
  { path: "/records/new", heading: "Capture a record" },
  { path: "/photos", heading: "Photo consents" },
  { path: "/photos/new", heading: "Record a photo consent" },
  {
    path: `/policies/${ONE}/coverage`,
    heading: "How each statement is covered",
    title: /^How each statement is covered: /,
  },
  {
    path: `/policies/${MODEL.slug}/coverage?version=2.1&kind=served`,
    heading: "How each statement is covered",
    title: /^How each statement is covered: /,
  },
  {
    path: `/check?policy=${ONE}&audience=colleague&purpose=photo&content=non-sensitive&alternative=no&publishable=yes`,
    heading: "Are there people in the photo?",
  },
  { path: "/incidents", heading: "Reports of accidents" },
  { path: "/incidents/new", heading: "What happened?" },
  { path: `/incidents/new?policy=${ONE}&audience=colleague&nonsense=x`, heading: "What happened?" },
  { path: `/incidents/new?kind=shared&policy=${ONE}&audience=colleague`, heading: "What kind of information was it?" },
  { path: "/incidents/new?kind=offensive", heading: "Who sent it?" },
  { path: "/incidents/new?kind=misconduct", heading: "What do you know about it?" },
  { path: "/incidents/new?kind=device", heading: "Whose device is it?" },
  { path: "/incidents/new?kind=added", heading: "Which group was it?" },
  { path: "/me", heading: "You in this portal" },
  { path: "/offline", heading: "When you are offline" },
  { path: "/accessibility-statement", heading: "Accessibility statement" },
  { path: "/privacy", heading: "Privacy" },
  { path: "/groups/join/done?answer=agree", heading: "You have agreed" },
  { path: "/problem", heading: "Something went wrong" },
];

const RECEIPT = "Do not use WhatsApp for one-to-one work messages.";

const { slug: EXAMPLE, title: EXAMPLE_TITLE, version: EXAMPLE_VERSION } = EXAMPLE_POLICY;
const ANSWER = `Your answer to “${EXAMPLE_TITLE}”`;
const CLAUSES_WITH_TROUBLE: Address = {
  path: `/policies/${EXAMPLE}/clauses`,
  heading: "Clauses that cause trouble",
  title: `Clauses that cause trouble: ${EXAMPLE_TITLE}, version ${EXAMPLE_VERSION}`,
};
const [WHY, WHO, RISKS] = ["What you want to do, and why", "For whom, and for how long", "Risk assessment"] as const;

/**
 * Pages for one person, or for those with a role, with something in them; whoever opens them belongs to the example's
 * body.
 */
export function addressesByRole(
  records: ExampleRecords,
): readonly { role: Person["role"]; addresses: readonly Address[] }[] {
  return [
    {
      role: "Employee",
      addresses: [
        ...ownPolicyAddresses(records),
        ...ownRequestAddresses(records),
        ...ownQuestionAddresses(records),
        ...ownRegisterAddresses(records),
        ...ownResultAddresses(records),
        ...ownReportAddresses(records),
      ],
    },
    { role: "Governance officer", addresses: officerAddresses(records) },
    { role: "Line manager", addresses: managerAddresses(records) },
    { role: "Policy owner", addresses: ownerAddresses(records) },
    { role: "Administrator", addresses: administratorAddresses(records) },
    { role: "Auditor", addresses: [{ path: records.kept.acknowledge, heading: ANSWER, title: `Error: ${ANSWER}` }] },
  ];
}

const COMPLAIN = "Complain about how your data was handled";

function ownPolicyAddresses({ accepted, hold, request: asked, kept }: ExampleRecords): Address[] {
  return [
    { path: "/requests", heading: "Information requests" },
    { path: `/requests/${asked}/searches/1`, heading: "What did you find?", title: `Search for ${asked}` },
    { path: kept.search, heading: "What did you find?", title: `Error: Search for ${asked}` },
    { path: kept.complaint, heading: COMPLAIN, title: `Error: ${COMPLAIN}` },
    { path: "/holds", heading: "Holds" },
    holdPage(hold, "Do not delete these messages"),
    { path: "/tasks", heading: "Your tasks" },
    { path: "/me", heading: "You in this portal" },
    { path: `/policies/${EXAMPLE}/acknowledge`, heading: ANSWER },
    { path: "/acknowledgements", heading: "Your acknowledgements" },
    { path: `/acknowledgements/${accepted}`, heading: `You accepted “${EXAMPLE_TITLE}”, version ${EXAMPLE_VERSION}` },
    { path: `/acknowledgements/${accepted}?done=1`, heading: "You have accepted the policy" },
  ];
}

function ownRequestAddresses({ draft, sent, sentBack, kept }: ExampleRecords): Address[] {
  return [
    { path: "/exceptions", heading: "Exceptions" },
    { path: `/exceptions/new?policy=${EXAMPLE}&clause=3.2`, heading: "Ask for an exception" },
    {
      path: `/exceptions/${draft}`,
      heading: "Ask for an exception",
      title: `Ask for an exception, ${draft}`,
    },
    about(draft, "why", WHY),
    about(draft, "who", WHO),
    about(draft, "risks", RISKS),
    about(draft, "risks/new", "Add a risk"),
    about(draft, "risks/1", "Change risk 1"),
    about(draft, "risks/1/remove", "Remove risk 1?", "Remove risk 1"),
    about(draft, "check", "Check your request before you send it", "Check your request"),
    { path: `/exceptions/${draft}/discard`, heading: "Discard this draft?", title: `Discard ${draft}` },
    { path: kept.why, heading: WHY, title: `Error: ${WHY}, ${draft}` },
    { path: kept.who, heading: WHO, title: `Error: ${WHO}, ${draft}` },
    { path: kept.risk, heading: "Add a risk", title: `Error: Add a risk, ${draft}` },
    { path: `/exceptions/${sentBack}`, heading: "Change your request", title: `Change your request, ${sentBack}` },
    about(sentBack, "why", WHY),
    { path: `/exceptions/${sent}/sent`, heading: "You have sent your request", title: `You have sent ${sent}` },
    request(sent),
    command(sent, "withdraw", `Withdraw ${sent}`),
  ];
}

function ownQuestionAddresses({ approved, asked, noted, kept }: ExampleRecords): Address[] {
  return [
    { path: "/questions", heading: "Your questions" },
    { path: `/policies/${EXAMPLE}/ask?clause=3.2`, heading: "Ask about clause 3.2" },
    { path: kept.question, heading: "Ask about clause 3.2", title: "Error: Ask about clause 3.2" },
    { path: `/policies/${EXAMPLE}/suggest?clause=3.2`, heading: "Suggest a change to clause 3.2" },
    { path: `/questions/${asked}?done=1`, heading: "You have sent your question" },
    { path: `/questions/${noted}`, heading: "Question about clause 3.3" },
    request(approved),
  ];
}

function ownRegisterAddresses({ kept, group, emergencyGroup, captured, consent }: ExampleRecords): Address[] {
  return [
    { path: "/groups", heading: "Chat groups" },
    { path: "/groups/new", heading: "What kind of group is it?" },
    { path: "/groups/new?step=social", heading: "Social groups are outside the policy" },
    { path: kept.group, heading: "What the group is for", title: "Error: What the group is for" },
    { path: `/groups/${group}`, heading: "Depot rota", title: `Depot rota, ${group}` },
    { path: `/groups/${group}?done=1`, heading: "You have asked for the group" },
    ofGroup(group, "change", "Change the details"),
    ofGroup(group, "members", "Add people"),
    ofGroup(group, "close", "Close this group?"),
    ofGroup(emergencyGroup, "alerts", "First notifications"),
    { ...ofGroup(emergencyGroup, "members", "Add people"), path: `/groups/${emergencyGroup}/members?q=a` },
    { path: "/records", heading: "Captured records" },
    { path: kept.record, heading: "Capture a record", title: "Error: Capture a record" },
    { path: kept.recordToCheck, heading: "Check the record before you save it" },
    { path: `/records/${captured}`, heading: `Record ${captured}` },
    { path: `/records/${captured}?done=1`, heading: "You have captured the record" },
    { path: `/records/${captured}/correct`, heading: `Correct ${captured}` },
    { path: "/photos", heading: "Photo consents" },
    { path: kept.consent, heading: "Record a photo consent", title: "Error: Record a photo consent" },
    { path: `/photos/${consent}`, heading: `Photo consent ${consent}` },
    { path: `/photos/${consent}?done=1`, heading: "You have recorded the consent" },
  ];
}

function ownResultAddresses({ receipt }: ExampleRecords): Address[] {
  return [
    { path: "/decisions", heading: "Your kept results" },
    { path: `/decisions/${receipt}`, heading: RECEIPT, title: `${RECEIPT} Receipt ${receipt}` },
    { path: `/decisions/${receipt}?done=1`, heading: "You have kept this result" },
    { path: `/decisions/${receipt}/delete`, heading: `Delete ${receipt}?`, title: `Delete ${receipt}` },
  ];
}

function ownReportAddresses({ kept, incident, incidentBegun }: ExampleRecords): Address[] {
  return [
    { path: "/incidents", heading: "Reports of accidents" },
    accidentReport(incidentBegun),
    { path: `/incidents/${incident}?done=1`, heading: "You have reported it" },
    step(incident, "what", "What kind of information was it?"),
    step(incident, "when", "When was it?"),
    step(incident, "hold", "Before you delete anything"),
    step(incident, "message", "The message"),
    { path: kept.step, heading: "Where was it shared?", title: "Error: Where was it shared?" },
  ];
}

function paperAddresses({ recordedFor, recorded, kept }: ExampleRecords): Address[] {
  const path = `/governance/people/${recordedFor}/paper`;
  const heading = /^What .* answered on paper$/;
  return [
    { path: `${path}?policy=${EXAMPLE}`, heading, title: /^What .* answered on paper/ },
    { path: kept.paper, heading, title: /^Error: What .* answered on paper/ },
    { path: `${path}/${recorded}`, heading: "Withdraw what was recorded from paper" },
  ];
}

function officerAddresses(records: ExampleRecords): Address[] {
  const { receipt, receiptLink, kept, hold, endedHold, incident } = records;
  return [
    { path: "/holds", heading: "Holds" },
    { path: "/holds/new", heading: "Place a hold" },
    { path: kept.hold, heading: "Place a hold", title: "Error: Place a hold" },
    holdPage(hold, "Do not delete these messages"),
    holdPage(endedHold, "This hold has ended"),
    { path: "/continuity", heading: "Business continuity" },
    { path: receiptLink, heading: RECEIPT, title: `Receipt ${receipt}` },
    { path: "/", heading: "What do you need to do?" },
    ...decisionAddresses(records),
    ...keptRegisterAddresses(records),
    { path: "/evidence", heading: "Evidence" },
    { path: "/evidence?from=2027-02-31", heading: "Evidence", title: "Error: Evidence" },
    { path: "/evidence/export", heading: "Export the evidence" },
    { path: "/evidence/proof", heading: "What an export of the evidence proves" },
    { path: "/evidence/heads", heading: "Published heads" },
    { path: "/governance/person-search", heading: "Search for a person" },
    { path: "/governance/retention", heading: "How long things are kept" },
    { path: "/board", heading: "The board’s report", title: /^The board’s report of / },
    { path: "/figures", heading: "Figures for requesters" },
    {
      path: "/figures?from=x&until=2026-11-30",
      heading: "Figures for requesters",
      title: "Error: Figures for requesters",
    },
    { path: "/board?on=2027-02-31", heading: "The board’s report", title: "Error: The board’s report" },
    { path: "/governance", heading: "Who has answered" },
    { path: "/governance/people", heading: "Who has answered, by name" },
    ...paperAddresses(records),
    { path: "/incidents", heading: "Reports of accidents" },
    accidentReport(incident),
    { ...accidentReport(incident), path: kept.case, title: `Error: Something shared by mistake, ${incident}` },
    { path: `/incidents/${incident}/report`, heading: `Report of ${incident}` },
    CLAUSES_WITH_TROUBLE,
    {
      path: `/policies/${EXAMPLE}/on/2026-03-03/foi-pack`,
      heading: "FOI pack for 3 March 2026",
      title: `FOI pack, ${EXAMPLE_TITLE}, 3 March 2026`,
    },
  ];
}

/** For requests that an officer decides on, or has decided on. */
function decisionAddresses({ sent, sentBack, approved, kept }: ExampleRecords): Address[] {
  return [
    { path: "/exceptions/queue", heading: "Exceptions to decide" },
    request(sent),
    command(sent, "approve", `Approve ${sent}`),
    { path: kept.approve, heading: `Approve ${sent}`, title: `Error: Approve ${sent}` },
    command(sent, "request-changes", `Ask for changes to ${sent}`),
    command(sent, "decline", `Decline ${sent}`),
    command(sent, "pass-on", `Pass on ${sent}`),
    { path: "/deputies", heading: "Deputies" },
    command(approved, "approve", `This is not possible for ${approved} now`),
    request(sentBack),
    request(approved),
    command(approved, "revoke", `Revoke ${approved}`),
    { path: "/exceptions/register", heading: "Register of exceptions" },
    { path: "/exceptions/register?state=declined&q=nothing", heading: "Register of exceptions" },
    { path: "/exceptions/figures", heading: "Figures of exceptions" },
  ];
}

/** For the registers that an officer keeps. */
function keptRegisterAddresses(records: ExampleRecords): Address[] {
  const { kept, emergencyGroup, captured, disposed, check, sample, request: asked } = records;
  return [
    { path: "/requests", heading: "Information requests" },
    { path: "/requests/new", heading: "Enter a request" },
    { path: kept.request, heading: "Enter a request", title: "Error: Enter a request" },
    { path: `/requests/${asked}`, heading: `Request ${asked}` },
    { path: `/requests/${asked}/correct`, heading: `Correct ${asked}` },
    { path: `/requests/${asked}/hold`, heading: `Place a hold for ${asked}` },
    { path: `/requests/${asked}/searches/new`, heading: `Ask people to search for ${asked}` },
    { path: `/requests/${asked}/report`, heading: `What was searched for ${asked}` },
    { path: "/groups?state=requested", heading: "Chat groups" },
    ofGroup(emergencyGroup, "decide", "Decide on this group"),
    { path: "/records", heading: "Captured records" },
    { path: "/records?q=hall&from=2027-02-31", heading: "Captured records" },
    {
      path: `/records/${captured}/disposal`,
      heading: `Dispose of ${captured}?`,
      title: `Dispose of ${captured}`,
    },
    { path: `/records/${disposed}`, heading: `Record ${disposed}` },
    { path: "/photos", heading: "Photo consents" },
    { path: "/campaigns", heading: "Campaigns" },
    { path: "/campaigns/new", heading: "Prepare a campaign" },
    { path: "/checks-held", heading: "Checks held" },
    { path: "/checks-held/new", heading: "Record a check" },
    { path: kept.check, heading: "Record a check", title: "Error: Record a check" },
    { path: `/checks-held/${check}`, heading: `Check ${check}` },
    { path: "/checks-held/samples/new", heading: "Ask people chosen at random" },
    { path: `/checks-held/samples/${sample}`, heading: `Check ${sample}` },
  ];
}

function managerAddresses({ approved, incidentBegun }: ExampleRecords): Address[] {
  return [
    { path: "/team", heading: "Your team" },
    accidentReport(incidentBegun),
    { path: "/exceptions/queue", heading: "Exceptions to decide" },
    request(approved),
  ];
}

function ownerAddresses({ declined, asked, noted, kept }: ExampleRecords): Address[] {
  return [
    { path: "/content", heading: "Policy files" },
    { path: "/drafts", heading: "Drafts of policies" },
    { path: "/policies/merge", heading: "Put policies together" },
    { path: "/policies/merge?policy=nao&policy=nottingham", heading: "Put policies together" },
    { path: "/policies/merge?policy=nao", heading: "Put policies together", title: "Error: Put policies together" },
    { path: `/drafts/${EXAMPLE}/${EXAMPLE_VERSION}/text`, heading: /^Text: / },
    { path: "/proposals", heading: "Versions to publish" },
    { path: "/tasks", heading: "Your tasks" },
    { path: `/acknowledgements/${declined}/reply`, heading: "Answer a decline" },
    { path: kept.reply, heading: "Answer a decline", title: "Error: Answer a decline" },
    { path: "/questions", heading: "Questions about clauses" },
    { path: "/questions/unfound", heading: "What people did not find" },
    { path: `/questions/${asked}`, heading: "Answer a question about clause 3.2" },
    {
      path: kept.answer,
      heading: "Answer a question about clause 3.2",
      title: "Error: Answer a question about clause 3.2",
    },
    { path: `/questions/${noted}`, heading: "Question about clause 3.3" },
    { path: `/policies/${EXAMPLE}/debt?clause=3.2`, heading: "Exceptions from clause 3.2" },
    { path: "/outside-rules/accountability-bill", heading: "Public Office (Accountability) Bill" },
    CLAUSES_WITH_TROUBLE,
  ];
}

function administratorAddresses({
  declined,
  token,
  webhook,
  kept,
  person,
  checkedList,
  faultyList,
}: ExampleRecords): Address[] {
  return [
    { path: `/policies/${EXAMPLE}/acknowledge`, heading: ANSWER },
    { path: `/acknowledgements/${declined}?done=1`, heading: "You have declined the policy" },
    { path: "/admin/people?q=a", heading: "People" },
    { path: "/admin/people?state=away&role=auditor&after=nobody", heading: "People" },
    { path: "/admin/people/new", heading: "Add a person" },
    { path: "/admin/people/teams", heading: "Teams" },
    { path: "/admin/people/import", heading: "Import a list of people" },
    { path: `/admin/people/${person}`, heading: /\S/ },
    { path: `/admin/people/${person}/details`, heading: "Change what the directory says", title: /^Change what/ },
    { path: `/admin/people/${person}/roles`, heading: "Change roles", title: /^Change roles, / },
    { path: checkedList, heading: "Import this list?" },
    { path: faultyList, heading: "The list has faults" },
    { path: "/deputies", heading: "Deputies" },
    { path: "/admin/tokens", heading: "Tokens for programs" },
    { path: "/admin/tokens/new", heading: "Make a token" },
    { path: kept.token, heading: "Make a token", title: "Error: Make a token" },
    { path: `/admin/tokens/${token}`, heading: "Token for Intranet home page" },
    { path: "/admin/webhooks", heading: "Webhooks" },
    { path: "/admin/webhooks/new", heading: "Name an address" },
    { path: kept.webhook, heading: "Name an address", title: "Error: Name an address" },
    { path: `/admin/webhooks/${webhook}`, heading: "Service desk" },
    { path: `/admin/webhooks/${webhook}/change`, heading: "Change the address" },
    { path: `/admin/webhooks/${webhook}/delete`, heading: "Delete the address for Service desk?" },
    { path: "/admin/health", heading: "Health of the portal" },
    { path: "/admin/health?whole=1", heading: "Health of the portal" },
    { path: "/admin/jobs", heading: "Timed work" },
    { path: "/admin/embedding", heading: "Show it on your intranet" },
    { path: "/admin/signing-keys", heading: "Signing keys" },
    { path: "/admin/signing-keys/revoke", heading: "Revoke a key" },
    { path: "/admin/permissions", heading: "Who may do what" },
    { path: "/admin/permissions?role=auditor", heading: "Who may do what" },
    { path: "/admin/mail", heading: "Mail" },
    { path: "/admin/mail?list=sent&after=none", heading: "Mail" },
    { path: `/admin/tokens/${token}/revoke`, heading: "Revoke the token for Intranet home page?" },
  ];
}

function accidentReport(reference: string): Address {
  return {
    path: `/incidents/${reference}`,
    heading: "Something shared by mistake",
    title: `Something shared by mistake, ${reference}`,
  };
}

function step(incident: string, name: string, heading: string): Address {
  return { path: `/incidents/${incident}/steps/${name}`, heading };
}

/** A page of a request for an exception, which is named in the title. */
function about(reference: string, part: string, heading: string, asTitled = heading): Address {
  return { ...command(reference, part, heading), title: `${asTitled}, ${reference}` };
}

function command(reference: string, part: string, heading: string): Address {
  return { path: `/exceptions/${reference}/${part}`, heading };
}

function request(reference: string): Address {
  return { path: `/exceptions/${reference}`, heading: `Exception ${reference}` };
}

function ofGroup(reference: string, part: string, heading: string): Address {
  return { path: `/groups/${reference}/${part}`, heading, title: `${heading}, ${reference}` };
}

function holdPage(reference: string, heading: string): Address {
  return { path: `/holds/${reference}`, heading, title: `${heading}, ${reference}` };
}
