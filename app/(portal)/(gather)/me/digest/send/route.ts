import { formRoute } from "#app/_portal/form/form-route.ts";
import { digestForm } from "../../form.tsx";

export const { GET, POST } = formRoute(digestForm);
