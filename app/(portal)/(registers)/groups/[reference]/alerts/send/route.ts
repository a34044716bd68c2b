import { formRoute } from "#app/_portal/form/form-route.ts";
import { confirmedForm, logForm, phonedForm } from "../form.tsx";

export const { GET, POST } = formRoute(logForm, phonedForm, confirmedForm);
