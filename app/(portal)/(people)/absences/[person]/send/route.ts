import { backForm, removeForm, absenceForm } from "../form.tsx";

export const { GET, POST } = backForm.route(removeForm, absenceForm);
