import { formRoute } from "#app/_portal/form/form-route.ts";
import { endForm } from "#app/(portal)/(people)/deputies/form.tsx";

export const { GET, POST } = formRoute(endForm);
