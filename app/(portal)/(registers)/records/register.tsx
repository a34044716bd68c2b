import { PageLinks } from "#app/_portal/page-links.tsx";
import { Button } from "#app/_ui/button.tsx";
import { FilterForm } from "#app/_ui/filter-form.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { countInWords } from "#domain/base/list/page.ts";
import { CLASS_UNSURE } from "#domain/registers/record/record.ts";
import { RECORD_STANDINGS, writeRecordSearch } from "#domain/registers/record/search.ts";
import type { RecordRegister } from "#server/registers/record/queries.ts";
import { exportForm } from "./form.tsx";
import { RecordTable } from "./record-table.tsx";

type Props = { shown: Parameters<typeof exportForm.show>[0]; register: RecordRegister };

const WRONG_DAY = "Choose a day that exists.";

/** All records of the body, with the search that a request for information needs, and a file to download. */
export function Register({ shown, register }: Props) {
  const { search, wrongDays } = shown.view;
  const { found, groups, schedule, today } = register;
  const isFiltered = writeRecordSearch(search) !== "";
  const wrong = (name: "from" | "until") => (wrongDays.includes(name) ? WRONG_DAY : undefined);
  return (
    <Stack as="section">
      <h2>Search all records</h2>
      <FilterForm action="/records" clearHref={isFiltered ? "/records" : undefined}>
        <TextField name="words" label="Words or reference" type="search" defaultValue={search.words} />
        <TextField name="person" label="Person" type="search" defaultValue={search.person} />
        <TextField name="from" label="Said from" type="date" defaultValue={search.from} error={wrong("from")} />
        <TextField name="until" label="Said until" type="date" defaultValue={search.until} error={wrong("until")} />
        {groups === null && (
          <TextField name="group" label="Group: its name or reference" type="search" defaultValue={search.group} />
        )}
        {groups && groups.length > 0 && (
          <SelectField
            name="group"
            label="Group"
            defaultValue={search.group}
            options={[ALL, ...groups.map(({ reference, name }) => ({ value: reference, label: name }))]}
          />
        )}
        {schedule.length > 0 && (
          <SelectField
            name="class"
            label="Class"
            defaultValue={search.class}
            options={[
              ALL,
              ...schedule.map(({ id, name }) => ({ value: id, label: name })),
              { value: CLASS_UNSURE, label: "Not chosen yet" },
            ]}
          />
        )}
        <SelectField
          name="standing"
          label="Standing"
          defaultValue={search.standing}
          options={[ALL, ...Object.entries(RECORD_STANDINGS).map(([value, label]) => ({ value, label }))]}
        />
      </FilterForm>
      <p role="status">{countInWords(found, "record", "records")}</p>
      {found.rows.length === 0 ? (
        isFiltered ? (
          <p>
            Nothing matches. The text of records that were disposed of cannot be searched.{" "}
            <Link href="/records">Show all</Link>
          </p>
        ) : (
          <p className="text-soft">Nobody has captured a record yet.</p>
        )
      ) : (
        <>
          <RecordTable caption="Records found" records={found.rows} isRegister today={today} />
          <PageLinks
            label="Pages of the register"
            page={found}
            path="/records"
            filters={new URLSearchParams(writeRecordSearch(search))}
          />
          <div className="no-print space-y-2">
            {exportForm.show(shown, {
              button: (
                <Button look="quiet">
                  Save {found.rows.length === 1 && !found.before ? "it" : "all of them"} as a CSV file
                </Button>
              ),
            })}
            <p className="text-small text-soft">The evidence records that you did, and what you searched for.</p>
          </div>
        </>
      )}
    </Stack>
  );
}

const ALL = { value: "", label: "All" };
