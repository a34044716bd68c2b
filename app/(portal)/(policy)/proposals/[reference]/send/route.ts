import { publishForm, returnForm, signForm, withdrawalForm } from "../form.tsx";

export const { GET, POST } = signForm.route(returnForm, publishForm, withdrawalForm);
