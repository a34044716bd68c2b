import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Moment } from "#app/_portal/moment.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { PrintButton } from "#app/_portal/print-button.tsx";
import { readOnce } from "#app/_portal/read-once.ts";
import { BackLink } from "#app/_ui/back-link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { calendarDay } from "#domain/base/calendar/calendar.ts";
import { requireActor } from "#server/access/identity/session.ts";
import { clock } from "#server/base/clock.ts";
import { getInformationRequest } from "#server/registers/information-request/queries.ts";
import {
  RequestFacts,
  RequestHistory,
  RequestHold,
  RequestPauses,
  RequestRecords,
  SearchHours,
  SearchTable,
} from "../../request-parts.tsx";

type Props = { params: Promise<{ reference: string }> };

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { request } = await readPage(props);
  return { title: request?.file ? `What was searched for ${request.reference}` : "Page not found" };
}

/** Everything that a requester or a commissioner asks about a search, on one page to print. */
export default async function SearchReportPage(props: Props) {
  const { actor, request } = await readPage(props);
  if (!request?.file) notFound();
  const { reference, body, file } = request;
  return (
    <PortalPage actor={actor}>
      <Stack gap="section">
        <Stack>
          <BackLink href={`/requests/${reference}`}>Request {reference}</BackLink>
          <PageHeading kicker={body.name}>What was searched for {reference}</PageHeading>
          <p>
            Made on <Moment at={clock.now()} /> by {actor.name}. Confidential.
          </p>
          <PrintButton />
        </Stack>
        <Section title="1 The request and its clock">
          <RequestFacts request={request} today={calendarDay(clock.now())} />
          <RequestPauses pauses={file.pauses} />
        </Section>
        <Section title="2 Who was asked, for what, and what they answered">
          <SearchTable searches={file.searches} />
          <SearchHours file={file} />
        </Section>
        <Section title="3 The hold">
          <RequestHold request={request} file={file} />
        </Section>
        <Section title="4 Records captured">
          <RequestRecords records={file.records} />
        </Section>
        <Section title="5 What was done, and when">
          <RequestHistory history={file.history} />
        </Section>
        <Section title="6 Evidence">
          <p>
            Each of these steps is a row of evidence. Its chain stands here now; note it, and anybody can check later
            that nothing before it was changed.
          </p>
          <p className="wrap-anywhere">
            {file.head ?? "A governance officer or an auditor can add where the chain stands."}
          </p>
        </Section>
      </Stack>
    </PortalPage>
  );
}

const readPage = readOnce(async ({ params }: Props) => {
  const actor = await requireActor();
  return { actor, request: await getInformationRequest(actor, (await params).reference) };
});
