import { exceptionNoteForm } from "#app/(portal)/(policy)/exceptions/[reference]/form.tsx";

export const { GET, POST } = exceptionNoteForm.route();
