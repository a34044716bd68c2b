import type { Metadata } from "next";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readRecordSearch } from "#domain/registers/record/search.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { listOwnRecords, searchRegister } from "#server/registers/record/queries.ts";
import { RecordTable } from "./record-table.tsx";
import { Register } from "./register.tsx";

export const metadata: Metadata = { title: "Captured records" };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** One's own records; for governance officers and auditors first the register of the body, with a search. */
export default async function RecordsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const { search, wrongDays } = readRecordSearch(query);
  const wanted = Number([query["page"] ?? "1"].flat().at(-1));
  const page = Number.isSafeInteger(wanted) && wanted > 0 ? wanted : 1;
  const [own, register] = await Promise.all([listOwnRecords(actor), searchRegister(actor, search, page)]);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>Captured records</PageHeading>
          <p>
            What was said in a chat and matters to the organisation: noted here, kept in an approved system. A decision
            that was reached in a chat belongs here too.
          </p>
          <p className="no-print">
            <ButtonLink href="/records/new">Capture a record</ButtonLink>
          </p>
        </Stack>
        {register && <Register actor={actor} register={register} search={search} wrongDays={wrongDays} />}
        <Stack as="section">
          {register && <h2>Captured by you</h2>}
          <RecordTable
            caption="Records that you captured"
            records={own}
            empty="You have captured nothing yet. When a chat decides something, or somebody may ask for it later, capture it."
          />
        </Stack>
      </Stack>
    </PortalPage>
  );
}
