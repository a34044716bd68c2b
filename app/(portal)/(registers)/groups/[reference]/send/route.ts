import { formRoute } from "#app/_portal/form/form.tsx";
import { awayForm, memberForms, ownForms, roleForm } from "../form.tsx";

export const { GET, POST } = formRoute(awayForm, roleForm, ...Object.values(ownForms), ...Object.values(memberForms));
