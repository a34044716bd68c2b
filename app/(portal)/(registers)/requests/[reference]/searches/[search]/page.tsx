import { framedPage } from "#app/_portal/form/form-page.tsx";
import { Moment } from "#app/_portal/moment.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { What } from "../../../request-parts.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { answers, answerBy, endedAt, endReason, request, askedAt } = shown.view;
  const { reference, state } = request;
  const last = answers.at(-1);
  const isOpen = endedAt === null && (state === "open" || state === "paused");
  return (
    <>
      {last && (
        <Banner title="You have answered">
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
      <Section title="What you are asked to look for">
        <What what={shown.view} />
        <p>
          Asked on <Moment at={askedAt} />. Please answer by {dateInWords(answerBy)}. Delete nothing that it may be
          about.
        </p>
      </Section>
      {isOpen ? form.show(shown) : <p>Nobody has to answer this any more. {endReason}</p>}
    </>
  );
});

export { generateMetadata, Page as default };
