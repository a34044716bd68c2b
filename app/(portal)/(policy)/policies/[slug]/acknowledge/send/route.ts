import { form, situationForm } from "../form.tsx";

export const { GET, POST } = form.route(situationForm);
