import { makeTokenForm, revokeTokenForm } from "../../form.tsx";

export const { GET, POST } = makeTokenForm.route(revokeTokenForm);
