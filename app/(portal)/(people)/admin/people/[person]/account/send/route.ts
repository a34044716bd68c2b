import { formRoute } from "#app/_portal/form/form-route.ts";
import { releaseForm } from "#app/(portal)/(people)/admin/people/[person]/form.tsx";

export const { GET, POST } = formRoute(releaseForm);
