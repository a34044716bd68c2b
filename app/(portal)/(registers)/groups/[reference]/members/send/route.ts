import { formRoute } from "#app/_portal/form/form-route.ts";
import { addForm, inviteForm } from "../form.tsx";

export const { GET, POST } = formRoute(addForm, inviteForm);
