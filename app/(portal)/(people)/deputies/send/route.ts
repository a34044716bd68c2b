import { endDeputyForm, nameForm } from "../form.tsx";

export const { GET, POST } = endDeputyForm.route(nameForm);
