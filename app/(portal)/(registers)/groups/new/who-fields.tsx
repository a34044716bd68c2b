import { SHARING_FIELDS, SharingFields } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { showFields, text } from "#app/_portal/form/field.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { GroupKind } from "#domain/registers/group/group.ts";
import type { GroupRules } from "#domain/registers/group/group-rules.ts";
import type { Body } from "#domain/policy/policy/body.ts";

type Props = { actor: Actor; formState: FormState; kind: GroupKind; settings: Body["groups"]; rules: GroupRules };

const who = (label: string, hint?: string, lines?: number) =>
  text(label, { hint, lines, autoComplete: "off", width: "half" });

export const WHO_FIELDS = {
  administrator1: who("Administrator", "It may be you."),
  administrator2: who("Another administrator (optional)"),
  deputy: who("Deputy (optional)", "Steps in when an administrator is away or leaves."),
  members: who(
    "Members (optional)",
    "One on each line. You can add people, also from outside, once you have asked.",
    5,
  ),
  ...SHARING_FIELDS,
  partnerName: who(
    "Administrator of the resilience partner",
    "Their name. You get a link to send to them, by which they agree. No phone number.",
  ),
  partnerOrganisation: who("Their organisation"),
};

/** Who looks after a group and who is in it, by their names in the directory, as its policy asks; and whose it is. */
export function WhoFields({ actor, formState, kind, settings, rules }: Props) {
  const isEmergency = kind === "emergency";
  const needsTwo = rules.administrators > 1 && !isEmergency;
  const stored = { administrator1: actor.name, partnerOrganisation: settings.emergencyPartner };
  const field = showFields(WHO_FIELDS, formState, stored);
  const first = isEmergency ? "Administrator of this body" : "First administrator";
  return (
    <>
      <p>
        Type a name or a work e-mail address; the directory is searched when you continue. Each of them is asked to
        agree to share their number.
        {rules.because.length > 0 && ` Your policy asks for these people in clause ${rules.because.join(" and ")}.`}
      </p>
      {field("administrator1", isEmergency || needsTwo ? { label: first } : {})}
      {field("administrator2", needsTwo ? { label: "Second administrator" } : {})}
      {field("deputy", rules.deputy ? { label: "Deputy" } : {})}
      {field("members", rules.members ? { label: "Members" } : {})}
      {kind !== "team" && <SharingFields formState={formState} />}
      {isEmergency && field("partnerName")}
      {isEmergency && field("partnerOrganisation")}
    </>
  );
}
