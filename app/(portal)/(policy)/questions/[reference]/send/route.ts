import { answerForm, noteForm, withdrawForm } from "../form.tsx";

export const { GET, POST } = answerForm.route(noteForm, withdrawForm);
