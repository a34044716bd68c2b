import { formRoute } from "#app/_portal/form/form.tsx";
import { form, resendForm } from "../form.tsx";

export const { GET, POST } = formRoute(resendForm, form);
