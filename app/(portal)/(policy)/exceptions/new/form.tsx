import { YourLineManager } from "#app/_portal/your-line-manager.tsx";
import { situationInWords, sourcesIn } from "#app/(portal)/(policy)/_exception/request-parts.tsx";
import { date, openChoice, select, startKey, text, type ValuesOf } from "#app/_portal/form/field.tsx";
import { defineFormPage, definePage, type Query, type Sent, showPage, wholeQuery } from "#app/_portal/form/form.tsx";
import { BackLink, Button, Cluster, Stack } from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { addMonths, dateInWords } from "#domain/base/calendar/calendar.ts";
import { dayOf, type FieldProblem } from "#domain/base/form/form-values.ts";
import { IMPACT_WORDS, levelOf, LIKELIHOOD_WORDS, type Score } from "#domain/base/risk/risk.ts";
import { clauseProblem, isScore, monthsInWords, type Risk } from "#domain/policy/exception/request.ts";
import { readStart, type RequestStart } from "#domain/policy/exception/start.ts";
import { channelsOn } from "#domain/policy/policy/body.ts";
import { askInShort, startException } from "#server/policy/exception/draft-service.ts";
import { getToday } from "#server/policy/exception/queries.ts";
import { getSlugFor, listOwnPolicies, type OwnPolicy, type ServedVersion } from "#server/policy/policy/queries.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { BeginPage } from "./begin-page.tsx";
import { DeadEnd } from "#app/_ui/content.tsx";
import { RadioQuestion } from "#app/_ui/fields.tsx";

/** Starts a request: from a verdict with its situation, from a clause, or from scratch. */
export const page = definePage({
  path: "/exceptions/new",
  suffix: wholeQuery,
  read: ({ actor, query }) => readNewRequest(actor, query),
  heading: ({ view }) => ("policies" in view ? "Which policy?" : "Ask for an exception"),
});

/** Nothing is chosen until somebody does: a risk that the form rates by itself is not assessed. */
const NOT_CHOSEN = { "": "Choose one" };
const optionsOf = (words: Readonly<Record<Score, string>>) => ({ ...NOT_CHOSEN, ...words });

const fields = {
  startKey: startKey(),
  justification: text("What do you want to do, and why?", {
    hint: "What you would send, to whom, and what depends on it.",
    lines: 4,
  }),
  whyNoChannel: text("Why will no approved channel do?", { lines: 2 }),
  dataInvolved: text("What information is involved?", {
    hint: "What kind, whose, and how sensitive. Do not copy the information itself in here.",
    lines: 2,
  }),
  wantedUntil: date("Until when do you need it?", "the last day"),
  source: openChoice("What could go wrong? Choose the biggest risk"),
  description: text("The risk in your words", { lines: 2 }),
  likelihood: select("How likely is it?"),
  impact: select("How much would it matter?"),
};

/**
 * Asks in short from the address, read again: what the policy does not know is dropped. Where much risk is left, or
 * somebody wants to say more, the long form goes on from what was typed.
 */
export const { form, GET, POST } = defineFormPage(page, {
  fields,
  async body({ actor, view, field }) {
    if ("policies" in view || !isShort(view)) return null;
    const { version, start } = view;
    const today = getToday();
    const { months } = version.exceptionRules.longest;
    const own = (await listOwnPolicies(actor)).find(({ slug }) => slug === version.slug);
    const channels = own ? channelsOn(own.body, today).map(({ name }) => name) : [];
    const options = sourcesIn(version);
    return (
      <>
        {/* The Enter key presses a form's first button, which must not be the one for the long form. */}
        <button name="then" value="check" tabIndex={-1} aria-hidden="true" className="sr-only" />
        {field("justification")}
        {field("whyNoChannel", { hint: channels.length > 0 && `Approved channels: ${channels.join(", ")}.` })}
        {!hasSituation(start) && field("dataInvolved")}
        {field("wantedUntil", {
          hint: `${monthsInWords(months)} at most: until ${dateInWords(addMonths(today, months))}.`,
        })}
        {options ? field("source", { options }) : <input type="hidden" name="source" value="own" />}
        {field("description", { hint: options && "You can leave it empty if you chose one above." })}
        {field("likelihood", { options: optionsOf(LIKELIHOOD_WORDS) })}
        {field("impact", { options: optionsOf(IMPACT_WORDS) })}
      </>
    );
  },
  button: ({ view }) =>
    "policies" in view || !isShort(view) ? (
      "Start"
    ) : (
      <Cluster>
        <Button name="then" value="check">
          Continue
        </Button>
        <Button name="then" value="later" look="quiet">
          Save for later
        </Button>
        <Button name="then" value="long" look="quiet">
          Use the long form
        </Button>
      </Cluster>
    ),
  submit,
});

async function submit({ actor, query, values, form: sent }: Sent<"/exceptions/new", typeof fields>) {
  const asked = await readNewRequest(actor, query);
  if (!asked) return null;
  if ("policies" in asked) return { to: "/exceptions/new" };
  const { version, start } = asked;
  const { situation, clauses, barred } = start;
  if (clauses.length === 0 && barred.length > 0)
    return { problems: barred.flatMap((id) => clauseProblem(id, version.exceptionRules) ?? []) };
  const { startKey, justification, whyNoChannel, dataInvolved, wantedUntil } = values;
  if (!isShort(asked)) {
    const started = await startException(actor, version.slug, { startKey, situation, clauses });
    return started && (started.ok ? { to: `/exceptions/${started.reference}` } : started);
  }
  const isLong = sent.text("then") === "long";
  const isLater = isLong || sent.text("then") === "later";
  const { risk, problems } = riskIn(values);
  const given = {
    justification,
    whyNoChannel,
    startKey,
    situation,
    clauses,
    risk,
    dataInvolved: hasSituation(start) ? situationInWords(version, situation) : dataInvolved,
    wantedUntil: dayOf(wantedUntil),
  };
  const wrong = isLater && !isRiskBegun(values) ? [] : problems;
  if (wantedUntil.kind === "wrong") wrong.unshift({ field: "wantedUntil", message: wantedUntil.message });
  const result = await askInShort(actor, version.slug, given, isLater, wrong);
  if (!result?.ok) return result && { problems: inPageOrder(result.problems) };
  const path = `/exceptions/${result.reference}`;
  if (isLater) return { to: isLong ? path : "/exceptions" };
  const isLow = result.residual !== null && levelOf(result.residual) === "low";
  return { to: isLow ? `${path}/check` : `${path}/risks` };
}

/** Whether the short form will do: the clauses are known, and the policy has exceptions for one person. */
export function isShort({ version, start }: { version: ServedVersion; start: RequestStart }): boolean {
  return start.clauses.length > 0 && version.exceptionRules.for.who.includes("person");
}

function hasSituation({ situation }: RequestStart): boolean {
  return Object.keys(situation).length > 0;
}

/** Whether anything was said of the risk: then nothing of it is dropped when the form is to be finished later. */
function isRiskBegun({ source, description, likelihood, impact }: ValuesOf<typeof fields>): boolean {
  return description !== "" || (source !== "" && source !== "own") || likelihood !== "" || impact !== "";
}

/** The one risk of the short form, which nothing is done about yet; and what is missing in it. */
function riskIn({ source, description, likelihood, impact }: ValuesOf<typeof fields>) {
  const [one, other] = [Number(likelihood), Number(impact)];
  const problems: FieldProblem[] = [];
  if (source === "")
    problems.push({ field: "source", message: "Choose what could go wrong, or say that it is another risk." });
  if (source === "own" && description === "") problems.push({ field: "description", message: "Describe the risk." });
  if (!isScore(one)) problems.push({ field: "likelihood", message: "Choose how likely it is." });
  if (!isScore(other)) problems.push({ field: "impact", message: "Choose how much it would matter." });
  if (problems.length > 0 || !isScore(one) || !isScore(other)) return { risk: null, problems };
  const after = { likelihoodAfter: one, impactAfter: other, mitigations: [] };
  const clause = source === "own" ? null : source;
  const risk: Risk = { clause, description, likelihoodBefore: one, impactBefore: other, ...after };
  return { risk, problems };
}

function inPageOrder(problems: readonly FieldProblem[]): FieldProblem[] {
  const order = Object.keys(fields);
  return [...problems].sort((a, b) => order.indexOf(a.field) - order.indexOf(b.field));
}

/**
 * What an address asks to start: a request on one policy, a choice of several, or nothing that the actor may know
 * about.
 */
async function readNewRequest(actor: Actor, query: Query) {
  const policies = (await listOwnPolicies(actor)).filter(({ current }) => current !== null);
  const slug = await getSlugFor(actor, query["policy"]);
  if (slug === undefined) return { policies };
  const version = policies.find((one) => one.slug === slug)?.current;
  return version ? { version, start: readStart(version, query) } : null;
}

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, formState } = shown;
  return (
    <PortalPage actor={actor} section="exceptions">
      {"policies" in view ? (
        <ChoosePolicy actor={actor} policies={view.policies} />
      ) : (
        <BeginPage actor={actor} formState={formState} {...view}>
          {form.show(shown)}
        </BeginPage>
      )}
    </PortalPage>
  );
});

/** For people whose body has several policies, or none. */
function ChoosePolicy({ actor, policies }: { actor: Actor; policies: readonly OwnPolicy[] }) {
  if (policies.length === 0)
    return (
      <DeadEnd title="There is no policy to depart from">
        <p>
          Your employer has no policy here yet. Ask <YourLineManager actor={actor} /> which rules apply to you.
        </p>
      </DeadEnd>
    );
  return (
    <Stack gap="loose">
      <BackLink href="/exceptions">Your exceptions</BackLink>
      <form action="/exceptions/new" method="get" noValidate className="space-y-7">
        <RadioQuestion
          name="policy"
          question="Which policy do you want to depart from?"
          options={policies.map(({ slug, current }, at) => ({
            value: slug,
            label: current?.frontMatter.title ?? slug,
            hint: current && `Version ${current.version}`,
            checked: at === 0,
          }))}
        />
        <Button>Continue</Button>
      </form>
    </Stack>
  );
}
