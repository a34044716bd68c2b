import { formRoute } from "#app/_portal/form/form.tsx";
import { addActionForm, completeActionForm, partForms } from "../form.tsx";

export const { GET, POST } = formRoute(addActionForm, completeActionForm, ...Object.values(partForms));
