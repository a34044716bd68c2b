import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readPageCursor } from "#domain/base/list/page.ts";
import { readRegisterFilter, readRegisterOrder, writeRegisterFilter } from "#domain/policy/exception/register.ts";
import { getExceptionRegister } from "#server/policy/exception/register-queries.ts";
import { mayPublishRegister } from "#server/policy/exception/published-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";
import { RegisterFilters } from "./register-filters.tsx";
import { RegisterPictures } from "./register-pictures.tsx";
import { RegisterTable } from "./register-table.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Register of exceptions" };

/** Every request that was ever sent: filtered and ordered by its address, as charts, as a table and as a file. */
export default async function RegisterPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const [filter, order] = [readRegisterFilter(query), readRegisterOrder(query)];
  const register = await getExceptionRegister(actor, filter, order, readPageCursor(query));
  if (!register) notFound();
  const { all, found, page, values } = register;
  const mayPublish = await mayPublishRegister(actor);
  const titles = new Map((await listPolicies(actor)).map(({ slug, title }) => [slug, title]));
  const filters = writeRegisterFilter(filter);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Register of exceptions</PageHeading>
          <p className="no-print">
            <Link href="/exceptions/figures">See the figures by quarter, clause and team</Link>
          </p>
          {mayPublish && (
            <p className="no-print">
              <Link href="/exceptions/register/published.csv">
                Save last year’s decisions for publication as a CSV file
              </Link>
              , without anything that identifies anybody
            </p>
          )}
          <RegisterFilters values={values} filter={filter} order={order} titles={titles} />
        </Stack>
        {all > 0 && <RegisterPictures register={register} filter={filter} />}
        <Stack as="section">
          <h2>{found === 1 ? "1 request" : `${found} requests`}</h2>
          {all === 0 ? (
            <p>Nobody has asked for an exception yet. Each request shows here once it is sent.</p>
          ) : found === 0 ? (
            <p>
              No request matches these filters. <Link href="/exceptions/register">Show all {all}</Link>
            </p>
          ) : (
            <>
              <RegisterTable entries={page.rows} order={order} titles={titles} />
              <PageLinks
                label="Pages of the register"
                page={page}
                path="/exceptions/register"
                filters={new URLSearchParams(writeRegisterFilter(filter, order))}
              />
              <p className="no-print">
                <Link href={`/exceptions/register.csv${filters && `?${filters}`}`}>Save these as a CSV file</Link>
              </p>
            </>
          )}
        </Stack>
      </Stack>
    </PortalPage>
  );
}
