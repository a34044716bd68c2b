import { formRoute } from "#app/_portal/form/form.tsx";
import { mitigationForm } from "#app/(portal)/(policy)/exceptions/[reference]/form.tsx";

export const { GET, POST } = formRoute(mitigationForm);
