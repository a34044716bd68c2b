import { PolicySteps } from "#app/(portal)/(registers)/_incident/policy-steps.tsx";
import { IncidentContacts } from "#app/(portal)/(registers)/_incident/incident-contacts.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PrintHint } from "#app/_ui/print-hint.tsx";
import { RadioQuestion } from "#app/_ui/radio-question.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { INCIDENT_KINDS, KINDS } from "#domain/registers/incident/kind.ts";
import { getOwnBody, listOwnPolicies } from "#server/policy/policy/queries.ts";
import type { NewReport } from "./read-new.ts";

type ChooseKindProps = { actor: Actor; report: NewReport; isUnanswered: boolean };

/** "What happened?", the first question; below it what the policy says, and who to ring instead. */
export async function ChooseKind({ actor, report, isUnanswered }: ChooseKindProps) {
  const [body, policies] = await Promise.all([getOwnBody(actor), listOwnPolicies(actor)]);
  return (
    <Stack gap="section">
      <form action="/incidents/new" method="get" noValidate className="space-y-7">
        {Object.entries(report.carried).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <RadioQuestion
          name="kind"
          question="What happened?"
          help={
            <p>
              Keep calm: reporting quickly is always right, and takes two minutes. Do not delete anything yet. You can
              also report what you saw somebody else do.
            </p>
          }
          error={isUnanswered ? "Choose what happened." : undefined}
          options={INCIDENT_KINDS.map((kind) => ({
            value: kind,
            label: KINDS[kind].label,
            hint: KINDS[kind].hint,
            checked: kind === "shared",
          }))}
        />
        <Button>Continue</Button>
      </form>
      <p>
        Reported something before? <Link href="/incidents">See your reports</Link>
      </p>
      <p className="no-print">
        No connection next time? <Link href="/offline">Keep these steps and numbers on your phone</Link>
      </p>
      <PolicySteps policies={policies} />
      <IncidentContacts actor={actor} body={body} />
      <PrintHint />
    </Stack>
  );
}
