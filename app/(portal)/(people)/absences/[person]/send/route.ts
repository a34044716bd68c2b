import { formRoute } from "#app/_portal/form/form-route.ts";
import { backForm, removeForm, absenceForm } from "../form.tsx";

export const { GET, POST } = formRoute(backForm, removeForm, absenceForm);
