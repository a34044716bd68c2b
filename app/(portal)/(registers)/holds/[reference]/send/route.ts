import { formRoute } from "#app/_portal/form/form-route.ts";
import { confirmForm, endForm, extendForm, remindForm } from "../form.tsx";

export const { GET, POST } = formRoute(confirmForm, remindForm, extendForm, endForm);
