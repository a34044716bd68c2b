import { answerForm, decideForm, noteForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = answerForm.route(decideForm, noteForm, withdrawForm);
