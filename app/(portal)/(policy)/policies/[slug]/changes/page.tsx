import { definePage, showPage } from "#app/_portal/form/form.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { STATE_WORDS } from "#app/_portal/status-words.ts";
import { FilterForm, SelectField } from "#app/_ui/fields.tsx";
import { getChangesPage, type ChangesPage, type PolicyChanges } from "#server/policy/policy/change-queries.ts";
import { ChangesForPeople, ChangesInShort } from "./changes-in-short.tsx";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { StrictnessNote } from "#app/(portal)/(policy)/_verdict/strictness-note.tsx";
import { ErrorSummary, Tag, type TagTone, WordChanges } from "#app/_ui/content.tsx";
import type { ObligationChange } from "#domain/policy/decision/difference.ts";
import type { Group } from "#domain/policy/decision/situation-group.ts";
import { compareWords, type ClauseChange } from "#domain/policy/policy/difference.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";
import { situationsInASentence } from "#domain/policy/policy/wording.ts";
import {
  BackLink,
  Disclosure,
  Lines,
  Link,
  PageHeading,
  PageSection,
  Stack,
  VisuallyHidden,
} from "#app/_ui/layout.tsx";
import { clauseAnchor, type Strength } from "#domain/policy/policy/clause.ts";

const page = definePage({
  path: "/policies/[slug]/changes",
  async read({ actor, params: { slug }, query }) {
    const last = (name: string) => ([query[name] ?? ""].flat().at(-1) ?? "").trim();
    const page = await getChangesPage(actor, slug, { from: last("from"), to: last("to") });
    if (!page) return null;
    const shown = page.versions.find(({ version }) => version.version === page.to) ?? page.versions[0];
    return { ...page, title: shown?.version.frontMatter.title ?? slug };
  },
  heading: ({ view }) => heading(view),
  title: ({ view }) => `${view.unknown.length > 0 ? "Error: " : ""}${heading(view)}: ${view.title}`,
});

/** The differences between two versions: in short and for people first; every situation and the text are folded. */
const { generateMetadata, Page } = showPage(page, ({ actor, params: { slug }, view }) => {
  const { changes, versions, unknown, title, from, to } = view;
  return (
    <PortalPage actor={actor} section="policies">
      <Stack gap="section">
        <Stack>
          <BackLink href={`/policies/${slug}`}>The policy</BackLink>
          <ErrorSummary
            errors={unknown.map((number) => ({
              field: number === to ? "to" : "from",
              message: `There is no version ${number.slice(0, 20)} of this policy. Choose one from the list.`,
            }))}
          />
          <PageHeading kicker={title}>{heading(view)}</PageHeading>
        </Stack>
        {changes && (
          <>
            <ChangesInShort changes={changes} />
            <Stricter changes={changes} />
            <ChangesForPeople changes={changes} />
            <div>
              <Disclosure summary="Every situation and duty that changes">
                <Stack gap="section">
                  <OutcomeChanges changes={changes} />
                </Stack>
              </Disclosure>
              <Disclosure summary="The text, clause by clause">
                <Stack gap="section">
                  <TextChanges changes={changes} />
                </Stack>
              </Disclosure>
            </div>
          </>
        )}
        {versions.length > 1 && unknown.length === 0 && !changes && (
          <p>
            {from === to
              ? "You chose the same version twice. Choose two different ones."
              : `Nothing comes before version ${to}. Choose another version to compare.`}
          </p>
        )}
        {versions.length > 1 ? (
          <FilterForm action={`/policies/${slug}/changes`}>
            <VersionChoice name="from" label="From version" chosen={from} page={view} />
            <VersionChoice name="to" label="To version" chosen={to} page={view} />
          </FilterForm>
        ) : (
          <p>There is only one version, so nothing has changed.</p>
        )}
      </Stack>
    </PortalPage>
  );
});
export { generateMetadata, Page as default };

/** Whether the later version is at least as strict as the earlier one. */
function Stricter({ changes: { from, to, strictness } }: { changes: PolicyChanges }) {
  const named = ({ version }: PolicyChanges["from"]) => ({ name: `version ${version.version}`, version });
  return (
    strictness && (
      <PageSection title="Is it at least as strict?" id="strictness">
        <StrictnessNote proof={strictness.proof} pair={[named(from), named(to)]} />
      </PageSection>
    )
  );
}

type ChoiceProps = { name: string; label: string; chosen: string; page: ChangesPage };

const VersionChoice = ({ name, label, chosen, page: { versions, unknown } }: ChoiceProps) => (
  <SelectField
    name={name}
    label={label}
    defaultValue={chosen}
    error={chosen !== "" && unknown.includes(chosen) ? "Choose a version" : undefined}
    options={versions.map(({ version: { version }, state }) => ({
      value: version,
      label: `${version} (${STATE_WORDS[state].toLowerCase()})`,
    }))}
  />
);

function heading({ own, from, changes }: ChangesPage): string {
  if (!changes) return "What changed";
  if (own) return `What changed since you ${own} version ${from}`;
  return `What changed from version ${from} to ${changes.to.version.version}`;
}

/** What people may now do that they could not, what they no longer may, and what they must do. */
function OutcomeChanges({ changes: { from, to, outcomes } }: { changes: PolicyChanges }) {
  const { verdicts, obligations, reworded, gone, fresh } = outcomes;
  const versions = [to.version, from.version];
  const oneSided = [
    { title: "No longer has an answer", of: from.version, parts: gone },
    { title: "New", of: to.version, parts: fresh },
  ];
  return (
    <>
      <PageSection title="Answers that change" id="answers" gap="loose">
        {verdicts.length + gone.length + fresh.length === 0 && (
          <p>None. Whatever was allowed still is, and whatever was not still is not.</p>
        )}
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
        {oneSided.flatMap(({ title, of, parts }) =>
          parts.map(({ verdict, groups, situations }) => (
            <Stack key={`${title} ${verdict}`}>
              <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1">
                {title}: <VerdictWord verdict={verdict} words={of.words} />
                <span className="text-small font-normal text-soft">{count(situations)}</span>
              </h3>
              <Groups groups={groups} versions={[of]} />
            </Stack>
          )),
        )}
      </PageSection>

      <PageSection title="What you have to do" id="duties" gap="loose">
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
      </PageSection>
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

const Groups = ({ groups, versions }: { groups: readonly Group[]; versions: readonly PolicyVersion[] }) => (
  <Lines lines={groups.map(({ when }) => situationsInASentence(when, versions))} />
);

const count = (situations: number): string =>
  `${situations.toLocaleString("en-GB")} ${situations === 1 ? "situation" : "situations"}`;

/** The text, clause by clause, with the words added and removed; then the text around the clauses. */
function TextChanges({ changes: { from, to, clauses, sections, document } }: { changes: PolicyChanges }) {
  const { slug } = to.version;
  const addressOf = ({ kind, id }: ClauseChange) =>
    `/policies/${slug}/versions/${kind === "removed" ? from.version.version : to.version.version}#${clauseAnchor(id)}`;
  return (
    <>
      <PageSection title="The text" id="text" gap="loose">
        {clauses.length === 0 && <p>No clause was added, removed, reworded or moved.</p>}
        {clauses.map((clause) => (
          <div key={`${clause.kind} ${clause.id}`} className="space-y-1.5" data-keep="">
            <h3 className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <Link href={addressOf(clause)}>Clause {clause.id}</Link>
              <Tag tone={KINDS[clause.kind].tone}>{KINDS[clause.kind].word}</Tag>
              {notesOn(clause).map((note) => (
                <span key={note} className="text-small font-normal text-soft">
                  {note}
                </span>
              ))}
            </h3>
            <WordChanges words={clause.words} />
          </div>
        ))}
      </PageSection>
      {sections.length + document.length > 0 && (
        <PageSection title="Around the clauses" id="around">
          {sections.length > 0 && (
            <Disclosure summary="Headings and introductions">
              {sections.map(({ title, words }) => (
                <WordChanges key={title} words={words} />
              ))}
            </Disclosure>
          )}
          {document.length > 0 && (
            <Disclosure summary="Title, dates and other details">
              {document.map(({ field, words }) => (
                <div key={field}>
                  <h3>{field}</h3>
                  <WordChanges words={words} />
                </div>
              ))}
            </Disclosure>
          )}
        </PageSection>
      )}
    </>
  );
}

const KINDS: Record<ClauseChange["kind"], { word: string; tone: TagTone }> = {
  added: { word: "Added", tone: "good" },
  removed: { word: "Removed", tone: "warning" },
  reworded: { word: "Reworded", tone: "neutral" },
  moved: { word: "Moved", tone: "neutral" },
};

const STRENGTH_WORDS = {
  must: "must",
  "must-not": "must not",
  should: "should",
  may: "may",
  information: "information",
} as const satisfies Record<Strength, string>;

function notesOn({ kind, formerId, formerSection, strength, words }: ClauseChange): string[] {
  const isReworded = words.some(({ change }) => change !== "same");
  return [
    ...(formerId === null ? [] : [`was clause ${formerId}`]),
    ...(formerSection === null ? [] : [`was in “${formerSection}”`]),
    ...(kind === "moved" && isReworded ? ["and reworded"] : []),
    ...(strength ? [`from “${STRENGTH_WORDS[strength.from]}” to “${STRENGTH_WORDS[strength.to]}”`] : []),
  ];
}
