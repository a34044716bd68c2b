import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Pager } from "#app/_ui/pager.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { filterRegister, readRegisterFilter, writeRegisterFilter } from "#domain/policy/exception/register.ts";
import { getToday, listExceptionRegister } from "#server/policy/exception/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { RegisterFilters } from "./register-filters.tsx";
import { RegisterPictures } from "./register-pictures.tsx";
import { RegisterTable } from "./register-table.tsx";

const ENTRIES_A_PAGE = 50;

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Register of exceptions" };

/** Every request that was ever sent: filtered by its address, as pictures, as a table and as a file. */
export default async function RegisterPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const all = await listExceptionRegister(actor);
  if (!all) notFound();
  const filter = readRegisterFilter(query);
  const found = filterRegister(all, filter);
  const pages = Math.max(1, Math.ceil(found.length / ENTRIES_A_PAGE));
  const asked = Number([query["page"] ?? "1"].flat().at(-1));
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  const shown = found.slice((page - 1) * ENTRIES_A_PAGE, page * ENTRIES_A_PAGE);
  const titles = new Map((await listPolicies(actor)).map(({ slug, title }) => [slug, title]));
  const address = (name: string, more = {}) => {
    const filters = writeRegisterFilter(filter, more);
    return filters ? `${name}?${filters}` : name;
  };
  const pageAddress = (number: number) => address("/exceptions/register", { page: number === 1 ? "" : String(number) });
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Register of exceptions</PageHeading>
          <RegisterFilters all={all} filter={filter} titles={titles} />
        </Stack>
        {all.length > 0 && <RegisterPictures all={all} found={found} filter={filter} today={getToday()} />}
        <Stack as="section">
          <h2>{found.length === 1 ? "1 request" : `${found.length} requests`}</h2>
          {all.length === 0 ? (
            <p>Nobody has asked for an exception yet. Each request shows here once it is sent.</p>
          ) : found.length === 0 ? (
            <p>
              None fits these filters. <Link href="/exceptions/register">Show all {all.length}</Link>
            </p>
          ) : (
            <>
              <RegisterTable entries={shown} titles={titles} />
              <Pager
                label="Pages of the register"
                newer={page > 1 ? pageAddress(page - 1) : undefined}
                older={page < pages ? pageAddress(page + 1) : undefined}
              />
              <p className="no-print">
                <Link href={address("/exceptions/register.csv")}>Save these as a CSV file</Link>
              </p>
            </>
          )}
        </Stack>
      </Stack>
    </PortalPage>
  );
}
