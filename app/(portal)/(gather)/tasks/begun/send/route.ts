import { discardBegunForm } from "../../form.tsx";

export const { GET, POST } = discardBegunForm.route();
