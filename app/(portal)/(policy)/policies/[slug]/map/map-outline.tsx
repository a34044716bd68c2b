import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import type { DecisionMap, MapBranch } from "#domain/policy/decision/decision-map.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor, answerWords } from "#domain/policy/policy/wording.ts";
import type { Way } from "./map-drawing.tsx";

/** The same map in words: for each question, where each answer leads, with links from one to the next. */
export function MapOutline({ version, map, way }: { version: PolicyVersion; map: DecisionMap; way: Way }) {
  return (
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
}

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
      {goal.rule.because.map((id, at) => (
        <span key={id}>
          {at > 0 && ", "}
          <Link href={`/policies/${slug}/versions/${version}#${clauseAnchor(id)}`} className="no-address">
            {id}
          </Link>
        </span>
      ))}
      )
    </>
  );
}
