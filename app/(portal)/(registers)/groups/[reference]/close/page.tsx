import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Link } from "#app/_ui/link.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { lawOnDeleting } from "#domain/registers/hold/hold.ts";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "Close this group?";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/close", TITLE);
}

/** Closes a group in the register, for good. Its messages are another matter. */
export default async function ClosePage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/close");
  if (!page || !page.group.may.has("close")) notFound();
  const { actor, group, refill, path } = page;
  const isHeld = group.holds.length > 0;
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      <ul>
        <li>Nobody uses it for work any more, and the wizard no longer offers it. This can&apos;t be undone.</li>
        <li>Everybody in it is told.</li>
        <li>
          {isHeld
            ? "You can close it here. Its messages must stay: a hold stands on them. Leave the chat open, or archive it; do not delete it."
            : `Closing it here deletes nothing. Copy what matters into the record first. ${lawOnDeleting(group)}`}
        </li>
      </ul>
      <PostForm actor={actor} action={`${path}/send`}>
        <TextField
          name="reason"
          label="Why does it close?"
          hint="Everybody in the group reads it."
          lines={3}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Cluster>
          <Button>Close the group</Button>
          <Link href={`/groups/${group.reference}`} className="inline-flex min-h-12 items-center">
            Keep it
          </Link>
        </Cluster>
      </PostForm>
    </SubPage>
  );
}
