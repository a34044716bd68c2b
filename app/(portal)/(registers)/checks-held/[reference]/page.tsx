import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { Confirmation, SummaryList, UserText } from "#app/_ui/content.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import { getUnderstandingCheck } from "#server/registers/understanding-check/queries.ts";

const DONE = "You have recorded the check";

const page = definePage({
  path: "/checks-held/[reference]",
  async read({ actor, params, query }) {
    const check = await getUnderstandingCheck(actor, params.reference);
    return check && { ...check, isDone: Boolean(query["done"]) && check.person.id === actor.personId };
  },
  heading: ({ view: { isDone, reference } }) => (isDone ? DONE : `Check ${reference}`),
  back: { href: "/checks-held", label: "Checks held" },
  confirmation: ({ view: { isDone, reference } }) =>
    isDone && (
      <Confirmation title={DONE} reference={reference}>
        <p>
          Auditors read it too. See <Link href="/checks-held">all checks held</Link>.
        </p>
      </Confirmation>
    ),
});

const { generateMetadata, Page } = framedPage(page, ({ actor, view: check }) => (
  <SummaryList
    rows={{
      Kind: CHECK_KIND_WORDS[check.kind],
      Policy: (
        <Link href={`/policies/${check.policy}/versions/${check.version}`}>
          {check.policy}, version {check.version}
        </Link>
      ),
      "Held on": dateInWords(check.heldOn),
      "Held by": <bdi>{check.heldBy}</bdi>,
      "Who took part": <bdi>{check.takenBy}</bdi>,
      Result: <UserText>{check.result}</UserText>,
      "What will be done about it": check.actions ? <UserText>{check.actions}</UserText> : "Nothing",
      "Recorded by": check.person.id === actor.personId ? "You" : check.person.name,
      "Recorded on": <Moment at={check.recordedAt} />,
    }}
  />
));
export { generateMetadata, Page as default };
