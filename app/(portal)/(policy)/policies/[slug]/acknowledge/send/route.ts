import { formRoute } from "#app/_portal/form/form-route.ts";
import { form, situationForm } from "../form.tsx";

export const { GET, POST } = formRoute(form, situationForm);
