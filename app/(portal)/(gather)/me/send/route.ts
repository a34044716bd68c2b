import { formRoute } from "#app/_portal/form/form-route.ts";
import { sessionForm } from "../form.tsx";

export const { GET, POST } = formRoute(sessionForm);
