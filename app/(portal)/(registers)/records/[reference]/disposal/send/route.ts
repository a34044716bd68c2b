import { formRoute } from "#app/_portal/form/form-route.ts";
import { disposeForm, keepForm } from "../form.tsx";

export const { GET, POST } = formRoute(disposeForm, keepForm);
