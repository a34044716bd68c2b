import { formRoute } from "#app/_portal/form/form.tsx";
import { exceptionNoteForm } from "#app/(portal)/(policy)/exceptions/[reference]/form.tsx";

export const { GET, POST } = formRoute(exceptionNoteForm);
