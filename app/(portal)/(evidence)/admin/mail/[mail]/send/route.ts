import { formRoute } from "#app/_portal/form/form.tsx";
import { form, settleForm } from "../form.tsx";

export const { GET, POST } = formRoute(settleForm, form);
