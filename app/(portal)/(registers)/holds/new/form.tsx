import { boxes, choice, custom, date, startKey, text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { HOLD_REASONS, LONGEST_HOLD_TEXT } from "#domain/registers/hold/hold.ts";
import { listGroupsToHold } from "#server/registers/hold/queries.ts";
import { placeHold } from "#server/registers/hold/service.ts";
import { TargetFields } from "../target-fields.tsx";

const UP_TO = `Up to ${LONGEST_HOLD_TEXT.toLocaleString("en-GB")} characters.`;

const page = definePage({
  path: "/holds/new",
  read: ({ actor }) => listGroupsToHold(actor),
  heading: "Place a hold",
  back: { href: "/holds", label: "Holds" },
  intro: (
    <p>It takes effect the moment you press the button. Everybody it concerns is told at once, and asked to confirm.</p>
  ),
});

/** For governance officers: why, since when, what must be kept, and whom to tell. */
export const form = defineForm(page, {
  fields: {
    startKey: startKey(),
    reason: choice("Why is it placed?", HOLD_REASONS),
    occurredOn: date(
      "When did the request come in, or when did it happen?",
      "the day",
      "Needed for a request. For example, 24 11 2026",
    ),
    keep: text("What must not be deleted?", {
      hint: `The people it concerns read this, also by mail: which messages, about what, from when to when. Do not say who asked. ${UP_TO}`,
      lines: 5,
    }),
    onSubject: boxes(
      "Who does it concern?",
      {
        yes: {
          label: "Everybody in the body",
          hint: "For a subject, when nobody can say who has messages about it.",
        },
      },
      "Choose everybody, or name groups and people below.",
    ),
    groups: custom((sent) => sent.all("groups")),
    groupNames: custom((sent) => sent.text("groupNames")),
    people: custom((sent) => sent.text("people")),
    note: text("Your note (optional)", {
      hint: `Only governance officers and auditors see it: who asked, the number of the file. ${UP_TO}`,
      lines: 4,
    }),
  },
  body: ({ field, view: groups, formState, query: { group } }) => (
    <>
      {field("reason")}
      {field("occurredOn")}
      {field("keep")}
      {field("onSubject")}
      <TargetFields groups={groups} formState={formState} chosen={typeof group === "string" ? group : undefined} />
      {field("note")}
    </>
  ),
  button: "Place the hold and tell them",
  submit: ({ actor, values: { onSubject, occurredOn, ...sent } }) =>
    placeHold(actor, {
      ...sent,
      isOnSubject: onSubject.includes("yes"),
      occurredOn: occurredOn.kind === "day" ? occurredOn.day : null,
      dayProblem: occurredOn.kind === "wrong" ? occurredOn.message : null,
    }),
  done: ({ reference }) => `/holds/${reference}?done=1`,
});
