import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getContentFaults } from "#server/policy/policy/fault-queries.ts";

export const metadata: Metadata = { title: "Policy files" };

/** For those who edit the policy files: what could not be loaded from the last edit, and what to do. */
export default async function ContentPage() {
  const actor = await requireActor();
  const found = await getContentFaults(actor);
  if (!found) notFound();
  const { faults, readAt } = found;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="loose">
        <PageHeading>Policy files</PageHeading>
        <p>
          Last read on <Moment at={readAt} />. A saved edit takes effect within seconds.
        </p>
        {faults.length === 0 ? (
          <p>Everything is in order. Staff see what the files say.</p>
        ) : (
          <>
            <p>
              Because of these faults, the last edit has no effect. Staff still see the earlier content. Correct the
              files and save them; nothing else is needed.
            </p>
            <DataTable
              caption="Faults"
              captionHidden
              columns={{
                File: ({ file, rule }) => (rule === null ? file : `${file}, rule ${rule}`),
                "What is wrong": ({ message }) => message,
              }}
              rows={faults}
            />
          </>
        )}
      </Stack>
    </PortalPage>
  );
}
