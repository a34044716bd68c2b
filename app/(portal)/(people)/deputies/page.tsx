import { showPage } from "#app/_portal/form/page.ts";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { ErrorSummary } from "#app/_ui/error-summary.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { ROLE_NAMES } from "#domain/access/permission/role.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { DeputyView } from "#server/people/deputy/queries.ts";
import { endDeputyForm, nameForm, page, type ShownDeputies } from "./form.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view, formState } = shown;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <ErrorSummary errors={[...formState.problems]} />
          <PageHeading>Deputies</PageHeading>
          <p>
            Somebody who stands in for you has your tasks in this role for a time, and decides in your place. You can
            still do everything yourself. We record who did it.
          </p>
        </Stack>
        <Deputies
          shown={shown}
          title="Who stands in for you"
          rows={view.mine}
          empty="Nobody is standing in for you. If you are going to be away, name somebody below."
        />
        <Deputies
          shown={shown}
          title="Who you stand in for"
          rows={view.asDeputy}
          empty="You are not standing in for anybody. If a colleague who is away names you, we tell you."
        />
        {view.mayNameForOthers && (
          <Deputies shown={shown} title="Everybody else’s" rows={view.others} empty="Nobody else has a deputy." />
        )}
        <Stack as="section">
          <h2>Name a deputy</h2>
          {nameForm.show(shown)}
        </Stack>
      </Stack>
    </PortalPage>
  );
});

export { generateMetadata, Page as default };

type DeputiesProps = { shown: ShownDeputies; title: string; rows: readonly DeputyView[]; empty: string };

function Deputies({ shown, title, rows, empty }: DeputiesProps) {
  return (
    <Stack as="section">
      <h2>{title}</h2>
      <DataTable
        caption={title}
        captionHidden
        empty={empty}
        columns={{
          "Who stands in": (row) => row.deputy,
          For: (row) => `${row.principal}, as ${ROLE_NAMES[row.role].toLowerCase()}`,
          Days: (row) =>
            `${dateInWords(row.from)} to ${dateInWords(row.until)}${row.state === "runs" ? ", runs now" : ""}`,
          "End it": (row) =>
            row.mayEnd
              ? endDeputyForm.show(shown, {
                  stored: { deputy: row.id },
                  button: (
                    <Button look="quiet">
                      End it
                      <VisuallyHidden>
                        : {row.deputy} for {row.principal}
                      </VisuallyHidden>
                    </Button>
                  ),
                })
              : "–",
        }}
        rows={rows}
      />
    </Stack>
  );
}
