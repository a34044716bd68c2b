import { custom, date, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, refused, wholeQuery } from "#app/_portal/form/form.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Button, Cluster, Disclosure } from "#app/_ui/layout.tsx";
import { TickBox } from "#app/_ui/tick-box.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { dayOf } from "#domain/base/form/form-values.ts";
import { REMINDED_STATES } from "#domain/policy/acknowledgement/person-state.ts";
import { type FollowUp, readFollowUpFilter } from "#server/policy/acknowledgement/follow-up-queries.ts";
import * as service from "#server/policy/acknowledgement/follow-up-service.ts";
import { followUp } from "./register.tsx";

const last = (query: Readonly<Record<string, string | string[] | undefined>>, name: string) =>
  [query[name] ?? []].flat().at(-1);

const HOME = { href: "/", label: "Home" };

/** By name, who has answered a policy and who has not. For governance officers and policy owners. */
export const page = definePage({
  path: "/governance/people",
  suffix: wholeQuery,
  read: ({ actor, query }) => followUp.read(actor, query),
  heading: "Who has answered, by name",
  kicker: ({ view: { found } }) => `${found.title}, version ${found.version}`,
  // Policy owners do not see the page by team.
  back: ({ actor }) =>
    can(actor, "governance.read", actor) ? { href: "/governance", label: "Answers by team" } : HOME,
  intro: ({ query }) => <Done did={last(query, "did")} done={last(query, "done")} already={last(query, "already")} />,
});

/** Reminds the people who are ticked, or all who match the filters and have not answered. */
export const form = defineForm(page, {
  fields: {
    people: custom((sent) => sent.all("person")),
    reason: text("Why need they not answer?", { hint: "Only to exempt. It is kept as evidence.", lines: 2 }),
    lastDay: date("Until", "the last day", "Only to exempt: the last day of it. Empty until somebody ends it."),
  },
  body: ({ view, formState, field }) => (
    <>
      {followUp.table(view, ({ id, state }, named) =>
        REMINDED_STATES.includes(state) || state === "exempt" ? (
          <TickBox name="person" value={id} isChosen={formState.isChosen("person", id)}>
            {named}
          </TickBox>
        ) : (
          <span className="flex ps-9">{named}</span>
        ),
      )}
      <Disclosure
        summary="Exempt some, or end it"
        open={formState.problems.some(({ field: of }) => of === "reason" || of.startsWith("lastDay"))}
      >
        {field("reason")}
        {field("lastDay")}
        <Cluster>
          <Button name="then" value="exempt" look="quiet">
            Exempt those ticked
          </Button>
          <Button name="then" value="end-exemption" look="quiet">
            Ask those ticked again
          </Button>
        </Cluster>
      </Disclosure>
    </>
  ),
  button: ({ view: { found, asked } }) => <Actions found={found} state={asked["state"]} />,
  async submit({ actor, query, values, form: sent }) {
    const filter = readFollowUpFilter(query);
    const slug = sent.text("policy");
    const then = sent.text("then");
    const to = (done: readonly string[][]) => ({
      to: `/governance/people?${new URLSearchParams([...Object.entries({ ...followUp.asked(query), policy: slug }), ...done])}`,
    });
    const { people, reason, lastDay } = values;
    if (then === "exempt" || then === "end-exemption" || then === "hand-over") {
      if (then === "exempt" && lastDay.kind === "wrong")
        return (await followUp.read(actor, query)) && refused(lastDay.message, "lastDay");
      const exemption = { reason, lastDay: dayOf(lastDay) ?? "" };
      const result =
        then === "exempt"
          ? await service.exemptFromAnswering(actor, slug, people, exemption)
          : await (then === "hand-over" ? service.handToManagers : service.endExemption)(actor, slug, people);
      return result.code === "done"
        ? to([
            ["did", then],
            ["done", String(result.people)],
          ])
        : result;
    }
    const result = await service.remindToAnswer(actor, slug, filter, {
      chosen: then === "all" ? null : people,
      whose: "body",
    });
    if (result.code !== "reminded") return result.code === "not-found" ? "not-found" : { ...result };
    return to([
      ["done", String(result.reminded)],
      ["already", String(result.already)],
    ]);
  },
});

function Actions({ found: { slug, counts }, state }: { found: FollowUp; state: string | undefined }) {
  const states = state === undefined ? REMINDED_STATES : REMINDED_STATES.filter((one) => one === state);
  const waiting = states.reduce((sum, one) => sum + (counts.get(one) ?? 0), 0);
  return (
    <>
      <input type="hidden" name="policy" value={slug} />
      {waiting > 0 && (
        <Cluster>
          <Button name="then" value="chosen">
            Remind those ticked
          </Button>
          <Button name="then" value="hand-over" look="quiet">
            Hand those ticked to their managers
          </Button>
          <Button name="then" value="all" look="quiet">
            {waiting === 1 ? "Remind the one who has not answered" : `Remind all ${waiting} who have not answered`}
          </Button>
        </Cluster>
      )}
    </>
  );
}

const DID: Readonly<Record<string, { done: string; means: string }>> = {
  exempt: { done: "exempt", means: "They are not asked until the last day, or until somebody ends it." },
  "end-exemption": { done: "asked again", means: "They have the same last day as before." },
  "hand-over": { done: "handed to their managers", means: "It is a task of each line manager now." },
};

/** What was done last: the figures of the address, which prove nothing by themselves. */
function Done({ did, done, already }: Readonly<Record<"did" | "done" | "already", string | undefined>>) {
  const now = Number(done);
  if (done === undefined || !Number.isSafeInteger(now)) return null;
  const words = did === undefined ? undefined : DID[did];
  if (words)
    return (
      <Banner title={now === 1 ? `One person is ${words.done}` : `${now} people are ${words.done}`}>
        <p>{words.means}</p>
      </Banner>
    );
  const before = Number(already);
  if (!Number.isSafeInteger(before)) return null;
  return (
    <Banner title={now === 1 ? "One person is reminded" : `${now} people are reminded`}>
      <p>
        They see it in their tasks, and in their mail on the next working day.
        {before > 0 && ` ${before} ${before === 1 ? "was" : "were"} reminded today already, and not again.`}
      </p>
    </Banner>
  );
}

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) =>
  followUp.show(shown.view, shown.view.page.rows.length > 0 ? form.show(shown) : undefined),
);
