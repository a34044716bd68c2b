import { form } from "#app/(portal)/(answers)/check/form.tsx";
import { formRoute } from "#app/_portal/form/form-route.ts";

export const { GET, POST } = formRoute(form);
