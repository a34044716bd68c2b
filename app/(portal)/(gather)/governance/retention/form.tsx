import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused } from "#app/_portal/form/form.tsx";
import { DOUBT_OUTCOMES, type DoubtOutcome } from "#domain/gather/retention/doubt.ts";
import { settleDoubt } from "#server/gather/retention/service.ts";
import { getRetention, listNameDoubts, type RetentionView } from "#server/gather/retention/queries.ts";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable, SummaryList } from "#app/_ui/content.tsx";
import { Button, Link, PageSection, Stack } from "#app/_ui/layout.tsx";

/** The retention rules and what was deleted recently; for governance officers, which texts may still name somebody. */
export const page = definePage({
  path: "/governance/retention",
  async read({ actor }) {
    const retention = await getRetention(actor);
    return retention && { ...retention, named: await listNameDoubts(actor) };
  },
  heading: "How long things are kept",
  gap: "section",
  intro: (
    <p>
      The portal applies these rules every night. Each time, the evidence records what was deleted and how much. The
      rules are in the file <code>retention.yaml</code> of the policy files.
    </p>
  ),
});

/** Settles whether one text names somebody who left. */
export const form = defineForm(page, {
  fields: { doubt: current(), outcome: current() },
  async submit({ actor, values }) {
    const outcome = DOUBT_OUTCOMES.find((one) => one === values.outcome);
    const result = outcome ? await settleDoubt(actor, values.doubt, outcome) : "not-found";
    return result === "held" ? refused("A hold keeps what concerns this person. Wait until it ends.") : result;
  },
});

export type ShownRetention = Parameters<typeof form.show>[0];

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const retention = shown.view;
  return (
    <>
      <NameDoubts shown={shown} />
      {retention.holds.count > 0 && <HoldBanner holds={retention.holds} />}
      <DataTable
        caption="What is kept, and how long"
        captionHidden={false}
        columns={{
          What: ({ title }) => title,
          "How long": ({ after, rule }) => keepInWords(rule?.keep ?? null, after),
          Why: ({ rule }) => rule?.because ?? "Nobody has set a time.",
          "What happens to it": ({ then }) => then,
        }}
        rows={retention.kinds}
      />
      <p>
        Captured records are kept as long as their retention class says, and deleted when a governance officer decides
        so. What somebody typed into a form that was refused is deleted after a day; notes on what timed work did, after
        30 days.
      </p>
      <DataTable
        caption="What was deleted recently"
        captionHidden={false}
        columns={{
          What: ({ title }) => title,
          "How many": { numeric: true, cell: ({ count }) => count.toLocaleString("en-GB") },
          When: ({ at }) => <Moment at={at} />,
          "Row of the evidence": { numeric: true, cell: ({ position }) => position },
        }}
        rows={retention.done}
        empty="Nothing has been deleted yet: nothing is old enough."
      />
    </>
  );
});

/** For each text what may be a name in it, where it stands, and what to do. */
function NameDoubts({ shown }: { shown: ShownRetention }) {
  const { named } = shown.view;
  if (!named || named.count === 0) return null;
  return (
    <PageSection id="names" title="Texts that may still name somebody who left">
      <p>
        The portal replaced the names of these people, and could not be sure of the words below. Read each text and
        decide.
        {named.count > named.doubts.length && ` These are the first ${named.doubts.length} of ${named.count}.`}
      </p>
      {named.doubts.map(({ id, pseudonym, words, passage, place, reference, href }) => {
        const name = reference ? `${place} ${reference}` : place;
        const press = (outcome: DoubtOutcome, label: string) =>
          form.show(shown, {
            stored: { doubt: id, outcome },
            button: (
              <Button look="quiet" about={`: ${words.join(", ")}, ${name}`}>
                {label}
              </Button>
            ),
          });
        return (
          <Stack as="section" key={id}>
            <h3>{href ? <Link href={href}>{name}</Link> : name}</h3>
            <SummaryList
              rows={[
                { term: "May be a name", value: <bdi>{words.join(", ")}</bdi> },
                { term: "Text", value: <bdi>{passage || "The text is gone or was changed."}</bdi> },
                { term: "Of whom", value: pseudonym },
              ]}
            />
            {press("replaced", "It names them: replace it")}
            {press("kept", "Leave the text")}
          </Stack>
        );
      })}
    </PageSection>
  );
}

const keepInWords = (keep: string | null, after: string): string =>
  keep === null || keep === "for good" ? "For good" : `${keep} after ${after}`;

const HoldBanner = ({ holds: { count, isEverything } }: { holds: RetentionView["holds"] }) => (
  <Banner tone="warning" title={count === 1 ? "One hold is in force" : `${count} holds are in force`}>
    <p>
      {isEverything
        ? "One of them concerns everybody, so nothing is deleted and no name is replaced until it ends."
        : "Nothing that they concern is deleted, and the names of the people they concern stay, until they end."}
    </p>
  </Banner>
);
