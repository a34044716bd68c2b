import { formRoute } from "#app/_portal/form/form.tsx";
import { answerForm, decideForm, noteForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = formRoute(answerForm, decideForm, noteForm, withdrawForm);
