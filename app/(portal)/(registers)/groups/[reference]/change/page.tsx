import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { AboutFields, MessageFields } from "#app/_group/entry-fields.tsx";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "Change the details";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/change", TITLE);
}

/** Changes what the register says of a group. */
export default async function ChangePage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/change");
  if (!page || !page.group.may.has("change")) notFound();
  const { actor, group, refill, path } = page;
  const isApproved = group.state === "approved";
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      {isApproved && (
        <p>
          If you change the purpose, the group goes to the governance officer again, and does not count until then. If
          you change how long messages are kept, everybody in it is told.
        </p>
      )}
      <PostForm actor={actor} action={`${path}/send`} hidden={{ revision: group.revision }}>
        <AboutFields refill={refill} stored={group} settings={group.settings} />
        <MessageFields
          refill={refill}
          stored={group}
          settings={group.settings}
          isEmergency={group.kind === "emergency"}
        />
        <TextField
          name="reason"
          label={isApproved ? "Why does it change?" : "Anything to add?"}
          hint={isApproved ? "Everybody in the group can read it." : "You need not."}
          lines={3}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <Button>{group.state === "sent-back" ? "Send it again" : "Save the changes"}</Button>
      </PostForm>
    </SubPage>
  );
}
