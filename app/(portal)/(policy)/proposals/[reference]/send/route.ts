import { publishForm, returnForm, signForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = signForm.route(returnForm, publishForm, withdrawForm);
