import { formRoute } from "#app/_portal/form/form-route.ts";
import { helpedForm } from "../../helped-form.tsx";

export const { GET, POST } = formRoute(helpedForm);
