import { formRoute } from "#app/_portal/form/form-route.ts";
import { form, settleForm } from "../form.tsx";

export const { GET, POST } = formRoute(settleForm, form);
