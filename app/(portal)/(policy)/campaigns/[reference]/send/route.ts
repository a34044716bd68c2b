import { startForm, stopForm } from "../form.tsx";

export const { GET, POST } = startForm.route(stopForm);
