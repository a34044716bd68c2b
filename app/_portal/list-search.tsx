import { FilterForm } from "#app/_ui/filter-form.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import type { ListPage } from "#domain/base/list/page.ts";

type Props = {
  path: string;
  /** What is searched: "Reference or name". */
  label: string;
  text: string;
  page: ListPage<unknown>;
};

export const NOTHING_FOUND = "Nothing found. Check the spelling, type less of it, or clear the search.";

/** Looks for one thing in a list that is longer than a page: what was typed stands in the address as `q`. */
export function ListSearch({ path, label, text, page }: Props) {
  if (text === "" && !page.before && !page.after) return null;
  return (
    <FilterForm action={path} clearHref={text === "" ? undefined : path}>
      <TextField name="q" label={label} type="search" defaultValue={text} />
    </FilterForm>
  );
}
