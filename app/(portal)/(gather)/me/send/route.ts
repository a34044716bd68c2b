import { sessionForm } from "../form.tsx";

export const { GET, POST } = sessionForm.route();
