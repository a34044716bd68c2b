import { boxes, choice, current, text } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, formsPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import {
  GONE_REASONS,
  SEARCH_ANSWERS,
  SEARCH_STATEMENT,
} from "#domain/registers/information-request/search-request.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getOwnSearch } from "#server/registers/information-request/queries.ts";
import { answerSearch } from "#server/registers/information-request/search-service.ts";
import { UP_TO_TEXT } from "../../../request-fields.tsx";
import { What } from "../../../request-parts.tsx";

/** A search that the reader was asked for. */
const page = definePage({
  path: "/requests/[reference]/searches/[search]",
  reference: "REQ",
  read: ({ actor, params }) => getOwnSearch(actor, params.reference, params.search),
  heading: "What did you find?",
  title: ({ view }) => `Search for ${view.request.reference}`,
  kicker: ({ view }) => view.request.reference,
  back: { href: "/requests", label: "Information requests" },
});

/** What came of it, how long it took, and a statement. */
const form = defineForm(page, {
  fields: {
    seen: current(),
    answer: choice("What came of it?", SEARCH_ANSWERS),
    gone: choice("If it is no longer held: why?", GONE_REASONS, "Leave this out for the other answers."),
    words: text("Where and how did you look, and what did you find?", {
      hint: `Name the chats and devices, the words you looked for, and where what you found is now. ${UP_TO_TEXT}`,
      lines: 5,
    }),
    minutes: text("How many minutes did it take?", { inputMode: "numeric", width: "half" }),
    statement: boxes("Your statement", { yes: SEARCH_STATEMENT }),
  },
  stored({ view: { answers } }) {
    const last = answers.at(-1);
    return { seen: answers.length, ...(last && { ...last, statement: [] }) };
  },
  button: ({ view }) => (view.answers.length > 0 ? "Correct your answer" : "Send your answer"),
  submit: ({ actor, params, values: { seen, statement, ...draft } }) =>
    answerSearch(actor, params.reference, {
      position: Number(params.search),
      seen: Number(seen),
      draft: { ...draft, isConfirmed: statement.includes("yes") },
    }),
  done: (_result, { path }) => `${path}?done=1`,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => {
  const { answers, answerBy, endedAt, endReason, request, askedAt, person } = shown.view;
  const isOwn = person.id === shown.actor.personId;
  const { reference, state } = request;
  const last = answers.at(-1);
  const isOpen = endedAt === null && (state === "open" || state === "paused");
  return (
    <>
      {last && (
        <Banner title={isOwn ? "You have answered" : "It was answered"}>
          <p>
            On <Moment at={last.answeredAt} />. You can correct it until the request is closed.
            {last.answer === "found" && (
              <>
                {" "}
                Now <Link href={`/records/new?request=${reference}`}>capture what you found as a record</Link>.
              </>
            )}
          </p>
        </Banner>
      )}
      <PageSection title="What you are asked to look for">
        {!isOwn && (
          <p>
            <bdi>{person.name}</bdi> was asked and is not there. Look in what they left with you or with the body, and
            say what you could not look at.
          </p>
        )}
        <What what={shown.view} />
        <p>
          Asked on <Moment at={askedAt} />. Please answer by {dateInWords(answerBy)}. Delete nothing that it may be
          about.
        </p>
      </PageSection>
      {isOpen ? form.show(shown) : <p>Nobody has to answer this any more. {endReason}</p>}
    </>
  );
});
