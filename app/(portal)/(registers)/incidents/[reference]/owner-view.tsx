import { BackLink } from "#app/_ui/back-link.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ActionList } from "./action-list.tsx";
import type { ShownIncident } from "./form.tsx";

/** What somebody was given to do after an accident, for those whom the report itself does not concern. */
export function OwnerView({ shown }: { shown: ShownIncident }) {
  const { view, formState } = shown;
  const { reference, title, handlerNames } = view;
  return (
    <Stack gap="loose">
      <BackLink href="/tasks">Your tasks</BackLink>
      <ErrorSummary errors={[...formState.problems]} />
      <PageHeading kicker={<>After {reference}</>}>{title}</PageHeading>
      <p>You can see what you were asked to do, and nothing else of the report.</p>
      <ActionList shown={shown} empty="There is nothing to do." />
      {handlerNames.length > 0 && <p>Is anything unclear? Ask {handlerNames.join(" or ")}.</p>}
    </Stack>
  );
}
