import type { Answers } from "#domain/policy/decision/rule-file.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { inOneSentence, questionFor } from "#domain/policy/policy/wording.ts";
import { EXCEPTION_FACT } from "#domain/policy/exception/coverage.ts";
import { clauseAnchor } from "#domain/policy/policy/clause.ts";
import { Quotation, SummaryList, Tag, type TagTone } from "#app/_ui/content.tsx";
import { EXCEPTION_STATE_WORDS, type ExceptionState } from "#domain/policy/exception/state.ts";
import { cache } from "react";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";
import type { ExceptionRecord } from "#server/policy/exception/queries.ts";

/** A situation in one line: "Who is it for: A colleague. How sensitive: Not sensitive." Empty for any. */
export const situationInWords = (version: PolicyVersion, situation: Answers): string =>
  version.table.facts
    .flatMap(({ name }) => {
      const answer = situation[name];
      if (answer === undefined) return [];
      const question = questionFor(version, name);
      const words = question.answers.find((one) => one.answer === answer)?.label ?? answer;
      return [`${question.short}: ${words}.`];
    })
    .join(" ");

/** The situation that an exception is asked for, in the policy's words; or that it applies to any. */
export function Situation({ version, situation }: { version: PolicyVersion | null; situation: Answers }) {
  const known = (version?.table.facts ?? []).filter(({ name }) => situation[name] !== undefined);
  const unknown = Object.keys(situation).filter((name) => !known.some((fact) => fact.name === name));
  const rows = [
    ...known.map(({ name }) => {
      const answer = situation[name] ?? "";
      const question = version && questionFor(version, name);
      const words = question?.answers.find((one) => one.answer === answer);
      return { term: question?.short ?? name, value: words?.label ?? answer };
    }),
    ...unknown.map((name) => ({ term: name, value: situation[name] })), // from a version that no longer exists
  ];
  if (rows.length === 0) return <p>Any situation that the clauses speak of.</p>;
  const open = (version?.table.facts ?? [])
    .filter(({ name }) => name !== EXCEPTION_FACT && situation[name] === undefined)
    .map(({ name }) => (version ? questionFor(version, name).short : name));
  return (
    <>
      <SummaryList rows={rows} />
      {open.length > 0 && (
        <p className="text-small text-soft">
          It applies whatever you answer to the rest: {inOneSentence(open.map((words) => `“${words}”`))}.
        </p>
      )}
    </>
  );
}

type QuotedClausesProps = {
  policy: string;
  /** The version from which they are quoted; null if it is gone. */
  version: PolicyVersion | null;
  clauses: readonly string[];
};

/** Clauses in the policy's words, each with a link to it. */
export const QuotedClauses = ({ policy, version, clauses }: QuotedClausesProps) =>
  clauses.map((id) => (
    <Quotation
      key={id}
      number={id}
      link={{ href: `/policies/${policy}#${clauseAnchor(id)}`, label: `Read clause ${id}` }}
    >
      {version?.clauses.find((clause) => clause.id === id)?.text ?? "This clause is no longer in the policy."}
    </Quotation>
  ));

const TONES = {
  draft: "neutral",
  submitted: "warning",
  "changes-requested": "warning",
  approved: "good",
  declined: "neutral",
  withdrawn: "neutral",
  revoked: "neutral",
  expired: "neutral",
} as const satisfies Record<ExceptionState, TagTone>;

/** The state of a request, as a word and a tone. */
export function StateTag({ state }: { state: ExceptionState }) {
  return <Tag tone={TONES[state]}>{EXCEPTION_STATE_WORDS[state]}</Tag>;
}

/** Finds the policy of a request in the actor's own body, in the version that the request is bound to. */
export const policyOf = cache(async (actor: Actor, request: { policy: string; version: string; hash: string }) => {
  const policy = await getOwnPolicy(actor, request.policy);
  const written = policy?.versions.find((one) => one.version === request.version && one.hash === request.hash);
  return {
    policy,
    /** The version it was written for; null if the content no longer contains it. */
    version: written ?? null,
    /** True if another version has become current since. */
    hasChanged: policy?.current?.hash !== request.hash,
  };
});

/** The risks that the policy names, with an option for a different one; null if it names none. */
export function sourcesIn({ clauses }: PolicyVersion) {
  const named = clauses.filter(({ kind }) => kind === "risk");
  if (named.length === 0) return null;
  const options = named.map(({ id, text: label }) => [id, { label, hint: `Clause ${id}` }] as const);
  return { ...Object.fromEntries(options), own: { label: "Another one", hint: "Describe it below." } };
}

type Whom = Pick<ExceptionRecord, "scope" | "requester" | "teamName" | "groupName">;

/** Whom a request is for: "You", "Everyone in Housing"; null while nobody was chosen. */
export function whomInWords({ scope, requester, teamName, groupName }: Whom, isMine: boolean): string | null {
  if (scope === "person") return isMine ? "You" : requester.name;
  if (scope === "team") return teamName ? `Everyone in ${teamName}` : "A team that no longer exists";
  if (scope === "group")
    return groupName ? `Everyone in the chat group “${groupName}”` : "A chat group that no longer exists";
  return null;
}
