import { Cluster, Disclosure, Lines, Link, Stack } from "#app/_ui/layout.tsx";
import type { StrictnessProof } from "#domain/policy/decision/strictness.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { apartInWords, strictnessDetails, strictnessSentence } from "#domain/policy/policy/strictness-words.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";

type StrictnessNoteProps = {
  /** Null if the two are too different to be compared. */
  proof: StrictnessProof | null;
  /** What is measured against, and what is measured. */
  pair: readonly [NamedPolicy, NamedPolicy];
};
type NamedPolicy = { name: string; version: PolicyVersion };

/** So many lines of situations apart are shown. */
const MOST_LINES = 20;

/** Whether one version is at least as strict as another: one sentence, and both answers where it is not. */
export function StrictnessNote({ proof, pair }: StrictnessNoteProps) {
  const [reference, candidate] = pair;
  const versions = [candidate.version, reference.version];
  if (!proof) return <p>{`${candidate.name} and ${reference.name} are too different to say which is stricter.`}</p>;
  const answers = proof.counterexample?.answers;
  return (
    <Stack>
      <p>{strictnessSentence(proof, pair)}</p>
      {answers && (
        <Cluster>
          {pair.map(({ name, version }) => (
            <Link key={name} href={outcomeAddress(version, answers)} className="inline-flex min-h-target items-center">
              What {name} says
            </Link>
          ))}
        </Cluster>
      )}
      <Disclosure summary="How this was compared">
        <Stack>
          <Lines lines={strictnessDetails(proof, pair)} />
          {versions.some(({ days }) => days.length > 0) && (
            <p>Some rules hold on certain days only. They are compared as they are today.</p>
          )}
          {apartInWords(proof, pair).map(({ kind, title, groups }) => (
            <div key={kind}>
              <p className="font-bold">{title}</p>
              <Lines lines={groups.slice(0, MOST_LINES).map(({ when }) => situationsInASentence(when, versions))} />
              {groups.length > MOST_LINES && <p>And {groups.length - MOST_LINES} more lines.</p>}
              {groups.length === 0 && <p>These are too many different ones to list.</p>}
            </div>
          ))}
        </Stack>
      </Disclosure>
    </Stack>
  );
}

/** Every outcome of a version with these answers: as many as it asks for. */
function outcomeAddress({ slug, version, table }: PolicyVersion, answers: Readonly<Record<string, string>>): string {
  const asked = Object.entries(answers).filter(([name]) => table.facts.some((fact) => fact.name === name));
  return `/policies/${slug}/outcomes?${new URLSearchParams([["version", version], ...asked]).toString()}`;
}
