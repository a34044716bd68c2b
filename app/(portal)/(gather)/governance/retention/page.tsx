import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { requireActor } from "#server/access/identity/session.ts";
import { getRetention, type RetentionView } from "#server/gather/retention/queries.ts";

export const metadata: Metadata = { title: "How long things are kept" };

/** The retention rules, and what was deleted recently. For governance officers, auditors and administrators. */
export default async function RetentionPage() {
  const actor = await requireActor();
  const retention = await getRetention(actor);
  if (!retention) notFound();
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>How long things are kept</PageHeading>
          <p>
            The portal applies these rules every night. Each time, the evidence records what was deleted and how much.
            The rules are in the file <code>retention.yaml</code> of the policy files.
          </p>
        </Stack>
        {retention.holds.count > 0 && <HoldBanner holds={retention.holds} />}
        <DataTable
          caption="What is kept, and how long"
          columns={[
            { key: "title", label: "What" },
            { key: "keep", label: "How long" },
            { key: "because", label: "Why" },
            { key: "then", label: "What happens to it" },
          ]}
          rows={retention.kinds.map(({ kind, title, after, then, rule }) => ({
            key: kind,
            cells: {
              title,
              keep: keepInWords(rule?.keep ?? null, after),
              because: rule?.because ?? "Nobody has set a time.",
              then,
            },
          }))}
        />
        <p>
          Captured records are kept as long as their retention class says, and deleted when a governance officer decides
          so. What somebody typed into a form that was refused is deleted after a day; notes on what timed work did,
          after 30 days.
        </p>
        <DataTable
          caption="What was deleted recently"
          columns={[
            { key: "title", label: "What" },
            { key: "count", label: "How many", numeric: true },
            { key: "at", label: "When" },
            { key: "row", label: "Row of the evidence", numeric: true },
          ]}
          rows={retention.done.map(({ at, position, title, count }) => ({
            key: String(position),
            cells: { title, count: count.toLocaleString("en-GB"), at: <Moment at={at} />, row: position },
          }))}
          empty="Nothing has been deleted yet: nothing is old enough."
        />
      </Stack>
    </PortalPage>
  );
}

function keepInWords(keep: string | null, after: string): string {
  return keep === null || keep === "for good" ? "For good" : `${keep} after ${after}`;
}

function HoldBanner({ holds: { count, isEverything } }: { holds: RetentionView["holds"] }) {
  return (
    <Banner tone="warning" title={count === 1 ? "One hold is in force" : `${count} holds are in force`}>
      <p>
        {isEverything
          ? "One of them concerns everybody, so nothing is deleted and no name is replaced until it ends."
          : "Nothing that they concern is deleted, and the names of the people they concern stay, until they end."}
      </p>
    </Banner>
  );
}
