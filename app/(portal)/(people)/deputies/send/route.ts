import { formRoute } from "#app/_portal/form/form-route.ts";
import { nameForm } from "../form.tsx";

export const { GET, POST } = formRoute(nameForm);
