import { formRoute } from "#app/_portal/form/form-route.ts";
import { remindTeamForm } from "../form.tsx";

export const { GET, POST } = formRoute(remindTeamForm);
