import { ClauseLinks } from "#app/(portal)/(policy)/_policy-text/clause-links.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { VersionPills } from "#app/_portal/version-pills.tsx";
import type { OwnWords } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { decisionMap, wayThrough, type DecisionMap, type MapBranch } from "#domain/policy/decision/decision-map.ts";
import { readWizardQuery, writeQuery } from "#domain/policy/decision/wizard.ts";
import { questionFor, answerWords, inOneSentence } from "#domain/policy/policy/wording.ts";
import { getDecidingTable } from "#server/answers/known-answer/queries.ts";
import { getShownVersion } from "#server/policy/policy/outcome-queries.ts";
import { outcomeAddress, mapAddress } from "../version-address.ts";
import { versionPage } from "../version-page.ts";
import { MapDrawing, type Way } from "./map-drawing.tsx";
import { Tag } from "#app/_ui/content.tsx";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

const page = versionPage({
  path: "/policies/[slug]/map",
  async read({ actor, params, query }) {
    const shown = await getShownVersion(actor, params.slug, query);
    if (!shown) return null;
    const { table, continuity, activity } = await getDecidingTable(actor, shown.policy);
    const leftOut = continuity && !activity ? continuity : null;
    return { ...shown, table, leftOut, answers: readWizardQuery(table, query).answers };
  },
  heading: "Map of the questions",
  intro: ({
    view: {
      policy: { version },
      table,
      leftOut,
    },
  }) => (
    <>
      <p>
        The questions of the check, and where each answer leads. A question is asked only where it can still change the
        answer.
      </p>
      {version.table.facts.length > table.facts.length && (
        <p className="text-small text-soft">You are not asked for an approved exception: the portal looks it up.</p>
      )}
      {leftOut && (
        <p className="text-small text-soft">
          {`“${answerWords(questionFor(version, leftOut.fact), leftOut.answer).label}” is left out: it is offered only while one is declared.`}
        </p>
      )}
      <LinkLine href={outcomeAddress(version)} onPaper={false}>
        See every outcome in one table
      </LinkLine>
    </>
  ),
});

/** The questions of the check, as the reader is asked them, and where each answer leads. */
const { generateMetadata, Page } = framedPage(page, ({ view: { policy, versions, table, answers } }) => {
  const { version } = policy;
  const own = { ...version, table };
  const map = decisionMap(table);
  const taken = map && wayThrough(map, answers);
  const way = {
    questions: new Set(taken?.steps.map(({ question }) => question)),
    branches: new Set(taken?.steps.map(({ branch }) => branch)),
  };
  return (
    <>
      <VersionPills versions={versions} shown={version} addressOf={mapAddress} />
      {taken && taken.steps.length > 0 && (
        <YourWay
          taken={taken}
          words={version.words}
          backHref={policy.current === version.version ? `/check?${writeQuery(version.slug, answers)}` : null}
        />
      )}
      {map?.settled && (
        <p>
          There is nothing to ask. The answer is always{" "}
          <VerdictWord verdict={map.settled.verdict} words={version.words} />.
        </p>
      )}
      {!map && (
        <p>
          There are too many questions to draw. <Link href={outcomeAddress(version)}>See every outcome</Link> instead.
        </p>
      )}
      {map && map.questions.length > 0 && (
        <>
          <MapDrawing
            version={own}
            map={map}
            way={way}
            label={`Map of ${map.questions.length} questions. The list “In words” below says the same.`}
          />
          <PageSection title="In words" id="in-words">
            <MapOutline version={own} map={map} way={way} />
          </PageSection>
        </>
      )}
    </>
  );
});
export { generateMetadata, Page as default };

type YourWayProps = {
  taken: ReturnType<typeof wayThrough>;
  words: OwnWords["words"];
  /** The check with the same answers; null if it answers from another version. */
  backHref: string | null;
};

const YourWay = ({ taken, words, backHref }: YourWayProps) => (
  <p>
    <strong>Your answers</strong> are marked: {taken.steps.map(({ question }) => question.number).join(" → ")}
    {taken.rule ? (
      <>
        {" → "}
        <VerdictWord verdict={taken.rule.verdict} words={words} />
      </>
    ) : (
      " → not answered yet"
    )}
    . {backHref !== null && <Link href={backHref}>{taken.rule ? "Back to the result" : "Go on"}</Link>}
  </p>
);

/** The same map in words: for each question, where each answer leads, with links from one to the next. */
const MapOutline = ({ version, map, way }: { version: PolicyVersion; map: DecisionMap; way: Way }) => (
  <ol className="list-none space-y-6 ps-0">
    {map.questions.map((question) => {
      const words = questionFor(version, question.fact);
      return (
        <li key={question.number} id={`question-${question.number}`} data-keep="" className="scroll-mt-6">
          <p className="font-bold">
            {question.number}. {words.ask} {way.questions.has(question) && <Tag>Your answers</Tag>}
          </p>
          <ul>
            {question.branches.map((branch) => (
              <li key={branch.answers.join()}>
                {inOneSentence(
                  branch.answers.map((answer) => answerWords(words, answer).label),
                  "or",
                )}
                : <Goal version={version} branch={branch} />{" "}
                {way.branches.has(branch) && <strong>(your answer)</strong>}
              </li>
            ))}
          </ul>
        </li>
      );
    })}
  </ol>
);

function Goal({ version: of, branch: { goal } }: { version: PolicyVersion; branch: MapBranch }) {
  const { slug, version, words } = of;
  if (goal.kind === "question")
    return (
      <a href={`#question-${goal.to}`} className="no-address">
        go to {goal.to}
      </a>
    );
  return (
    <>
      <VerdictWord verdict={goal.rule.verdict} words={words} /> (clause{" "}
      <ClauseLinks slug={slug} version={version} ids={goal.rule.because} className="no-address" />)
    </>
  );
}
