import type { Metadata } from "next";
import { ListSearch, NOTHING_FOUND } from "#app/_portal/list-search.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { PageLinks } from "#app/_portal/page-links.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { DataTable } from "#app/_ui/data-table.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { readPageCursor, readSearchText, type ListPage } from "#domain/base/list/page.ts";
import { HOLD_REASONS, lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { getHoldRegister, listOwnHoldHistory, type HoldEntry, type OwnHold } from "#server/registers/hold/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";

const HEADING = "Holds";
export const metadata: Metadata = { title: HEADING };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

/** What the reader must not delete; for governance officers and auditors also all holds of the body. */
export default async function HoldsPage({ searchParams }: Props) {
  const actor = await requireActor();
  const query = await searchParams;
  const text = readSearchText(query);
  const [own, all, body] = await Promise.all([
    listOwnHoldHistory(actor),
    getHoldRegister(actor, { text, cursor: readPageCursor(query) }),
    getOwnBody(actor),
  ]);
  const standing = own.filter(({ endedAt }) => endedAt === null);
  const ended = own.filter(({ endedAt }) => endedAt !== null);
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <PageHeading>{HEADING}</PageHeading>
          <p className="text-lead">A hold stops every deletion of what it names, until a governance officer ends it.</p>
          <p>{lawOnDeleting({ nation: body?.nation ?? "uk" })}</p>
          {can(actor, "hold.place", actor) && (
            <p>
              <ButtonLink href="/holds/new">Place a hold</ButtonLink>
            </p>
          )}
        </Stack>
        <Stack as="section">
          <h2>What you must not delete</h2>
          {standing.length === 0 ? (
            <p>
              No hold concerns you now. If you hear of a request, an inquiry or a complaint, delete nothing about it,
              and tell the governance officer.
            </p>
          ) : (
            <OwnHolds holds={standing} />
          )}
        </Stack>
        {ended.length > 0 && (
          <Stack as="section">
            <h2>Holds that have ended</h2>
            <OwnHolds holds={ended} />
          </Stack>
        )}
        {all && (
          <Stack as="section">
            <h2>All holds of the body</h2>
            <ListSearch path="/holds" label="Reference or what to keep" text={text} page={all} />
            <Register holds={all} isFiltered={text !== ""} />
            <PageLinks label="Pages of all holds" page={all} path="/holds" filters={text ? [["q", text]] : []} />
          </Stack>
        )}
      </Stack>
    </PortalPage>
  );
}

function OwnHolds({ holds }: { holds: readonly OwnHold[] }) {
  return (
    <ul role="list" className="list-none border-t border-line">
      {holds.map(({ reference, reason, keep, placedAt, endedAt, confirmedAt }) => (
        <li key={reference} className="space-y-1.5 border-b border-line py-3">
          <UserText>{keep}</UserText>
          <p className="text-small text-soft">
            <Link href={`/holds/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>{" "}
            · {HOLD_REASONS[reason]} · since <Moment at={placedAt} />
            {endedAt && (
              <>
                {" "}
                · ended <Moment at={endedAt} />
              </>
            )}
          </p>
          {!endedAt && (
            <p>
              {confirmedAt ? (
                <Tag tone="good">You confirmed it</Tag>
              ) : (
                <Tag tone="warning">Waiting for you to confirm</Tag>
              )}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Register({ holds, isFiltered }: { holds: ListPage<HoldEntry>; isFiltered: boolean }) {
  return (
    <DataTable
      caption="All holds, newest first"
      captionHidden
      columns={{
        Reference: (hold) => (
          <Link href={`/holds/${hold.reference}`} className="whitespace-nowrap">
            {hold.reference}
          </Link>
        ),
        Why: (hold) => HOLD_REASONS[hold.reason],
        On: (hold) => onWhat(hold),
        Placed: (hold) => <Moment at={hold.placedAt} />,
        Ended: (hold) => (hold.endedAt ? <Moment at={hold.endedAt} /> : "In force"),
        Confirmed: { numeric: true, cell: (hold) => `${hold.confirmed} of ${hold.concerned}` },
      }}
      rows={holds.rows}
      empty={
        isFiltered
          ? NOTHING_FOUND
          : "No holds have been placed. Place one as soon as a request, an inquiry or a complaint comes in."
      }
    />
  );
}

function onWhat({ isOnSubject, groups, people }: HoldEntry): string {
  const count = (number: number, one: string, many: string) => (number === 1 ? `1 ${one}` : `${number} ${many}`);
  return [
    ...(isOnSubject ? ["A subject: everybody"] : []),
    ...(groups > 0 ? [count(groups, "group", "groups")] : []),
    ...(people > 0 ? [count(people, "person", "people")] : []),
  ].join(", ");
}
