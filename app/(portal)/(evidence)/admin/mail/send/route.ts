import { form, resendForm } from "../form.tsx";

export const { GET, POST } = resendForm.route(form);
