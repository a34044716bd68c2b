import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { ButtonLine, Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { listSampleChecks } from "#server/registers/understanding-check/sample-queries.ts";
import { checksHeld } from "./register.tsx";

/** The checks held on whether people understand and follow a policy. */
const page = definePage({
  path: "/checks-held",
  async read({ actor, query }) {
    const [checks, samples] = await Promise.all([checksHeld.read(actor, query), listSampleChecks(actor)]);
    return checks && { checks, samples };
  },
  heading: "Checks held",
  intro: ({ actor }) => (
    <>
      <p>
        Interviews, surveys and other checks that people understand and follow a policy: held elsewhere, with the
        result, or here with people chosen at random.
      </p>
      {can(actor, "check-held.record", actor) && <ButtonLine href="/checks-held/new">Record a check</ButtonLine>}
      {can(actor, "check-sample.run", actor) && (
        <LinkLine href="/checks-held/samples/new" onPaper={false}>
          Ask people chosen at random
        </LinkLine>
      )}
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { checks, samples } }) => (
  <>
    {checksHeld.show(checks)}
    {samples && samples.length > 0 && (
      <PageSection title="People chosen at random">
        <DataTable
          caption="Checks of people chosen at random, latest first"
          columns={{
            Reference: ({ reference }) => (
              <Link href={`/checks-held/samples/${reference}`} className="whitespace-nowrap">
                {reference}
              </Link>
            ),
            Policy: ({ policyTitle, version }) => `${policyTitle}, version ${version}`,
            "Chosen from": ({ populationName }) => populationName,
            Asked: ({ asked }) => asked,
            "Last day": ({ lastDay }) => dateInWords(lastDay),
            State: ({ isOver }) => (isOver ? "Over" : "Open"),
          }}
          rows={samples}
        />
      </PageSection>
    )}
  </>
));
export { generateMetadata, Page as default };
