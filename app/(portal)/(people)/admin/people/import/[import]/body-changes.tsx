import { Banner, DataTable, SummaryList } from "#app/_ui/content.tsx";
import { Disclosure, Stack } from "#app/_ui/layout.tsx";
import type { BodyReport } from "#domain/people/directory/import-report.ts";

/** What a list changes in a body: how many people, and who. */
export function BodyChanges({ report, isDone }: { report: BodyReport; isDone: boolean }) {
  const { counts, notes, newTeams, newTeamCount = newTeams.length, absenceCount = 0, added, changed, left } = report;
  const figure = (count: number) => count.toLocaleString("en-GB");
  return (
    <Stack as="section">
      {notes.length > 0 && (
        <Banner title="What stays as it is">
          {notes.map((note) => (
            <p key={note}>{note}</p>
          ))}
        </Banner>
      )}
      <SummaryList
        rows={[
          { term: "Added", value: figure(counts.added) },
          { term: "Changed", value: figure(counts.changed) },
          { term: isDone ? "Left" : "Have left", value: figure(counts.left) },
          { term: "Unchanged", value: figure(counts.unchanged) },
          counts.gone > 0 && { term: "Left before, and not in the directory", value: figure(counts.gone) },
          absenceCount > 0 && { term: "Absences recorded, changed or removed", value: String(absenceCount) },
          newTeams.length > 0 && { term: "New teams", value: inShort(newTeams, newTeamCount) },
        ]}
      />
      {!isDone && counts.left > 0 && (
        <p className="font-bold">
          Anyone who works here but is not in the list counts as having left, and is signed out at once. So is anyone
          whose leaving date is over.
        </p>
      )}
      <Named title="Who is added" count={counts.added} people={added} what="Other roles" />
      <Named title="Who is changed" count={counts.changed} people={changed} what="What changes" />
      <Named title="Who has left" count={counts.left} people={left} />
    </Stack>
  );
}

const MOST_NAMED = 20;

/** The first twenty names, and how many more there are. */
export function inShort(names: readonly string[], count: number): string {
  const more = count - MOST_NAMED;
  return `${names.slice(0, MOST_NAMED).join(", ")}${more > 0 ? ` and ${more.toLocaleString("en-GB")} more` : ""}`;
}

type NamedProps = { title: string; count: number; people: BodyReport["added"]; what?: string };

function Named({ title, count, people, what }: NamedProps) {
  if (count === 0) return null;
  const isAll = count === people.length;
  return (
    <Disclosure summary={`${title}${isAll ? "" : `: the first ${people.length}`}`} open={count <= 10}>
      <DataTable
        caption={title}
        columns={{
          Name: (one) => one.name,
          "E-mail": (one) => one.email,
          [what ?? ""]: what !== undefined && ((one) => one.what || "None"),
        }}
        rows={people}
      />
    </Disclosure>
  );
}
