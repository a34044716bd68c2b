import { defineFormPage } from "#app/_portal/form/form.tsx";
import { GroupSettingsFields, readGroupSettings } from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { custom } from "#app/_portal/form/field.tsx";
import { confirmSettings } from "#server/registers/group/register-service.ts";
import { groupPage, ofGroup } from "../group-page.tsx";

/** An administrator confirms the settings of the chat, as they are now. */
export const { generateMetadata, Page, GET, POST } = defineFormPage(
  groupPage("settings", "confirm-settings", "Confirm the settings of the chat"),
  {
    fields: { settings: custom(readGroupSettings) },
    body: ({ view, formState }) => (
      <>
        <p>Open the chat’s settings in the app, and say how they are now. You are asked again at each review.</p>
        <GroupSettingsFields formState={formState} stored={view} rules={view.rules} />
      </>
    ),
    button: "The settings are so",
    submit: ({ actor, params, values }) => confirmSettings(actor, params.reference, values.settings),
    done: ofGroup,
  },
);
