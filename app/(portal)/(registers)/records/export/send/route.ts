import { exportForm } from "#app/(portal)/(registers)/records/form.tsx";

export const { GET, POST } = exportForm.route();
