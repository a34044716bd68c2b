import { text } from "#app/_portal/form/field.tsx";
import { defineForm, formsPage } from "#app/_portal/form/form.tsx";
import { Button, Cluster, Link } from "#app/_ui/layout.tsx";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { closeGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

const page = groupPage("close", "close", "Close this group?");

const form = defineForm(page, {
  fields: { reason: text("Why does it close?", { hint: "Everybody in the group can read it.", lines: 3 }) },
  button: ({ params }) => (
    <Cluster>
      <Button>Close the group</Button>
      <Link href={`/groups/${params.reference}`} className="inline-flex min-h-12 items-center">
        Keep it
      </Link>
    </Cluster>
  ),
  async submit({ actor, params, values }) {
    const result = await closeGroup(actor, params.reference, values.reason);
    // The page that closes it is no longer there.
    return result.code === "refused" ? { code: "closed" } : result;
  },
  done: ofGroup,
});

export const { generateMetadata, Page, GET, POST } = formsPage(page, [form], (shown) => (
  <>
    <ul>
      <li>It can no longer be used for work, and the check no longer offers it. This can&apos;t be undone.</li>
      <li>Everybody in it is told.</li>
      <li>
        {shown.view.holds.length > 0
          ? "You can close it here. Its messages must be kept: there is a hold on them. Leave the chat open, or archive it; do not delete it."
          : `Closing it here does not delete anything. Copy what matters into the record first. ${lawOnDeleting(shown.view)}`}
      </li>
    </ul>
    {form.show(shown)}
  </>
));
