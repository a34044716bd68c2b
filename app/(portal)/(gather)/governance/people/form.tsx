import { custom } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage, wholeQuery } from "#app/_portal/form/page.ts";
import { BY_NAME, PageLinks } from "#app/_portal/page-links.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Link } from "#app/_ui/link.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { getFollowUp, readFollowUpFilter, type FollowUp } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { remindToAnswer } from "#server/policy/acknowledgement/follow-up-service.ts";
import { Filters, filtersOf } from "./filters.tsx";
import { PeopleToFollowUp } from "./people-table.tsx";

type Query = Readonly<Record<string, string | string[] | undefined>>;

const last = (query: Query, name: string) => [query[name] ?? []].flat().at(-1);

/** By name, who has answered a policy and who has not. For governance officers and policy owners. */
export const page = definePage({
  path: "/governance/people",
  suffix: wholeQuery,
  read: ({ actor, query }) =>
    getFollowUp(actor, last(query, "policy"), readFollowUpFilter(query), readPageCursor(query)),
  heading: "Who has answered, by name",
  kicker: ({ view }) => `${view.title}, version ${view.version}`,
  back: { href: "/governance", label: "Answers by team" },
  intro: ({ view, query }) => (
    <>
      <Reminded done={last(query, "done")} already={last(query, "already")} />
      <Filters view={view} filter={readFollowUpFilter(query)} />
    </>
  ),
});

/** Reminds the people who are ticked, or all who match the filters and have not answered. */
export const form = defineForm(page, {
  fields: { people: custom((sent) => sent.all("person")) },
  body: ({ view, query, formState }) => (
    <>
      <PeopleToFollowUp people={view.people.rows} isChosen={(id) => formState.isChosen("person", id)} />
      <PageLinks
        label="Pages of people"
        page={view.people}
        path="/governance/people"
        filters={[["policy", view.slug], ...filtersOf(readFollowUpFilter(query))]}
        words={BY_NAME}
      />
    </>
  ),
  button: ({ view, query }) => <Actions view={view} query={query} />,
  async submit({ actor, query, values, form: sent }) {
    const filter = readFollowUpFilter(query);
    const slug = sent.text("policy");
    const result = await remindToAnswer(actor, slug, filter, {
      chosen: sent.text("then") === "all" ? null : values.people,
      whose: "body",
    });
    if (result.code !== "reminded") return result.code === "not-found" ? "not-found" : { ...result };
    const counts = [
      ["done", String(result.reminded)],
      ["already", String(result.already)],
    ];
    return { to: `/governance/people?${new URLSearchParams([["policy", slug], ...filtersOf(filter), ...counts])}` };
  },
});

function Actions({ view, query }: { view: FollowUp; query: Query }) {
  const { state } = readFollowUpFilter(query);
  const states = state === null ? REMINDED_STATES : REMINDED_STATES.filter((one) => one === state);
  const waiting = states.reduce((sum, one) => sum + (view.counts.get(one) ?? 0), 0);
  const csv = new URLSearchParams([["policy", view.slug], ...filtersOf(readFollowUpFilter(query))]);
  return (
    <>
      <input type="hidden" name="policy" value={view.slug} />
      {waiting > 0 && (
        <Cluster>
          <Button name="then" value="chosen">
            Remind those ticked
          </Button>
          <Button name="then" value="all" look="quiet">
            {waiting === 1 ? "Remind the one who has not answered" : `Remind all ${waiting} who have not answered`}
          </Button>
        </Cluster>
      )}
      <p className="no-print">
        <Link href={`/governance/people.csv?${csv}`}>Save as a table (CSV)</Link>
      </p>
    </>
  );
}

/** What the last reminder did: the figures of the address, which prove nothing by themselves. */
function Reminded({ done, already }: { done: string | undefined; already: string | undefined }) {
  const [now, before] = [Number(done), Number(already)];
  if (done === undefined || !Number.isSafeInteger(now) || !Number.isSafeInteger(before)) return null;
  return (
    <Banner title={now === 1 ? "One person is reminded" : `${now} people are reminded`}>
      <p>
        They are told in their tasks and in the mail of their working day.
        {before > 0 && ` ${before} ${before === 1 ? "was" : "were"} reminded today already, and not again.`}
      </p>
    </Banner>
  );
}
