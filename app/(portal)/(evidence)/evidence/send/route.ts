import { formRoute } from "#app/_portal/form/form-route.ts";
import { form } from "../form.tsx";

export const { GET, POST } = formRoute(form);
