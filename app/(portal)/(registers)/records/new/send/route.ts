import { formRoute } from "#app/_portal/form/form-route.ts";
import { saveForm, typeForm } from "../form.tsx";

export const { GET, POST } = formRoute(typeForm, saveForm);
