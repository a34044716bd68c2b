import { select, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { PersonName } from "#app/_portal/person-name.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable, SummaryList } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { LONGEST_EXCUSE, rateInWords, SAMPLED_STATE_WORDS } from "#domain/registers/understanding-check/sample.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CHOICE_WORDS } from "#domain/policy/understanding/check-situation.ts";
import {
  getSampleCheck,
  type SampledView,
  type SampleView,
} from "#server/registers/understanding-check/sample-queries.ts";
import { closeSample, excuseSampled } from "#server/registers/understanding-check/sample-service.ts";

/** One check of people drawn by chance: what came of it. */
const page = definePage({
  path: "/checks-held/samples/[reference]",
  reference: "CHK",
  read: ({ actor, params }) => getSampleCheck(actor, params.reference),
  heading: ({ view: { reference } }) => `Check ${reference}`,
  back: { href: "/checks-held", label: "Checks held" },
});

const excuseForm = defineForm(page, {
  do: "excuse",
  fields: {
    personId: select("Who?"),
    reason: text("Why?", { hint: `Up to ${LONGEST_EXCUSE} characters. They can read it in their own data.`, lines: 2 }),
  },
  body: ({ field, view: { people } }) => (
    <>
      {field("personId", {
        options: Object.fromEntries(
          (people ?? [])
            .filter(({ state }) => state === "waiting")
            .map(({ personId, name, email }) => [personId, `${name}, ${email}`]),
        ),
      })}
      {field("reason")}
    </>
  ),
  button: "Excuse them",
  submit: ({ actor, params, values }) => excuseSampled(actor, params.reference, values),
});

const closeForm = defineForm(page, {
  do: "close",
  fields: {},
  button: "Close the check",
  submit: ({ actor, params }) => closeSample(actor, params.reference),
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [closeForm, excuseForm], (shown) => {
  const { view: check, query } = shown;
  const { people, isOver, reference } = check;
  const isWaiting = people?.some(({ state }) => state === "waiting");
  return (
    <>
      {query["done"] && (
        <Banner title="The people chosen have been asked">
          <p>It is in their tasks and in their next mail.</p>
        </Banner>
      )}
      <Facts check={check} />
      <PageSection title="Results">
        {check.rates ? (
          <Rates check={check} rates={check.rates} />
        ) : (
          <p>Fewer than five people have answered, so no figures are shown.</p>
        )}
      </PageSection>
      {people && (
        <PageSection title="Who was asked">
          <People people={people} />
          <LinkLine href={`/checks-held/samples/${reference}/sample.csv`} onPaper={false}>
            Save as a file (CSV)
          </LinkLine>
        </PageSection>
      )}
      {people && isWaiting && <PageSection title="Excuse somebody">{excuseForm.show(shown)}</PageSection>}
      {people && !isOver && (
        <PageSection title="Close the check">
          <p>Nobody can answer it afterwards. It closes by itself after its last day.</p>
          {closeForm.show(shown)}
        </PageSection>
      )}
    </>
  );
});

function Facts({ check }: { check: SampleView }) {
  const { policy, policyTitle, version, closedAt, isOver, response } = check;
  return (
    <SummaryList
      rows={{
        Policy: (
          <Link href={`/policies/${policy}/versions/${version}`}>
            {policyTitle}, version {version}
          </Link>
        ),
        "Chosen from": `${check.populationName}: ${check.populationSize}`,
        Asked: check.asked,
        Started: (
          <>
            <Moment at={check.startedAt} />, by {check.startedBy}
          </>
        ),
        "Last day to answer": dateInWords(check.lastDay),
        State: closedAt ? (
          <>
            Closed on <Moment at={closedAt} />
          </>
        ) : isOver ? (
          "Over"
        ) : (
          "Open"
        ),
        "Answered, not counting people who left or were excused": rateInWords(response),
        "How they were chosen": (
          <>
            <p>
              The smallest SHA-256 of the seed followed by the id of the person, in hexadecimal. The ids of all, sorted
              and a line each, have the second SHA-256.
            </p>
            <p className="text-small">Seed {check.seed}</p>
            <p className="text-small">Ids {check.populationHash}</p>
          </>
        ),
      }}
    />
  );
}

const Rates = ({ check, rates }: { check: SampleView; rates: NonNullable<SampleView["rates"]> }) => (
  <>
    <DataTable
      caption="Situations answered right, by what the policy says"
      captionHidden={false}
      columns={{ "The policy says": ({ says }) => says, "Answered right": ({ rate }) => rateInWords(rate) }}
      rows={[
        ...rates.byVerdict.map(({ verdict, rate }) => ({ says: CHOICE_WORDS[verdict], rate })),
        { says: "All together", rate: rates.all },
      ]}
      empty="Nobody has answered yet."
    />
    {check.asked < check.populationSize && (
      <p className="text-small text-soft">
        The limits are Wilson’s for a sample of a large population. They take situations as independent of each other.
      </p>
    )}
  </>
);

const People = ({ people }: { people: readonly SampledView[] }) => (
  <DataTable
    caption="Who the check asks, by name"
    columns={{
      Name: (person) => <PersonName {...person} />,
      Team: ({ team }) => team ?? "None",
      State: ({ state, excusedBecause }) =>
        excusedBecause ? `${SAMPLED_STATE_WORDS[state]}: ${excusedBecause}` : SAMPLED_STATE_WORDS[state],
      Right: ({ right }) => (right.length === 0 ? "" : `${right.filter(Boolean).length} of ${right.length}`),
    }}
    rows={people}
    empty="Nobody."
  />
);
