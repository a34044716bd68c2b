import { formRoute } from "#app/_portal/form/form-route.ts";
import { changedForm, endSessionForm, returnedForm } from "../form.tsx";

export const { GET, POST } = formRoute(changedForm, returnedForm, endSessionForm);
