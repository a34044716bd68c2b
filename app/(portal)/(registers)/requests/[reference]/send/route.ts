import { formRoute } from "#app/_portal/form/form-route.ts";
import {
  acknowledgeForm,
  backForm,
  closeForm,
  dayForm,
  passOnForm,
  pauseForm,
  reopenForm,
  resumeForm,
} from "../form.tsx";

export const { GET, POST } = formRoute(
  passOnForm,
  dayForm,
  pauseForm,
  resumeForm,
  acknowledgeForm,
  backForm,
  closeForm,
  reopenForm,
);
