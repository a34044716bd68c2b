import { changedForm, endSessionForm, returnedForm } from "../form.tsx";

export const { GET, POST } = changedForm.route(returnedForm, endSessionForm);
