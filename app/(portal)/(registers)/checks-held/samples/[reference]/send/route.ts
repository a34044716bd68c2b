import { formRoute } from "#app/_portal/form/form-route.ts";
import { closeForm, excuseForm } from "../form.tsx";

export const { GET, POST } = formRoute(closeForm, excuseForm);
