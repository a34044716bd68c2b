import { Pager } from "#app/_ui/pager.tsx";
import { writePageCursor, type ListPage, type PageCursor } from "#domain/base/list/page.ts";

/** The names of the two links in a list sorted by name. */
export const BY_NAME = { newer: "Earlier names", older: "Later names" };

type Props = {
  /** What the pages are of: "Pages of the register". */
  label: string;
  page: ListPage<unknown>;
  /** The address without the place in the list. */
  path: string;
  /** The filters, as written in the address. */
  filters?: Iterable<readonly [name: string, value: string]>;
  /** Prefix of the parameters, if a page shows several lists. */
  list?: string | undefined;
  words?: { newer: string; older: string } | undefined;
};

/** Links to the previous and next page of a long list. */
export function PageLinks({ label, page, path, filters = [], list, words }: Props) {
  const address = (cursor: PageCursor) => {
    if (cursor === null) return undefined;
    const query = new URLSearchParams(
      [...filters, ...writePageCursor(cursor, list)].map(([name, value]) => [name, value]),
    );
    return `${path}?${query.toString()}${list === undefined ? "" : `#${list}`}`;
  };
  return <Pager label={label} newer={address(page.before)} older={address(page.after)} words={words} />;
}
