import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readRegisterFilter } from "#domain/policy/exception/register.ts";
import { mayPublishRegister } from "#server/policy/exception/figures-queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { RegisterPictures } from "./register-pictures.tsx";
import { exceptions } from "./register.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const metadata: Metadata = { title: "Register of exceptions" };

/** Every request that was ever sent: filtered and ordered by its address, as charts, as a table and as a file. */
export default async function RegisterPage({ searchParams }: Props) {
  const actor = await requireActor();
  const register = await exceptions.read(actor, await searchParams);
  if (!register) notFound();
  const { found, asked } = register;
  const mayPublish = await mayPublishRegister(actor);
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
        </Stack>
        {found.all > 0 && <RegisterPictures register={found} filter={readRegisterFilter(asked)} />}
        <Stack as="section">
          <h2>{found.found === 1 ? "1 request" : `${found.found} requests`}</h2>
          {exceptions.show(register)}
        </Stack>
      </Stack>
    </PortalPage>
  );
}
