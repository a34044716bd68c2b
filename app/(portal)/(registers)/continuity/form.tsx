import { startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm, refused } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Button } from "#app/_ui/button.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { LONGEST_ACTIVITY_REASON, LONGEST_TITLE } from "#domain/registers/continuity/activity.ts";
import { getCurrentActivity, getHistory } from "#server/registers/continuity/queries.ts";
import { declareActivity } from "#server/registers/continuity/service.ts";

/** What is declared now, for everybody; past activities, for governance officers and auditors. */
export const page = definePage({
  path: "/continuity",
  async read({ actor, query }) {
    const [current, history] = await Promise.all([getCurrentActivity(actor), getHistory(actor, readPageCursor(query))]);
    return { current, history };
  },
  heading: "Business continuity",
  gap: "section",
});

/** Declares an activity. */
export const form = defineForm(page, {
  fields: {
    startKey: startKey(),
    title: text("What is it?", {
      hint: `Everybody in your body sees it on every page. “E-mail and Teams are down”, for example. Up to ${LONGEST_TITLE} characters.`,
    }),
    reason: text("Why is it declared?", {
      hint: `For the record: governance officers and auditors see it. Up to ${LONGEST_ACTIVITY_REASON.toLocaleString("en-GB")} characters.`,
      lines: 5,
    }),
  },
  button: (
    <>
      <p>It begins the moment you press the button, and lasts until a governance officer ends it.</p>
      <Button>Declare it now</Button>
    </>
  ),
  submit: ({ actor, values: { title, ...sent } }) =>
    declareActivity(actor, { ...sent, title: title.replaceAll(/\s+/g, " ") }),
  done: (result) =>
    result.code === "declared"
      ? `/continuity/${result.reference}?done=1`
      : refused(
          `${result.by} has declared ${result.reference} already. There is one activity at a time, so yours was not declared.`,
        ),
});
