import { form, settleForm } from "../form.tsx";

export const { GET, POST } = settleForm.route(form);
