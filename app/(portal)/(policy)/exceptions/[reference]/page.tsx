import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { refillFor } from "#app/_portal/form-values.ts";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getException } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { exceptionPath } from "./command-path.ts";
import { DoneBanner } from "./done-banner.tsx";
import { DraftPage } from "./draft-page.tsx";
import { ExceptionHistory } from "./history.tsx";
import { PermissionPage } from "./permission-page.tsx";
import { RequestPage } from "./request-page.tsx";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const actor = await requireActor();
  const { reference } = await params;
  const view = await getException(actor, reference);
  if (!view) return { title: "Page not found" };
  const { titlePrefix } = await refillFor(actor, (await searchParams)["kept"], exceptionPath(reference));
  if (view.commands.includes("edit"))
    return {
      title: `${view.state === "draft" ? "Ask for an exception" : "Change your request"}, ${view.exception.reference}`,
    };
  return { title: `${titlePrefix}Exception ${view.exception.reference}` };
}

/** One request: to be worked on by its writer, to be decided by others, or as a permission for those it covers. */
export default async function ExceptionPage({ params, searchParams }: Props) {
  const actor = await requireActor();
  const { reference } = await params;
  const query = await searchParams;
  const view = await getException(actor, reference);
  if (!view) notFound();
  const { problems } = await refillFor(actor, query["kept"], exceptionPath(reference));
  const { exception, commands, state } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={problems.map(({ message }) => ({ message }))} />
        <DoneBanner done={query["done"]} view={view} />
        {commands.includes("edit") ? (
          <>
            <DraftPage actor={actor} exception={exception} />
            {state === "changes-requested" && (
              <>
                <p>
                  <Link href={exceptionPath(reference, "withdraw")}>Withdraw this request</Link>
                </p>
                <ExceptionHistory view={view} />
              </>
            )}
          </>
        ) : view.sees === "all" ? (
          <RequestPage actor={actor} view={view} />
        ) : (
          <PermissionPage actor={actor} view={view} />
        )}
      </Stack>
    </PortalPage>
  );
}
