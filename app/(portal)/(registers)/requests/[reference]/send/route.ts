import { formRoute } from "#app/_portal/form/form-route.ts";
import {
  acknowledgeForm,
  takeBackForm,
  closeRequestForm,
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
  takeBackForm,
  closeRequestForm,
  reopenForm,
);
