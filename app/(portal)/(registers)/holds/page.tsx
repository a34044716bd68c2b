import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { ButtonLink, Link, PageSection } from "#app/_ui/layout.tsx";
import { ListedText, Tag } from "#app/_ui/content.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { HOLD_REASONS, lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { listOwnHoldHistory, type OwnHold } from "#server/registers/hold/queries.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { holdRegister } from "./register.tsx";

/** What the reader must not delete; for governance officers and auditors also all holds of the body. */
const page = definePage({
  path: "/holds",
  read: ({ actor, query }) =>
    together({ own: listOwnHoldHistory(actor), all: holdRegister.read(actor, query), body: getOwnBody(actor) }),
  heading: "Holds",
  gap: "section",
  intro: ({ actor, view: { body } }) => (
    <>
      <p className="text-lead">A hold stops every deletion of what it names, until a governance officer ends it.</p>
      <p>{lawOnDeleting({ nation: body?.nation ?? "uk" })}</p>
      {can(actor, "hold.place", actor) && (
        <p>
          <ButtonLink href="/holds/new">Place a hold</ButtonLink>
        </p>
      )}
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { own, all } }) => {
  const standing = own.filter(({ endedAt }) => endedAt === null);
  const ended = own.filter(({ endedAt }) => endedAt !== null);
  return (
    <>
      <PageSection title="What you must not delete">
        {standing.length === 0 ? (
          <p>
            No hold concerns you now. If you hear of a request, an inquiry or a complaint, delete nothing about it, and
            tell the governance officer.
          </p>
        ) : (
          <OwnHolds holds={standing} />
        )}
      </PageSection>
      {ended.length > 0 && (
        <PageSection title="Holds that have ended">
          <OwnHolds holds={ended} />
        </PageSection>
      )}
      {all && <PageSection title="All holds of the body">{holdRegister.show(all)}</PageSection>}
    </>
  );
});
export { generateMetadata, Page as default };

const OwnHolds = ({ holds: own }: { holds: readonly OwnHold[] }) => (
  <ul role="list" className="list-none border-t border-line">
    {own.map(({ reference, reason, keep, placedAt, endedAt, confirmedAt }) => (
      <li key={reference} className="space-y-1.5 border-b border-line py-3">
        <ListedText>{keep}</ListedText>
        <p className="text-small text-soft">
          <Link href={`/holds/${reference}`} className="whitespace-nowrap">
            {reference}
          </Link>{" "}
          · {HOLD_REASONS[reason]} · since <Moment at={placedAt} />
          {endedAt && [" · ended ", <Moment key="ended" at={endedAt} />]}
        </p>
        {!endedAt && (
          <p>
            <Tag tone={confirmedAt ? "good" : "warning"}>
              {confirmedAt ? "You confirmed it" : "Waiting for you to confirm"}
            </Tag>
          </p>
        )}
      </li>
    ))}
  </ul>
);
