import { SharingFields } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { TextField } from "#app/_ui/text-field.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { GroupKind } from "#domain/registers/group/group.ts";
import type { GroupRules } from "#domain/registers/group/group-rules.ts";
import type { Body } from "#domain/policy/policy/body.ts";

type Props = { actor: Actor; formState: FormState; kind: GroupKind; settings: Body["groups"]; rules: GroupRules };

/** Who looks after a group and who is in it, by their names in the directory, as its policy asks; and whose it is. */
export function WhoFields({ actor, formState, kind, settings, rules }: Props) {
  const isEmergency = kind === "emergency";
  const needsTwo = rules.administrators > 1 && !isEmergency;
  const field = (name: string, label: string, hint?: string, stored?: string, lines?: number) => (
    <TextField
      name={name}
      label={label}
      hint={hint}
      lines={lines}
      defaultValue={formState.value(name, stored)}
      error={formState.errorOf(name)}
      autoComplete="off"
      width="half"
    />
  );
  const first = isEmergency ? "Administrator of this body" : needsTwo ? "First administrator" : "Administrator";
  return (
    <>
      <p>
        Type a name or a work e-mail address; the directory is searched when you continue. Each of them is asked to
        agree to share their number.
        {rules.because.length > 0 && ` Your policy asks for these people in clause ${rules.because.join(" and ")}.`}
      </p>
      {field("administrator1", first, "It may be you.", actor.name)}
      {field("administrator2", needsTwo ? "Second administrator" : "Another administrator (optional)")}
      {field(
        "deputy",
        rules.deputy ? "Deputy" : "Deputy (optional)",
        "Steps in when an administrator is away or leaves.",
      )}
      {field(
        "members",
        rules.members ? "Members" : "Members (optional)",
        "One on each line. You can add people, also from outside, once you have asked.",
        undefined,
        5,
      )}
      {kind !== "team" && <SharingFields formState={formState} />}
      {isEmergency && (
        <>
          {field(
            "partnerName",
            "Administrator of the resilience partner",
            "Their name. You get a link to send to them, by which they agree. No phone number.",
          )}
          {field("partnerOrganisation", "Their organisation", undefined, settings.emergencyPartner ?? "")}
        </>
      )}
    </>
  );
}
