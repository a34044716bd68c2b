import { formRoute } from "#app/_portal/form/form-route.ts";
import { askForm, clearedForm, heldForm } from "../form.tsx";

export const { GET, POST } = formRoute(heldForm, askForm, clearedForm);
