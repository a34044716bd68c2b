import { policyOf } from "#app/(portal)/(policy)/_exception/policy-of.ts";
import { Situation, QuotedClauses } from "#app/(portal)/(policy)/_exception/situation.tsx";
import { StateTag } from "#app/(portal)/(policy)/_exception/state-tag.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Link } from "#app/_ui/link.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";
import { isFor } from "#domain/policy/exception/coverage.ts";
import type { ShownException } from "./form.tsx";
import { Mitigations } from "./things-to-do.tsx";
import { Permission } from "./outcome.tsx";

/** An approved exception for somebody who did not ask for it: what it permits, on which conditions, until when. */
export function PermissionPage({ shown }: { shown: ShownException }) {
  const { actor, view } = shown;
  const { exception, state, ownMitigations } = view;
  return (
    <Stack gap="section">
      <Stack>
        <PageHeading kicker={<StateTag state={state} />}>Exception {exception.reference}</PageHeading>
        {isFor(exception, actor) && (
          <p>
            It covers you, as one of {exception.teamName ?? exception.groupName ?? "your team"}.{" "}
            <Link href={`/exceptions/${exception.reference}/permit`}>Print the permit</Link>
          </p>
        )}
        <Permission exception={exception} />
      </Stack>
      <PermittedClauses actor={actor} exception={exception} />
      {ownMitigations.length > 0 && <Mitigations shown={shown} />}
    </Stack>
  );
}

/** The clauses that an exception lifts, in the policy's words, and the situation in which it does. */
export async function PermittedClauses({ actor, exception }: { actor: Actor; exception: ExceptionRecord }) {
  const { policy, clauses, situation } = exception;
  const { version } = await policyOf(actor, exception);
  return (
    <Section title="What it permits">
      <p>You may depart from {clauses.length === 1 ? "this clause" : "these clauses"}:</p>
      <QuotedClauses policy={policy} version={version} clauses={clauses} />
      <h3>In this situation only</h3>
      <Situation version={version} situation={situation} />
    </Section>
  );
}
