import { choice, date, text } from "#app/_portal/form/field.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";

/** What a form on paper or in a system says of a consent. */
export const CONSENT_FIELDS = {
  name: text("Who is in the picture?", { width: "half", autoComplete: "off" }),
  age: choice("Is it a child?", { adult: "No", child: { label: "Yes", hint: "A parent or guardian has to agree." } }),
  guardian: text("Who agreed on the child’s behalf?", {
    hint: "Leave it empty for an adult.",
    width: "half",
    autoComplete: "off",
  }),
  givenOn: date("Day on the form", "the day on the form", "For example, 27 3 2026"),
  purpose: text("What may the picture be used for?", {
    hint: "As the form says: “The summer newsletter, on paper and online”.",
    lines: 2,
  }),
  until: date("Last day of the consent", "the last day", "For example, 27 3 2028"),
  formReference: text("Where is the form?", {
    hint: "Its number, or the system or folder that it is in.",
    width: "half",
  }),
};

/** Where to find the employer's own consent form; if no address is given, whom to ask. */
export async function ConsentFormLinks({ actor }: { actor: Actor }) {
  const body = await getOwnBody(actor);
  const forms = body?.photoConsentForms ?? [];
  const own = forms.filter(({ employer }) => employer === actor.employer);
  const shown = own.length > 0 ? own : forms;
  if (shown.length === 0)
    return (
      <p className="text-soft">
        No address of a consent form is given for {actor.employer}. Ask{" "}
        {body?.contacts.find(({ id }) => id === "communications")?.name ??
          body?.contacts[0]?.name ??
          "your line manager"}
        .
      </p>
    );
  return (
    <p>
      The form to fill in:{" "}
      {shown.map(({ employer, href }, at) => (
        <span key={href}>
          {at > 0 && "; "}
          <a href={href} rel="noreferrer">
            {href.replace("https://", "")}
          </a>{" "}
          ({employer})
        </span>
      ))}
      .
    </p>
  );
}
