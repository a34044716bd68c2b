import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import type { OwnStanding } from "#server/policy/acknowledgement/queries.ts";

/** On the page of a policy of the reader's own body: whether they have answered it, with a link. */
export function OwnAnswer({ own }: { own: OwnStanding }) {
  return (
    <section aria-labelledby="your-answer" className="no-print">
      <Panel title={<span id="your-answer">Your answer</span>}>
        <OwnAnswerWords own={own} />
      </Panel>
    </section>
  );
}

function OwnAnswerWords({ own: { slug, standing, due, lastAnswered: since } }: { own: OwnStanding }) {
  const answerLink = `/policies/${slug}/acknowledge`;
  switch (standing.kind) {
    case "accepted":
      return (
        <p>
          You accepted version {standing.given.version} on <GivenOn {...answerMoment(standing.given)} />.{" "}
          <Link href={`/acknowledgements/${standing.given.reference}`}>See your certificate</Link>
        </p>
      );
    case "declined":
      return (
        <p>
          You declined version {standing.given.version} on <GivenOn {...answerMoment(standing.given)} />. The policy
          owner has not answered yet. <Link href={answerLink}>Accept it after all</Link>
        </p>
      );
    case "outstanding":
      return (
        <p>
          {standing.earlier
            ? "You declined, and the policy owner has answered you."
            : since === null
              ? "You have not answered this version yet."
              : `You ${since.answer} version ${since.version}. You are asked to answer this one.`}{" "}
          {due === null ? "You are not asked to answer it." : `Answer by ${dateInWords(due)}.`}{" "}
          <Link href={answerLink}>Accept or decline</Link>
          {since !== null && (
            <>
              {" "}
              · <Link href={`/policies/${slug}/changes`}>See what changed</Link>
            </>
          )}
        </p>
      );
  }
}
