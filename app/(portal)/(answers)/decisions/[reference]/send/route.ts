import { formRoute } from "#app/_portal/form/form-route.ts";
import { makeLinkForm, revokeLinkForm, shareForm, unshareForm } from "../form.tsx";

export const { GET, POST } = formRoute(shareForm, unshareForm, makeLinkForm, revokeLinkForm);
