import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, refused } from "#app/_portal/form/form.tsx";
import { DOUBT_OUTCOMES } from "#domain/gather/retention/doubt.ts";
import { settleDoubt } from "#server/gather/retention/service.ts";
import { getRetention, listNameDoubts } from "#server/gather/retention/queries.ts";

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
