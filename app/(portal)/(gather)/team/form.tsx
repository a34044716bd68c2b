import { custom, hidden } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf, wholeQuery } from "#app/_portal/form/form.tsx";
import { Button, Cluster } from "#app/_ui/layout.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { readFollowUpFilter } from "#server/policy/acknowledgement/follow-up-queries.ts";
import { remindToAnswer } from "#server/policy/acknowledgement/follow-up-service.ts";
import { getTeamReport } from "#server/policy/acknowledgement/report-queries.ts";
import { listTeamExceptions } from "#server/policy/exception/queries.ts";
import { TeamAnswers } from "./team-answers.tsx";

/** What the people the reader manages have answered, and the exceptions they asked for. For line managers. */
export const page = definePage({
  path: "/team",
  suffix: wholeQuery,
  async read({ actor, query }) {
    const slug = lastOf(query, "policy");
    const [report, exceptions] = await Promise.all([
      getTeamReport(actor, { ...(slug !== undefined && { slug }), cursor: readPageCursor(query) }),
      listTeamExceptions(actor),
    ]);
    return report && exceptions && { report, exceptions };
  },
  heading: "Your team",
});

/** Reminds people of the reader's who have not answered a policy: those who are ticked, or all. */
export const remindTeamForm = defineForm(page, {
  fields: { policy: hidden(), people: custom((sent) => sent.all("person")) },
  body({ view, formState, stored }) {
    const shown = view.report.answers.find(({ policy }) => policy.slug === stored["policy"]);
    return shown && <TeamAnswers {...shown} isChosen={(id) => formState.isChosen("person", id)} />;
  },
  button: (
    <Cluster>
      <Button name="then" value="chosen" look="quiet">
        Remind those ticked
      </Button>
      <Button name="then" value="all" look="quiet">
        Remind all who have not answered
      </Button>
    </Cluster>
  ),
  async submit({ actor, values: { policy, people }, form }) {
    const all = readFollowUpFilter({});
    const result = await remindToAnswer(actor, policy, all, {
      chosen: form.text("then") === "all" ? null : people,
      whose: "team",
    });
    if (result.code !== "reminded") return result.code === "not-found" ? "not-found" : { ...result };
    return { to: `/team?policy=${policy}&done=${result.reminded}` };
  },
});
