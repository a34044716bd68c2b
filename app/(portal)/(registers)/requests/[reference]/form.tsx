import { choice, current, date, revision, select, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage, type Shown } from "#app/_portal/form/form.tsx";
import { NotReached } from "#app/_portal/not-reached.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Button, ButtonLink, Cluster, Disclosure, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import {
  OUTCOMES,
  PAUSE_REASONS,
  REQUEST_STATES,
  type RequestMove,
} from "#domain/registers/information-request/information-request.ts";
import { can } from "#domain/access/permission/permission.ts";
import {
  getInformationRequest,
  type RequestFile,
  type RequestView,
} from "#server/registers/information-request/queries.ts";
import { takeSearchBack } from "#server/registers/information-request/search-service.ts";
import * as service from "#server/registers/information-request/service.ts";
import * as parts from "../request-parts.tsx";

/** One request: for who handles it and auditors all of it, for who complains what came of their complaint. */
const page = definePage({
  path: "/requests/[reference]",
  reference: "REQ",
  read: ({ actor, params }) => getInformationRequest(actor, params.reference),
  gap: "section",
  back: { href: "/requests", label: "Information requests" },
  heading: ({ view: { reference, kind } }) => `${kind === "complaint" ? "Complaint" : "Request"} ${reference}`,
});

const seen = revision();
const quiet = (words: string) => <Button look="quiet">{words}</Button>;

const passOnForm = defineForm(page, {
  do: "pass-on",
  fields: { seen, to: select("Who handles it?") },
  stored: ({ view, actor }) => ({ seen: view.revision, to: view.file?.handler?.id ?? actor.personId }),
  body({ view, actor, field }) {
    const others = (view.file?.others ?? []).map(({ id, name }) => [id, name] as const);
    return field("to", { options: Object.fromEntries([[actor.personId, "Me"] as const, ...others]) });
  },
  button: quiet("Save who handles it"),
  submit: ({ actor, params, values }) => service.passRequestOn(actor, params.reference, values),
});

const dayForm = defineForm(page, {
  do: "set-day",
  fields: {
    seen,
    dueOn: date("Another last day", "the last day", "An extension, or a day that a regulator or a court gave."),
    dayReason: text("Why, and which rule allows it?", { lines: 2 }),
  },
  stored: ({ view: { revision: seen, dueOn } }) => ({ seen, dueOn }),
  button: quiet("Set the day"),
  submit: ({ actor, params, values: { dayReason, ...sent } }) =>
    service.setRequestDay(actor, params.reference, { ...sent, reason: dayReason }),
});

const pauseForm = defineForm(page, {
  do: "pause",
  fields: {
    seen,
    why: choice("Why does the clock stop?", PAUSE_REASONS),
    words: text("In your words (optional)", { lines: 2 }),
    from: date("Since when?", "the day", "The day you asked. It still counts; the days after it do not."),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: quiet("Stop the clock"),
  submit: ({ actor, params, values }) => service.pauseRequest(actor, params.reference, values),
});

const resumeForm = defineForm(page, {
  do: "resume",
  fields: { seen, until: date("When did the answer come?", "the day", "The clock goes on the day after.") },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Let the clock go on",
  submit: ({ actor, params, values }) => service.resumeRequest(actor, params.reference, values),
});

const acknowledgeForm = defineForm(page, {
  do: "acknowledge",
  fields: {
    seen,
    acknowledgedOn: date("When was it acknowledged?", "the day", "An employee is told here, somebody outside by you."),
    outcomeBy: date("By when do they hear what came of it?", "the day", "Without undue delay. They are told this day."),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Record the acknowledgement",
  submit: ({ actor, params, values: { acknowledgedOn, outcomeBy, seen } }) =>
    service.acknowledgeComplaint(actor, params.reference, { seen, on: acknowledgedOn, dueOn: outcomeBy }),
});

const takeBackForm = defineForm(page, {
  do: "take-back",
  fields: { position: current(), endReason: text("Why does nobody have to answer it?", { lines: 2 }) },
  submit: ({ actor, params, values: { position, endReason } }) =>
    takeSearchBack(actor, params.reference, { position: Number(position), reason: endReason }),
});

const closeRequestForm = defineForm(page, {
  do: "close",
  fields: {
    seen,
    state: choice("How did it end?", {
      [OUTCOMES[0]]: REQUEST_STATES.answered,
      [OUTCOMES[1]]: { label: REQUEST_STATES.refused, hint: "Also where it would cost too much." },
      [OUTCOMES[2]]: { label: REQUEST_STATES.withdrawn, hint: "Also where no clarification came." },
    }),
    closedOn: date("On which day?", "the day"),
    outcome: text("What came of it?", { hint: "An employee who complained reads this.", lines: 4 }),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: "Close the request",
  submit: ({ actor, params, values: { closedOn, outcome, seen, state } }) =>
    service.closeRequest(actor, params.reference, { seen, state, on: closedOn, words: outcome }),
});

const reopenForm = defineForm(page, {
  do: "reopen",
  fields: {
    seen,
    reopenReason: text("Why do you reopen it?", { hint: "A review of the answer, for example.", lines: 2 }),
  },
  stored: ({ view }) => ({ seen: view.revision }),
  button: quiet("Reopen the request"),
  submit: ({ actor, params, values: { seen, reopenReason } }) =>
    service.reopenRequest(actor, params.reference, { seen, reason: reopenReason }),
});

type ShownRequest = Shown<RequestView, "/requests/[reference]">;

export const { generateMetadata, Page, GET, POST } = formsPage(
  page,
  [passOnForm, dayForm, pauseForm, resumeForm, acknowledgeForm, takeBackForm, closeRequestForm, reopenForm],
  (shown) => {
    const { file } = shown.view;
    return (
      file && (
        <>
          <Searches shown={shown} file={file} />
          {file.moves.length > 0 && <Moves shown={shown} file={file} />}
          <Disclosure summary="History">
            <parts.RequestHistory history={file.history} />
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
        <parts.RequestFacts request={request} />
        {file && (
          <>
            <parts.RequestPauses pauses={file.pauses} />
            <LinkLine href={`/requests/${reference}/report`}>What was searched, to print</LinkLine>
          </>
        )}
      </>
    );
  },
);

/** The hold, who was asked to search, and what was found. */
function Searches({ shown, file }: { shown: ShownRequest; file: RequestFile }) {
  const { reference } = shown.view;
  const { moves, searches, hold } = file;
  const waiting = searches.filter(({ answers, endedAt }) => answers.length === 0 && endedAt === null);
  const mayHold = moves.includes("hold") && (!hold || hold.endedAt) && can(shown.actor, "hold.place", shown.actor);
  return (
    <PageSection title="What was searched">
      <parts.RequestHold request={shown.view} file={file} />
      <parts.SearchTable searches={searches} />
      <parts.SearchHours file={file} />
      <h3>Records captured for it</h3>
      <parts.RequestRecords records={file.records} />
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
    </PageSection>
  );
}

/** What who handles it can do now; open where something has to be corrected. */
function Moves({ shown, file: { moves } }: { shown: ShownRequest; file: RequestFile }) {
  const { reference } = shown.view;
  const forms: [RequestMove, string, React.ReactNode][] = [
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
    <PageSection title="What to do with it">
      {forms.map(
        ([move, summary, form]) =>
          moves.includes(move) && (
            <Disclosure key={move} summary={summary} open={isOpen === move} onPaper={false}>
              {form}
            </Disclosure>
          ),
      )}
      {moves.includes("correct") && (
        <LinkLine href={`/requests/${reference}/correct`}>Correct what was entered</LinkLine>
      )}
    </PageSection>
  );
}
