import { formRoute } from "#app/_portal/form/form-route.ts";
import { disposalForm } from "../form.tsx";

export const { GET, POST } = formRoute(disposalForm);
