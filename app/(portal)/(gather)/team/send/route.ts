import { formRoute } from "#app/_portal/form/form-route.ts";
import { remindForm } from "../form.tsx";

export const { GET, POST } = formRoute(remindForm);
