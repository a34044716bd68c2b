import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { inPlaceOfInWords } from "#app/(portal)/(policy)/_exception/deciders.ts";
import { requestColumns, RequestSubject } from "#app/(portal)/(policy)/_exception/request-columns.tsx";
import { PageLinks } from "#app/_portal/portal-page.tsx";
import { Link, LinkLine } from "#app/_ui/layout.tsx";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { readPageCursor } from "#domain/base/list/page.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { daysLeftInWords, workingDaysInWords } from "#domain/gather/task/task.ts";
import { getQueue, type QueueEntry } from "#server/policy/exception/queries.ts";
import { listPolicies } from "#server/policy/policy/queries.ts";

const BY_AGE = { newer: "Older", older: "Newer" };

const page = definePage({
  path: "/exceptions/queue",
  read: ({ actor, query }) => getQueue(actor, readPageCursor(query)),
  heading: "Exceptions to decide",
});

/** What is waiting for the reader's decision: oldest first, and the riskiest first if equally old. */
const { generateMetadata, Page } = framedPage(page, async ({ actor, view: queue }) => {
  const titles = new Map((await listPolicies(actor)).map(({ slug, title }) => [slug, title]));
  return (
    <>
      {queue.rows.length === 0 ? (
        <p>
          Nothing is waiting for you. A request that you can decide appears here and among{" "}
          <Link href="/tasks">your tasks</Link>.
        </p>
      ) : (
        <DataTable
          caption="The oldest come first, then the riskiest. Open one to read it and decide."
          columns={{
            ...requestColumns(titles),
            "Policy and clauses": (entry) => (
              <>
                <RequestSubject exception={entry.exception} title={titles.get(entry.exception.policy)} />
                <Why entry={entry} />
              </>
            ),
            Waiting: ({ ageInWorkingDays }) => workingDaysInWords(ageInWorkingDays),
            Due: (entry) => <Due entry={entry} />,
          }}
          rows={queue.rows}
        />
      )}
      <PageLinks label="Pages of what waits" page={queue} path="/exceptions/queue" words={BY_AGE} />
      {can(actor, "deputy.name", actor) && <LinkLine href="/deputies">Name a deputy for when you are away</LinkLine>}
      {can(actor, "exception.read-register", actor) && (
        <LinkLine href="/exceptions/register">See all exceptions</LinkLine>
      )}
    </>
  );
});
export { generateMetadata, Page as default };

/** Why it is the reader's: it was passed on to them, or they are a deputy. */
const Why = ({ entry: { passedOn, decidesFor } }: { entry: QueueEntry }) =>
  passedOn === "you" ? (
    <Tag>Passed on to you</Tag>
  ) : (
    decidesFor && <Tag>As a deputy, {inPlaceOfInWords(decidesFor)}</Tag>
  );

function Due({ entry: { due, daysLeft } }: { entry: QueueEntry }) {
  const words = daysLeftInWords(daysLeft);
  return (
    <>
      {dateInWords(due)}
      <span className="block text-small">{daysLeft < 0 ? <Tag tone="warning">{words}</Tag> : words}</span>
    </>
  );
}
