import { text } from "#app/_portal/form/field.tsx";
import { defineForm } from "#app/_portal/form/form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Link } from "#app/_ui/link.tsx";
import { closeGroup } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

export const page = groupPage("close", "close", "Close this group?");

/** Closes a group in the register, for good. Its messages are handled separately. */
export const form = defineForm(page, {
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
