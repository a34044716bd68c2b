import { formRoute } from "#app/_portal/form/form.tsx";
import { startForm, stopForm } from "../form.tsx";

export const { GET, POST } = formRoute(startForm, stopForm);
