import {
  AboutFields,
  MessageFields,
  SharingFields,
  readAbout,
  readMessages,
  readSharing,
} from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { custom, revision, text } from "#app/_portal/form/field.tsx";
import { defineForm, formsPage } from "#app/_portal/form/form.tsx";
import { changeEntry } from "#server/registers/group/register-service.ts";
import { getChatGroup } from "#server/registers/group/view-queries.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

const form = defineForm(groupPage("change", "change", "Change the details"), {
  fields: {
    revision: revision(),
    about: custom((form) => ({ ...readAbout(form), ...readSharing(form) })),
    messages: custom(readMessages),
    reason: text("Why does it change?", { hint: "Everybody in the group can read it.", lines: 3 }),
  },
  stored: ({ view }) => ({ revision: view.revision }),
  body: ({ field, view: group, formState }) => (
    <>
      <AboutFields formState={formState} stored={group} settings={group.settings} apps={group.apps} />
      {group.kind !== "team" && <SharingFields formState={formState} stored={group} />}
      <MessageFields
        formState={formState}
        stored={group}
        settings={group.settings}
        rules={group.rules}
        isEmergency={group.kind === "emergency"}
      />
      {field("reason", group.state === "approved" ? {} : { label: "Anything to add? (optional)" })}
    </>
  ),
  button: ({ view }) => (view.state === "sent-back" ? "Send it again" : "Save the changes"),
  async submit({ actor, params, values: { about, messages: read, ...sent } }) {
    if (!("problems" in read)) return changeEntry(actor, params.reference, { ...about, ...read.messages, ...sent });
    return (await getChatGroup(actor, params.reference))?.may.has("change") ? read : null;
  },
  done: ofGroup,
});

export const { generateMetadata, Page, GET, POST } = formsPage(form.page, [form], (shown) => (
  <>
    {shown.view.state === "approved" && (
      <p>
        If you change the purpose or the app, the group has to be approved again, and does not count until then. If you
        change how long messages are kept, everybody in it is told.
      </p>
    )}
    {form.show(shown)}
  </>
));
