import { seenForm } from "../../form.tsx";

export const { GET, POST } = seenForm.route();
