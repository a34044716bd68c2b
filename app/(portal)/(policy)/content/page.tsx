import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { LinkLine } from "#app/_ui/layout.tsx";
import { can } from "#domain/access/permission/permission.ts";
import { getContentFaults } from "#server/policy/policy/fault-queries.ts";

const page = definePage({
  path: "/content",
  read: ({ actor }) => getContentFaults(actor),
  heading: "Policy files",
  section: "policies",
});

/** For those who edit the policy files: what could not be loaded from the last edit, and what to do. */
const { generateMetadata, Page } = framedPage(page, ({ actor, view: { faults, readAt } }) => (
  <>
    <p>
      Last read on <Moment at={readAt} />. A saved edit takes effect within seconds.
    </p>
    {faults.length === 0 ? (
      <p>Everything is in order. Staff see what the files say.</p>
    ) : (
      <>
        <p>
          Because of these faults, the last edit has no effect. Staff still see the earlier content. Correct the files
          and save them; nothing else is needed.
        </p>
        <DataTable
          caption="Faults"
          columns={{
            File: ({ file, rule, place }) =>
              [file, rule === null ? null : `rule ${rule}`, place ? `line ${place.line}` : null]
                .filter(Boolean)
                .join(", "),
            "What is wrong": ({ message }) => message,
          }}
          rows={faults}
        />
      </>
    )}
    {can(actor, "policy.edit-draft", actor) && <LinkLine href="/drafts">Write drafts here</LinkLine>}
  </>
));
export { generateMetadata, Page as default };
