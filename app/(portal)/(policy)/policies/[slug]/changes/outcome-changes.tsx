import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { VisuallyHidden } from "#app/_ui/visually-hidden.tsx";
import { WordChanges } from "#app/_ui/word-changes.tsx";
import type { ObligationChange } from "#domain/policy/decision/difference.ts";
import type { Group } from "#domain/policy/decision/situation-group.ts";
import { compareWords } from "#domain/policy/policy/difference.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import type { PolicyChanges } from "#server/policy/policy/change-queries.ts";

/** What people may now do that they could not, what they no longer may, and what they must do. */
export function OutcomeChanges({ changes: { from, to, outcomes } }: { changes: PolicyChanges }) {
  const { verdicts, obligations, reworded } = outcomes;
  const versions = [to.version, from.version];
  return (
    <>
      <Section title="Answers that change" id="answers" gap="loose">
        {verdicts.length === 0 && <p>None. Whatever was allowed still is, and whatever was not still is not.</p>}
        {verdicts.map(({ from: was, to: is, groups, situations }) => (
          <Stack key={`${was} ${is}`}>
            <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <VerdictWord verdict={was} words={from.version.words} />
              <span aria-hidden="true">→</span>
              <VisuallyHidden> becomes </VisuallyHidden>
              <VerdictWord verdict={is} words={to.version.words} />
              <span className="text-small font-normal text-soft">{count(situations)}</span>
            </h3>
            <Groups groups={groups} versions={versions} />
          </Stack>
        ))}
      </Section>

      <Section title="What you have to do" id="duties" gap="loose">
        {obligations.length + reworded.length === 0 && <p>Nothing changes.</p>}
        {together(obligations).map(({ texts, change, groups, situations }) => (
          <Stack key={`${change} ${texts.join()}`}>
            <h3>
              <Tag tone={change === "added" ? "good" : "warning"}>{change === "added" ? "Added" : "No longer"}</Tag>{" "}
              {texts.join(" ")}
            </h3>
            <p className="text-small text-soft">{count(situations)}</p>
            <Groups groups={groups} versions={versions} />
          </Stack>
        ))}
        {reworded.map(({ before, after }) => (
          <div key={after}>
            <Tag>Reworded</Tag>
            <WordChanges words={compareWords(before, after)} />
          </div>
        ))}
      </Section>
    </>
  );
}

/** Duties added or removed in the same situations share a heading. */
function together(obligations: readonly ObligationChange[]) {
  const sets = new Map<string, Omit<ObligationChange, "text"> & { texts: string[] }>();
  for (const { text, ...rest } of obligations) {
    const key = JSON.stringify([rest.change, rest.groups.map(({ when }) => when)]);
    const known = sets.get(key);
    if (known) known.texts.push(text);
    else sets.set(key, { ...rest, texts: [text] });
  }
  return [...sets.values()];
}

function Groups({ groups, versions }: { groups: readonly Group[]; versions: readonly PolicyVersion[] }) {
  return (
    <ul>
      {groups.map(({ when }) => (
        <li key={JSON.stringify(when)}>{situationsInASentence(when, versions)}</li>
      ))}
    </ul>
  );
}

function count(situations: number): string {
  return `${situations.toLocaleString("en-GB")} ${situations === 1 ? "situation" : "situations"}`;
}
