import { formRoute } from "#app/_portal/form/form-route.ts";
import { cancelForm, checkForm, stateForm } from "../form.tsx";

export const { GET, POST } = formRoute(stateForm, checkForm, cancelForm);
