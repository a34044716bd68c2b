import { framedPage } from "#app/_portal/form/form.tsx";
import { Button, PageSection } from "#app/_ui/layout.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { ROLE_NAMES } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { DeputyView } from "#server/people/deputy/queries.ts";
import { endDeputyForm, nameForm, page, type ShownDeputies } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { view } = shown;
  return (
    <>
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
      <PageSection title="Name a deputy">{nameForm.show(shown)}</PageSection>
    </>
  );
});

export { generateMetadata, Page as default };

type DeputiesProps = { shown: ShownDeputies; title: string; rows: readonly DeputyView[]; empty: string };

const Deputies = ({ shown, title, rows, empty }: DeputiesProps) => (
    <PageSection title={title}>
      <DataTable
        caption={title}
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
                    <Button look="quiet" about={`: ${row.deputy} for ${row.principal}`}>
                      End it
                    </Button>
                  ),
                })
              : "–",
        }}
        rows={rows}
      />
    </PageSection>
  );
