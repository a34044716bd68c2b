import { framedPage } from "#app/_portal/form/form-page.tsx";
import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { PaperPage } from "#server/policy/acknowledgement/queries.ts";
import { form, page } from "./form.tsx";
import { Recordings } from "./recordings.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { view, query } = shown;
  const { standing, recordings, person, slug } = view;
  const done = recordings.find(({ reference }) => reference === query["done"]);
  return (
    <>
      {done && (
        <Banner title={done.withdrawn ? "The recording is withdrawn" : `It is recorded as ${done.reference}`}>
          <p>{person.name} is told.</p>
        </Banner>
      )}
      <Standing view={view} />
      {standing.kind !== "accepted" && !person.hasLeft && (
        <Stack as="section">
          <h2>Record an answer</h2>
          <p>
            Record what is on a paper that they signed. They are told that you recorded it. Situations that are asked in
            the portal before somebody accepts are not asked on paper, and their certificate says so.
          </p>
          {form.show(shown)}
        </Stack>
      )}
      <Recordings recordings={recordings} personId={person.id} slug={slug} />
    </>
  );
});

export { generateMetadata, Page as default };

function Standing({ view: { standing, person } }: { view: PaperPage }) {
  if (person.hasLeft) return <p>{person.name} has left. Nothing can be recorded for them any more.</p>;
  if (standing.kind === "outstanding")
    return <p>{standing.earlier ? "They declined, and have had a reply." : "They have not answered it yet."}</p>;
  const { answer, version } = standing.given;
  return (
    <p>
      {person.name} {answer} version {version} on <GivenOn {...answerMoment(standing.given)} />.{" "}
      {answer === "accepted"
        ? "An acceptance is final for its version."
        : "Nobody has replied yet. They can still accept."}
    </p>
  );
}
