import { ContactList } from "#app/_portal/contact-list.tsx";
import { PolicyBanners } from "#app/_portal/policy-banners.tsx";
import { RESULT_SENTENCES } from "#app/_verdict/verdict.ts";
import { VerdictAnswer } from "#app/_verdict/verdict-answer.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Columns } from "#app/_ui/columns.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Quotation } from "#app/_ui/quotation.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { SummaryList } from "#app/_ui/summary-list.tsx";
import type { Rule } from "#domain/decision/rule-file.ts";
import { writeQuery, type WizardQuery, type WizardStep } from "#domain/decision/wizard.ts";
import { clauseAnchor } from "#domain/policy/clause.ts";
import { obligationsOf } from "#domain/policy/explain.ts";
import { clauseById } from "#domain/policy/policy.ts";
import { inOneSentence, questionFor, wordsFor } from "#domain/policy/wording.ts";
import type { ReadablePolicy } from "#server/policy/queries.ts";

type Props = { policy: ReadablePolicy; query: WizardQuery; step: Extract<WizardStep, { kind: "result" }> };

/** The one large sentence of a result: the rule's own, else the verdict's. */
export function resultSentence(rule: Rule): string {
  return rule.says ?? RESULT_SENTENCES[rule.verdict];
}

/** The verdict, why, what to do, what to use instead, and the answers it rests on, each with a way to change it. */
export function ResultPage({ policy, query, step: { rule, path } }: Props) {
  const { version, body } = policy;
  const { slug, frontMatter } = version;
  const answers = path.map((name) => {
    const question = questionFor(version, name);
    return { question, words: wordsFor(question, query.answers[name] ?? "") };
  });
  const because = answers.map(({ words }) => words.when);
  const obligations = obligationsOf(version, rule);
  const named = body.contacts.filter(({ id }) => rule.contacts.includes(id));
  const contacts = named.length > 0 ? named : body.contacts.slice(0, 1);
  const isPermitted = rule.verdict === "allowed" || rule.verdict === "with-care";
  return (
    <Columns
      aside={
        <Stack as="section">
          <h2>Your answers</h2>
          <SummaryList
            rows={answers.map(({ question, words }) => ({
              term: question.short,
              value: words.label,
              change: {
                href: `/check?${writeQuery(slug, query.answers, { change: question.name })}`,
                context: `the answer to: ${question.ask}`,
              },
            }))}
          />
          <p className="text-small text-soft">
            {frontMatter.title}, version {version.version}, {body.name}. Rule {rule.id}.
          </p>
        </Stack>
      }
    >
      <Stack gap="loose">
        <VerdictAnswer verdict={rule.verdict} sentence={resultSentence(rule)}>
          {because.length > 0 && <p>{`You said: ${inOneSentence(because)}.`}</p>}
        </VerdictAnswer>
        <PolicyBanners policy={policy} />
        {obligations.length > 0 && (
          <Stack as="section">
            <h2>{rule.verdict === "discouraged" ? "If you do it all the same" : "What you must do"}</h2>
            <ul>
              {obligations.map(({ id, text, clause }) => (
                <li key={id}>
                  {text}{" "}
                  <a href={clauseAddress(clause)} className="text-small whitespace-nowrap">
                    Clause {clause}
                  </a>
                </li>
              ))}
            </ul>
          </Stack>
        )}
        {rule.instead.length > 0 && (
          <Stack as="section">
            <h2>
              {isPermitted
                ? "You could also"
                : rule.verdict === "not-covered"
                  ? "What to do now"
                  : "What to use instead"}
            </h2>
            <ul>
              {rule.instead.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </Stack>
        )}
        <Stack as="section">
          <h2>Why</h2>
          {rule.because.map((id) => (
            <Quotation key={id} number={id} link={{ href: clauseAddress(id), label: `Read clause ${id}` }}>
              {clauseById(version, id).text}
            </Quotation>
          ))}
          {rule.reading && (
            <Disclosure summary="How we read the policy here">
              <p>{rule.reading}</p>
            </Disclosure>
          )}
        </Stack>
        <Stack as="section">
          <h2>Whom to ask</h2>
          <ContactList contacts={contacts} />
        </Stack>
        <Cluster>
          <ButtonLink href={`/check?policy=${slug}`}>Check another message</ButtonLink>
          <ButtonLink href={`/policies/${slug}`} look="quiet">
            Read the policy
          </ButtonLink>
        </Cluster>
      </Stack>
    </Columns>
  );

  function clauseAddress(id: string): string {
    return `/policies/${slug}#${clauseAnchor(id)}`;
  }
}
