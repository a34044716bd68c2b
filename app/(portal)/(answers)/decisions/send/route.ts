import { form } from "#app/(portal)/(answers)/check/form.tsx";

export const { GET, POST } = form.route();
