import { awayForm, memberForms, ownForms, roleForm } from "../form.tsx";

export const { GET, POST } = awayForm.route(roleForm, ...Object.values(ownForms), ...Object.values(memberForms));
