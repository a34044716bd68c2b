import { takeOverForm } from "#app/(portal)/(policy)/exceptions/[reference]/form.tsx";

export const { GET, POST } = takeOverForm.route();
