import { definePage, framedPage, lastOf } from "#app/_portal/form/form.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { DataTable, Tag, type TagTone } from "#app/_ui/content.tsx";
import { listHealthLines } from "#server/shell/health/examine-queries.ts";
import type { HealthLine } from "#server/shell/health/checks.ts";

const page = definePage({
  path: "/admin/health",
  read: ({ actor, query }) => listHealthLines(actor, lastOf(query, "whole") === "1"),
  heading: "Health of the portal",
});

const STATES: Record<HealthLine["state"], { label: string; tone: TagTone }> = {
  ok: { label: "OK", tone: "good" },
  warning: { label: "Look at this", tone: "neutral" },
  fault: { label: "Fault", tone: "warning" },
};

/** How the portal is, and what to do where something is wrong: what `npm run doctor` says, of the server that answers. */
const { generateMetadata, Page } = framedPage(page, ({ view: { lines, isWhole } }) => (
  <>
    <p>
      This was looked at just now, on the server that shows you this page. On the server itself, the command{" "}
      <code>npm run doctor</code> says the same, also while the portal is stopped.
    </p>
    <DataTable
      caption="What was looked at"
      columns={{
        What: ({ title }) => title,
        "How it is": ({ state }) => <Tag tone={STATES[state].tone}>{STATES[state].label}</Tag>,
        "What was seen": ({ says }) => says,
        "What to do": ({ todo }) => todo || "Nothing",
      }}
      rows={lines}
    />
    {!isWhole && (
      <p>
        <Link href="/admin/health?whole=1">Look at all content and all evidence, too</Link>. That takes longer.
      </p>
    )}
  </>
));
export { generateMetadata, Page as default };
