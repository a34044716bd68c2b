import { current } from "#app/_portal/form/field.tsx";
import { defineForm, definePage, lastOf, showPage } from "#app/_portal/form/form.tsx";
import { getSchedule, type JobView, type RunOutcome, type RunView } from "#server/shell/schedule/queries.ts";
import { runJobNow } from "#server/shell/schedule/service.ts";
import { Moment, PortalPage } from "#app/_portal/portal-page.tsx";
import { Button, Disclosure, Link, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import { Banner, DataTable, SummaryList, Tag, type TagTone } from "#app/_ui/content.tsx";

/** What the portal does automatically: when it last ran, when it runs next, what went wrong. */
export const page = definePage({ path: "/admin/jobs", read: ({ actor }) => getSchedule(actor), heading: "Timed work" });

export type ShownJobs = Parameters<typeof form.show>[0];

/** Runs a scheduled job at once. */
export const form = defineForm(page, {
  fields: { job: current() },
  submit: ({ actor, values }) => runJobNow(actor, values.job),
  done: (result, { path, values }) =>
    result === "asked" ? `${path}?asked=${encodeURIComponent(values.job)}` : `${path}?stopped=1`,
});

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, query, view: schedule } = shown;
  const asked = lastOf(query, "asked");
  const job = schedule.jobs.find(({ name }) => name === asked);
  return (
    <PortalPage actor={actor} gap="section">
      <Stack gap="loose">
        <PageHeading>Timed work</PageHeading>
        {schedule.stopped && <Stopped {...schedule.stopped} />}
        {job && !schedule.stopped && (
          <Banner title={`Asked for: ${job.title}`}>
            <p>
              It begins within seconds. <Link href="/admin/jobs">See what it did</Link>
            </p>
          </Banner>
        )}
        <p>
          The portal does these by itself, at set times. What fails is tried again three times, after about one, two and
          four minutes. Times are London time.
        </p>
      </Stack>
      {schedule.jobs.map((one) => (
        <JobSection key={one.name} shown={shown} job={one} />
      ))}
    </PortalPage>
  );
});

const Stopped = ({ reason, tries, nextTryAt }: NonNullable<ShownJobs["view"]["stopped"]>) => (
  <Banner tone="warning" title="Timed work is not running on this server">
    <p>The reason: {reason}. No mail is sent until it runs; the rest of the portal works.</p>
    {nextTryAt && (
      <p>
        The portal tries again by itself: {tries === 1 ? "once" : `${tries} times`} so far, next at{" "}
        <Moment at={nextTryAt} />. Put the reason right; nothing has to be restarted.
      </p>
    )}
  </Banner>
);

function JobSection({ shown, job }: { shown: ShownJobs; job: JobView }) {
  const canRun = !shown.view.stopped;
  const { name, title, nextAt, runs, failures } = job;
  const [last] = runs;
  const [failure] = failures;
  return (
    <PageSection id={name} title={title}>
      <SummaryList
        rows={[
          { term: "Last run", value: last ? <RunInShort run={last} /> : "It has not run yet" },
          { term: "Next run", value: canRun ? <Moment at={nextAt} /> : "None while timed work is not running" },
          { term: "Last failure", value: failure ? <RunInShort run={failure} /> : "None in the last 30 days" },
        ]}
      />
      {canRun &&
        form.show(shown, {
          stored: { job: name },
          button: (
            <Button look="quiet" about={`: ${title}`}>
              Run now
            </Button>
          ),
        })}
      {runs.length > 0 && <Runs title={title} runs={runs} />}
    </PageSection>
  );
}

const OUTCOMES: Record<RunOutcome, { label: string; tone: TagTone }> = {
  running: { label: "Runs now", tone: "neutral" },
  done: { label: "Done", tone: "good" },
  failed: { label: "Failed", tone: "warning" },
  "broken-off": { label: "Interrupted", tone: "warning" },
};

/** One run in a line: how it ended, when it started, what it did. */
const RunInShort = ({ run }: { run: RunView }) => (
  <>
    <Outcome run={run} /> <Moment at={run.startedAt} />
    {run.words && <span className="block text-small text-soft">{run.words}</span>}
  </>
);

/** The latest runs, folded away. */
const Runs = ({ title, runs }: { title: string; runs: readonly RunView[] }) => (
  <Disclosure summary={runs.length === 1 ? "The last run" : `The last ${runs.length} runs`}>
    <DataTable
      caption={`Last runs: ${title}`}
      columns={{
        Began: (run) => <Moment at={run.startedAt} />,
        "How it ended": (run) => <Outcome run={run} />,
        "What it did": (run) => run.words || "Nothing reported yet",
        "Why it ran": (run) =>
          [run.askedBy ? `Asked for by ${run.askedBy}` : "It was due", run.attempt > 1 && `try ${run.attempt}`]
            .filter(Boolean)
            .join(", "),
      }}
      rows={runs}
    />
  </Disclosure>
);

const Outcome = ({ run: { outcome } }: { run: RunView }) => (
  <Tag tone={OUTCOMES[outcome].tone}>{OUTCOMES[outcome].label}</Tag>
);
