import { formRoute } from "#app/_portal/form/form.tsx";
import { conditionForm } from "#app/(portal)/(policy)/exceptions/[reference]/form.tsx";

export const { GET, POST } = formRoute(conditionForm);
