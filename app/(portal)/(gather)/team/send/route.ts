import { remindTeamForm } from "../form.tsx";

export const { GET, POST } = remindTeamForm.route();
