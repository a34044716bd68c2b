import { whoDecidesInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { RequestSummary } from "#app/(portal)/(policy)/_exception/request-summary.tsx";
import { CLOSED, sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { defineFormPage } from "#app/_portal/form/form.tsx";
import { Button, ButtonLink, Cluster, Stack } from "#app/_ui/layout.tsx";
import type { FieldProblem } from "#domain/base/form/form-values.ts";
import { REQUEST_SECTIONS } from "#domain/policy/exception/request.ts";
import { countSimilarRequests } from "#server/policy/exception/queries.ts";
import { submitException } from "#server/policy/exception/service.ts";

const page = sectionPage({
  path: "/exceptions/[reference]/check",
  heading: "Check your request before you send it",
  title: ({ view }) => `Check your request, ${view.exception.reference}`,
  back: ({ view }) => ({ href: `/exceptions/${view.exception.reference}`, label: "Back to the parts" }),
});

/** All answers, each part with a link to change it that leads back here; then the request is sent. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(page, {
  fields: {},
  async body({ actor, view }) {
    const similar = await countSimilarRequests(actor, view.exception);
    return (
      <Stack gap="section">
        <RequestSummary actor={actor} exception={view.exception} canChange />
        <Stack gap="loose">
          <h2>Send it</h2>
          <p>{similarInWords(similar)}</p>
          <p>
            {whoDecidesInWords(view)} You cannot change it after that, unless you are asked to. Until it is approved,
            the policy applies to you in full.
          </p>
        </Stack>
      </Stack>
    );
  },
  button: ({ view }) => (
    <Cluster>
      <Button>{view.state === "changes-requested" ? "Send the request again" : "Send the request"}</Button>
      <ButtonLink href="/exceptions" look="quiet">
        Come back later
      </ButtonLink>
    </Cluster>
  ),
  async submit({ actor, params: { reference } }) {
    const result = await submitException(actor, reference);
    if (result.ok) return { to: `/exceptions/${reference}/sent` }; // sent twice, it says the same the second time
    if ("problems" in result) return { problems: result.problems.map(atSection) };
    return result.code === "not-found" || result.code === "not-yours" ? null : CLOSED;
  },
});

/** "Of others who asked for the same clauses, 2 have an exception now. In the last twelve months 3 were approved, …" */
function similarInWords({ inForce, approved, declined }: Awaited<ReturnType<typeof countSimilarRequests>>): string {
  if (inForce + approved + declined === 0)
    return "In the last twelve months nobody else was given or refused an exception from the same clauses.";
  const now =
    inForce === 0 ? "nobody has an exception now" : `${inForce} ${inForce === 1 ? "has" : "have"} an exception now`;
  return `Of others who asked to depart from the same clauses, ${now}. In the last twelve months ${approved} ${approved === 1 ? "was" : "were"} approved and ${declined} declined.`;
}

/** Where the fields of each part are on the check page. */
const FIELDS = {
  why: ["clauses", "justification", "whyNoChannel", "dataInvolved"],
  who: ["scope", "wantedFrom", "wantedUntil"],
  risks: ["risks"],
} as const;

function atSection({ field, message }: FieldProblem): FieldProblem {
  const section = REQUEST_SECTIONS.find((one) => FIELDS[one].some((name) => name === field));
  return { field: section ?? "", message };
}
