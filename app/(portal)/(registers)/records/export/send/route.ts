import { formRoute } from "#app/_portal/form/form.tsx";
import { exportForm } from "#app/(portal)/(registers)/records/form.tsx";

export const { GET, POST } = formRoute(exportForm);
