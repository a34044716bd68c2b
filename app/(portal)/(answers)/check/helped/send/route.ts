import { helpedForm } from "../../helped-form.tsx";

export const { GET, POST } = helpedForm.route();
