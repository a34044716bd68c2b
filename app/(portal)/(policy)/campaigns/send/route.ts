import { formRoute } from "#app/_portal/form/form-route.ts";
import { notNeededForm } from "../form.tsx";

export const { GET, POST } = formRoute(notNeededForm);
