import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { Confirmation } from "#app/_ui/confirmation.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CHECK_KIND_WORDS } from "#domain/registers/understanding-check/understanding-check.ts";
import { getUnderstandingCheck } from "#server/registers/understanding-check/queries.ts";
import { requireActor } from "#server/access/identity/session.ts";

type Props = {
  params: Promise<{ reference: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

const DONE = "You have recorded the check";

export async function generateMetadata(props: Props): Promise<Metadata> {
  const page = await readPage(props);
  return { title: page ? (page.isDone ? DONE : `Check ${page.check.reference}`) : "Page not found" };
}

/** One check, and its result. */
export default async function UnderstandingCheckPage(props: Props) {
  const page = await readPage(props);
  if (!page) notFound();
  const { actor, check, isDone } = page;
  const { reference, policy, version } = check;
  return (
    <PortalPage actor={actor}>
      <Stack gap="loose">
        {isDone ? (
          <Confirmation title={DONE} reference={reference}>
            <p>
              Auditors read it too. See <Link href="/checks-held">all checks held</Link>.
            </p>
          </Confirmation>
        ) : (
          <Stack>
            <BackLink href="/checks-held">Checks held</BackLink>
            <PageHeading>Check {reference}</PageHeading>
          </Stack>
        )}
        <SummaryList
          rows={{
            Kind: CHECK_KIND_WORDS[check.kind],
            Policy: (
              <Link href={`/policies/${policy}/versions/${version}`}>
                {policy}, version {version}
              </Link>
            ),
            "Held on": dateInWords(check.heldOn),
            "Held by": <bdi>{check.heldBy}</bdi>,
            "Who took part": <bdi>{check.takenBy}</bdi>,
            Result: <UserText>{check.result}</UserText>,
            "What will be done about it": check.actions ? <UserText>{check.actions}</UserText> : "Nothing",
            "Recorded by": check.person.id === actor.personId ? "You" : check.person.name,
            "Recorded on": <Moment at={check.recordedAt} />,
          }}
        />
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ params, searchParams }: Props) => {
  const actor = await requireActor();
  const check = await getUnderstandingCheck(actor, (await params).reference);
  if (!check) return null;
  return { actor, check, isDone: Boolean((await searchParams).done) && check.person.id === actor.personId };
});
