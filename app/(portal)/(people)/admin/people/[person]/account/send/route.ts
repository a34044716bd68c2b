import { releaseForm } from "#app/(portal)/(people)/admin/people/[person]/form.tsx";

export const { GET, POST } = releaseForm.route();
