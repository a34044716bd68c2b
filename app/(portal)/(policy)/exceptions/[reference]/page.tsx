import { showPage } from "#app/_portal/form/page.ts";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { exceptionPath } from "./command-path.ts";
import { DoneBanner } from "./done-banner.tsx";
import { DraftPage } from "./draft-page.tsx";
import { page } from "./form.tsx";
import { ExceptionHistory } from "./history.tsx";
import { PermissionPage } from "./permission-page.tsx";
import { RequestPage } from "./request-page.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, query, formState } = shown;
  const { exception, commands, state } = view;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        <ErrorSummary errors={formState.problems.map(({ message }) => ({ message }))} />
        {view.sees === "all" && <NotReached actor={actor} href={exceptionPath(exception.reference)} />}
        <DoneBanner actor={actor} done={query["done"]} view={view} />
        {commands.includes("edit") ? (
          <>
            <DraftPage actor={actor} exception={exception} />
            {state === "changes-requested" && (
              <>
                <p>
                  <Link href={exceptionPath(exception.reference, "withdraw")}>Withdraw this request</Link>
                </p>
                <ExceptionHistory view={view} />
              </>
            )}
          </>
        ) : view.sees === "all" ? (
          <RequestPage shown={shown} />
        ) : (
          <PermissionPage shown={shown} />
        )}
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };
