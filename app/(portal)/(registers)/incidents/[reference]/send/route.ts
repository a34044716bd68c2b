import { addActionForm, completeActionForm, partForms } from "../form.tsx";

export const { GET, POST } = addActionForm.route(completeActionForm, ...Object.values(partForms));
