import { formRoute } from "#app/_portal/form/form.tsx";
import { form } from "../form.tsx";

export const { GET, POST } = formRoute(form);
