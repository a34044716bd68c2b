import { form } from "../form.tsx";

export const { GET, POST } = form.route();
