import { formRoute } from "#app/_portal/form/form-route.ts";
import { seenForm } from "../../form.tsx";

export const { GET, POST } = formRoute(seenForm);
