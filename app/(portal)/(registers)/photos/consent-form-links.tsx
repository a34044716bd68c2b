import type { Actor } from "#domain/access/permission/actor.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";

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
