import { makeLinkForm, revokeLinkForm, shareForm, unshareForm } from "../form.tsx";

export const { GET, POST } = shareForm.route(unshareForm, makeLinkForm, revokeLinkForm);
