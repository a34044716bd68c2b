import { formRoute } from "#app/_portal/form/form-route.ts";
import { confirmForm, correctForm, endForm, extendForm, releaseForm, remindForm } from "../form.tsx";

export const { GET, POST } = formRoute(confirmForm, remindForm, extendForm, releaseForm, correctForm, endForm);
