import { formRoute } from "#app/_portal/form/form.tsx";
import { answerForm, noteForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = formRoute(answerForm, noteForm, withdrawForm);
