import { boxes, choice, lines, openBoxes, text } from "#app/_portal/form/field.tsx";
import type { Field, FieldDetails, Stored, ValuesOf } from "#app/_portal/form/field.tsx";
import { VisuallyHidden } from "#app/_ui/layout.tsx";
import { PERSON_KIND_NAMES } from "#domain/access/identity/person.ts";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import type { CampaignSettings } from "#domain/policy/campaign/campaign.ts";
import type { CampaignGiven } from "#server/policy/campaign/service.ts";
import type { AudienceChoices } from "#server/policy/campaign/view-queries.ts";

/** What a campaign decides, as fields of the form that makes it and the one that changes it. */
export const SETTINGS = {
  who: choice("Who do you ask?", {
    everybody: "Everybody",
    parts: {
      label: "Some",
      hint: "Everybody in any of the groups that you choose below, including people who join later.",
    },
  }),
  employers: openBoxes("Employers"),
  teams: teamNames(),
  roles: boxes("Roles", ROLE_NAMES),
  kinds: boxes("Kinds of staff", PERSON_KIND_NAMES),
  people: lines("People", { hint: "One work e-mail address on each line.", lines: 3, spellCheck: false }),
  workingDays: text("Working days to answer", {
    hint: "From the day on which somebody is asked. Leave, holidays and closure days do not count.",
    width: "short",
    inputMode: "numeric",
  }),
  remindBefore: text("Remind this many working days before", {
    hint: "For example 10, 5, 1. Always on the last day; weekly after that.",
    width: "short",
  }),
  targetPercent: text("Share that counts as done", {
    hint: "Per cent of the people asked.",
    width: "short",
    inputMode: "numeric",
  }),
  understanding: boxes("Is understanding checked?", {
    yes: {
      label: "Ask two situations from the policy’s own table",
      hint: "Before somebody accepts. A wrong answer shows the clause and asks another. Only that they passed is kept.",
    },
  }),
  readingMinutes: text("Shortest reading time, in minutes", {
    hint: "Shown at the top of the page. 0 or empty for none.",
    width: "short",
    inputMode: "numeric",
  }),
};

/** Names of teams: boxes to tick where the page knows them all (`options`), otherwise one on each line. */
function teamNames(): Field<string[]> {
  const ticked = openBoxes("Teams");
  const typed = lines("Teams", { hint: "One name on each line, as the directory has it.", lines: 3 });
  return {
    read: (form, name) =>
      form
        .all(name)
        .flatMap((one) => one.split("\n"))
        .map((one) => one.trim())
        .filter((one) => one !== ""),
    show: (shown) =>
      shown.options ? ticked.show(shown) : typed.show({ ...shown, stored: [shown.stored ?? []].flat().join("\n") }),
  };
}

type Show = (name: keyof typeof SETTINGS, details?: FieldDetails) => React.ReactNode;

/** The fields in the order of the form. */
export function SettingsFields({ field, choices: { employers, teams } }: { field: Show; choices: AudienceChoices }) {
  const optionsOf = (names: readonly string[]) => Object.fromEntries(names.map((name) => [name, name]));
  return (
    <>
      {field("who")}
      <fieldset className="ms-3 flex flex-col gap-6 border-s-4 border-line ps-5">
        <legend>
          <VisuallyHidden>Who, if only some</VisuallyHidden>
        </legend>
        {employers.length > 1 && field("employers", { options: optionsOf(employers) })}
        {field("teams", teams.length > 0 ? { options: optionsOf(teams) } : {})}
        {field("roles")}
        {field("kinds")}
        {field("people")}
      </fieldset>
      {field("workingDays")}
      {field("remindBefore")}
      {field("understanding")}
      {field("readingMinutes")}
      {field("targetPercent")}
    </>
  );
}

/** What the form was sent with, as the service reads it. */
export function givenOf({ understanding, ...values }: ValuesOf<typeof SETTINGS>): CampaignGiven {
  return { ...values, checksUnderstanding: understanding.length > 0 };
}

/** The values with which the form opens. */
export function storedSettings(
  { audience, workingDays, remindBefore, targetPercent, checksUnderstanding, readingMinutes }: CampaignSettings,
  named: { teams: readonly string[]; emails: readonly string[] },
): Partial<Record<keyof typeof SETTINGS, Stored>> {
  const valuesOf = (kind: string) => audience.filter((part) => part.kind === kind).map(({ value }) => value);
  return {
    who: audience.some(({ kind }) => kind === "body") ? "everybody" : "parts",
    employers: valuesOf("employer"),
    roles: valuesOf("role"),
    kinds: valuesOf("kind"),
    teams: named.teams,
    people: named.emails.join("\n"),
    workingDays,
    remindBefore: remindBefore.join(", "),
    targetPercent,
    understanding: checksUnderstanding ? ["yes"] : [],
    readingMinutes,
  };
}
