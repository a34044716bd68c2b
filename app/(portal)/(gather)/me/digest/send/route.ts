import { digestForm } from "../../form.tsx";

export const { GET, POST } = digestForm.route();
