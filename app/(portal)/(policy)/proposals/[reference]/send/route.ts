import { formRoute } from "#app/_portal/form/form.tsx";
import { publishForm, returnForm, signForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = formRoute(signForm, returnForm, publishForm, withdrawForm);
