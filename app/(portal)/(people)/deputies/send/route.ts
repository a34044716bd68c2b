import { formRoute } from "#app/_portal/form/form-route.ts";
import { endDeputyForm, nameForm } from "../form.tsx";

export const { GET, POST } = formRoute(endDeputyForm, nameForm);
