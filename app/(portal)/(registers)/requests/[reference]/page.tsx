import type { ReactNode } from "react";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import type { Shown } from "#app/_portal/form/page.ts";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { can } from "#domain/access/permission/permission.ts";
import type { RequestMove } from "#domain/registers/information-request/information-request.ts";
import type { RequestFile, RequestView } from "#server/registers/information-request/queries.ts";
import {
  RequestFacts,
  RequestHistory,
  RequestHold,
  RequestPauses,
  RequestRecords,
  SearchHours,
  SearchTable,
} from "../request-parts.tsx";
import {
  acknowledgeForm,
  takeBackForm,
  closeRequestForm,
  dayForm,
  page,
  passOnForm,
  pauseForm,
  reopenForm,
  resumeForm,
} from "./form.tsx";

type ShownRequest = Shown<RequestView, "/requests/[reference]">;

const { generateMetadata, Page } = framedPage(
  page,
  (shown) => {
    const { file } = shown.view;
    return (
      file && (
        <>
          <Searches shown={shown} file={file} />
          {file.moves.length > 0 && <Moves shown={shown} file={file} />}
          <Disclosure summary="History">
            <RequestHistory history={file.history} />
          </Disclosure>
        </>
      )
    );
  },
  ({ actor, query, view: request }) => {
    const { reference, isOwn, file, handlers } = request;
    return (
      <>
        {isOwn && query["done"] && (
          <Banner title="Your complaint was received">
            <p>
              {handlers > 0
                ? "Those who handle complaints were told. You hear when it is acknowledged, and what came of it."
                : "Nobody in the portal handles complaints at present. Send it to your data protection officer too."}
            </p>
          </Banner>
        )}
        {file && <NotReached actor={actor} href={`/requests/${reference}`} />}
        <RequestFacts request={request} />
        {file && (
          <>
            <RequestPauses pauses={file.pauses} />
            <p>
              <Link href={`/requests/${reference}/report`}>What was searched, to print</Link>
            </p>
          </>
        )}
      </>
    );
  },
);
export { generateMetadata, Page as default };

/** The hold, who was asked to search, and what was found. */
function Searches({ shown, file }: { shown: ShownRequest; file: RequestFile }) {
  const { reference } = shown.view;
  const { moves, searches, hold } = file;
  const waiting = searches.filter(({ answers, endedAt }) => answers.length === 0 && endedAt === null);
  const mayHold = moves.includes("hold") && (!hold || hold.endedAt) && can(shown.actor, "hold.place", shown.actor);
  return (
    <Section title="What was searched">
      <RequestHold request={shown.view} file={file} />
      <SearchTable searches={searches} />
      <SearchHours file={file} />
      <h3>Records captured for it</h3>
      <RequestRecords records={file.records} />
      <Cluster>
        {moves.includes("search") && (
          <ButtonLink href={`/requests/${reference}/searches/new`}>Ask people to search</ButtonLink>
        )}
        {mayHold && (
          <ButtonLink look="quiet" href={`/requests/${reference}/hold`}>
            Place a hold
          </ButtonLink>
        )}
      </Cluster>
      {moves.includes("search") &&
        waiting.map(({ position, person }) => (
          <Disclosure key={position} summary={`Take the search of ${person.name} back`} onPaper={false}>
            {takeBackForm.show(shown, { stored: { position }, button: "Take it back" })}
          </Disclosure>
        ))}
    </Section>
  );
}

/** What who handles it can do now; open where something has to be corrected. */
function Moves({ shown, file: { moves } }: { shown: ShownRequest; file: RequestFile }) {
  const { reference } = shown.view;
  const forms: [RequestMove, string, ReactNode][] = [
    ["acknowledge", "Record that it was acknowledged", acknowledgeForm.show(shown)],
    ["resume", "Let the clock go on", resumeForm.show(shown)],
    ["pause", "Stop the clock", pauseForm.show(shown)],
    ["set-day", "Set another last day", dayForm.show(shown)],
    ["pass-on", "Pass it on", passOnForm.show(shown)],
    ["close", "Close it", closeRequestForm.show(shown)],
    ["reopen", "Reopen it", reopenForm.show(shown)],
  ];
  const isOpen = shown.formState.value("do");
  return (
    <Section title="What to do with it">
      {forms.map(
        ([move, summary, form]) =>
          moves.includes(move) && (
            <Disclosure key={move} summary={summary} open={isOpen === move} onPaper={false}>
              {form}
            </Disclosure>
          ),
      )}
      {moves.includes("correct") && (
        <p>
          <Link href={`/requests/${reference}/correct`}>Correct what was entered</Link>
        </p>
      )}
    </Section>
  );
}
