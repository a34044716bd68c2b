import { answerMoment, GivenOn } from "#app/_portal/given-on.tsx";
import { FormPage } from "#app/_portal/form/form-page.tsx";
import { showPage } from "#app/_portal/form/page.ts";
import { OwnHolds } from "#app/_portal/own-holds.tsx";
import { Banner } from "#app/_ui/banner.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { ChangesInShort } from "../changes/changes-in-short.tsx";
import { EarlierDecline } from "./earlier-decline.tsx";
import { form, page, situationForm } from "./form.tsx";
import { ReadingTime } from "./reading-time.tsx";
import { WaitingSituation } from "./situation.tsx";

const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view: own } = shown;
  const { slug, version, standing, since, reading } = own;
  const asking = reading?.asking;
  const { status, summary, acknowledgement } = version.frontMatter;
  return (
    <FormPage definition={page.definition} shown={shown}>
      <OwnHolds actor={actor} beside={[...summary, acknowledgement].join(" ")} />
      {standing.kind === "accepted" && (
        <Banner title={`You accepted version ${standing.given.version}`}>
          <p>
            That was on <GivenOn {...answerMoment(standing.given)} />. You do not need to do anything.{" "}
            <Link href={`/acknowledgements/${standing.given.reference}`}>See your certificate</Link>
          </p>
        </Banner>
      )}
      {standing.kind === "declined" && (
        <Banner title={`You declined version ${standing.given.version}`}>
          <p>
            That was on <GivenOn {...answerMoment(standing.given)} />. The policy owner has not answered yet. You can
            still accept. <Link href={`/acknowledgements/${standing.given.reference}`}>See what you wrote</Link>
          </p>
        </Banner>
      )}
      {standing.kind === "outstanding" && standing.earlier && <EarlierDecline own={own} earlier={standing.earlier} />}
      {status === "draft" && (
        <Banner tone="warning" title="This is a draft">
          <p>It is not in force. You answer it as a draft, and we ask you again when a version comes into force.</p>
        </Banner>
      )}
      {reading && <ReadingTime reading={reading} />}
      {since && (
        <Stack as="section">
          <ChangesInShort
            changes={since.changes}
            title={`What changed since you ${since.own} version ${since.changes.from.version.version}`}
          />
          <p>
            <Link href={`/policies/${slug}/changes`}>See every change</Link>
          </p>
        </Stack>
      )}
      <Section title="In short">
        <ul>
          {summary.map((point) => (
            <li key={point}>{point}</li>
          ))}
        </ul>
        <p>
          <Link href={`/policies/${slug}`}>Read the whole policy</Link> before you answer.
        </p>
      </Section>
      <Panel title="What you are asked to accept">
        <p className="max-w-text whitespace-pre-line">{acknowledgement.trim()}</p>
      </Panel>
      {asking && (
        <WaitingSituation version={version} asking={asking}>
          {situationForm.show(shown)}
        </WaitingSituation>
      )}
      {asking && standing.kind === "outstanding" && (
        <Section title="If you do not understand it, or cannot agree">
          <p>Say so, without answering the situations.</p>
          {form.show(shown)}
        </Section>
      )}
      {!asking && standing.kind !== "accepted" && (
        <Stack as="section">
          {reading?.passedAt && <h2 id="situations">You have answered the situations correctly</h2>}
          {form.show(shown)}
        </Stack>
      )}
    </FormPage>
  );
});

export { generateMetadata, Page as default };
