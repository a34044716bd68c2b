import { STATUS_WORDS } from "#app/_portal/status-words.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Disclosure, Link, PageSection, Lines } from "#app/_ui/layout.tsx";
import { DataTable, Tag, type TagTone } from "#app/_ui/content.tsx";
import type { OpinionAgreement } from "#domain/policy/decision/comparison.ts";
import { resultWords, VERDICTS, verdictWord } from "#domain/policy/decision/verdict.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { obligationsOf } from "#domain/policy/policy/explain.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, jointQuestion, situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { ComparePage, PolicyOpinion } from "#server/policy/policy/compare-queries.ts";

/** What each policy says about the chosen situation, and on which clause that is based. */
export function SideBySide({ page: { chosen, answers, deciding, opinions } }: { page: ComparePage }) {
  const versions = chosen.map(({ version }) => version);
  const when = Object.fromEntries(Object.entries(deciding).map(([name, answer]) => [name, [answer]]));
  const hasOwn = chosen.some(({ isMine }) => isMine);
  return (
    <PageSection title="What they say" id="situation">
      <p>
        {situationsInASentence(when, versions)}
        {Object.keys(deciding).length < Object.keys(answers).length && " What else you chose makes no difference."}
      </p>
      <p className="text-lead font-bold">{inShort(opinions)}</p>
      <DataTable
        caption="What each policy says about this message"
        columns={{
          Policy: (one) => <Name one={one} />,
          Verdict: (one) => <VerdictOf one={one} />,
          "What it says": (one) => <Saying one={one} versions={versions} />,
          [hasOwn ? "Compared with yours" : "Compared with most"]: (one) =>
            one.standing ? (
              <Tag tone={STANDINGS[one.standing].tone}>{STANDINGS[one.standing].word}</Tag>
            ) : (
              <span className="text-soft">{nothingBeside(opinions)}</span>
            ),
        }}
        rows={opinions}
      />
    </PageSection>
  );
}

const STANDINGS: Record<OpinionAgreement, { word: string; tone: TagTone }> = {
  measure: { word: "Yours", tone: "neutral" },
  agrees: { word: "Agrees", tone: "good" },
  differs: { word: "Differs", tone: "warning" },
  silent: { word: "Silent", tone: "neutral" },
  open: { word: "Depends", tone: "neutral" },
};

function nothingBeside(opinions: readonly PolicyOpinion[]): string {
  const own = opinions.find(({ policy }) => policy.isMine);
  if (!own) return "Most say different things";
  return own.opinion.kind === "open" ? "Yours is not clear yet" : "Yours does not cover it";
}

function Name({ one: { policy } }: { one: PolicyOpinion }) {
  const { slug, name, isMine, version } = policy;
  const { status } = version.frontMatter;
  return (
    <>
      <Link href={`/policies/${slug}`}>{name}</Link>
      <span className="block text-small font-normal text-soft">
        {`Version ${version.version}.${status === "in force" ? "" : ` ${STATUS_WORDS[status]}.`}${isMine ? " It binds you." : ""}`}
      </span>
    </>
  );
}

const VerdictOf = ({ one: { opinion, policy } }: { one: PolicyOpinion }) =>
  opinion.kind === "open" ? (
    <span className="text-soft">Not clear yet</span>
  ) : (
    <span className="inline-block @2xl:min-w-36">
      <VerdictWord verdict={opinion.kind === "speaks" ? opinion.verdict : "not-covered"} words={policy.version.words} />
    </span>
  );

function Saying({ one: { policy, opinion }, versions }: { one: PolicyOpinion; versions: readonly PolicyVersion[] }) {
  const asks = (names: readonly string[]) =>
    inOneSentence(names.flatMap((name) => jointQuestion(versions, name)?.ask ?? []).map((ask) => `“${ask}”`));
  if (opinion.kind === "open") return <p>Depends on: {asks(opinion.needs)}</p>;
  if (opinion.kind === "silent" && opinion.rule === null)
    return <p>It does not have the answer given to {asks(opinion.unknown)}.</p>;
  const { rule } = opinion;
  if (!rule) return null;
  const obligations = rule.verdict === "never" ? [] : obligationsOf(policy.version, rule);
  return (
    <>
      <p>{rule.says ?? resultWords(policy.version, rule.verdict)}</p>
      {obligations.length > 0 && (
        <Disclosure summary={obligations.length === 1 ? "1 point" : `${obligations.length} points`}>
          <Lines className="text-small" lines={obligations.map(({ text }) => text)} />
        </Disclosure>
      )}
      <p className="flex flex-wrap gap-x-4 text-small">
        {rule.because.map((id) => (
          <Link
            key={id}
            href={`/policies/${policy.slug}#${clauseAnchor(id)}`}
            className="inline-flex min-h-target items-center"
          >
            Clause {id}
          </Link>
        ))}
      </p>
    </>
  );
}

function inShort(opinions: readonly PolicyOpinion[]): string {
  const said = VERDICTS.flatMap((verdict) => {
    const own = opinions.flatMap(({ opinion, policy }) =>
      opinion.kind === "speaks" && opinion.verdict === verdict ? [policy] : [],
    );
    const words = new Set(own.map(({ version }) => verdictWord(version, verdict)));
    return own.length > 0 ? [{ word: [...words].join(" or "), names: own.map(({ name }) => name) }] : [];
  });
  const namesOf = (kind: "silent" | "open") =>
    opinions.flatMap(({ opinion, policy }) => (opinion.kind === kind ? [policy.name] : []));
  const [strictest, laxest] = [said[0], said.at(-1)];
  const speaking = said.reduce((sum, { names }) => sum + names.length, 0);
  const part = ({ word, names }: (typeof said)[number]) => `${word} (${names.join(", ")})`;
  return [
    ...(!strictest || !laxest
      ? []
      : speaking === 1
        ? [`Only one of them covers it: ${part(strictest)}.`]
        : strictest === laxest
          ? [`${speaking === opinions.length ? "They agree" : "Those that cover it agree"}: ${strictest.word}.`]
          : [`They differ. The strictest: ${part(strictest)}. The least strict: ${part(laxest)}.`]),
    ...(namesOf("silent").length > 0 ? [`Not covered by: ${namesOf("silent").join(", ")}.`] : []),
    ...(namesOf("open").length > 0 ? [`Depends on more answers: ${namesOf("open").join(", ")}.`] : []),
  ].join(" ");
}
