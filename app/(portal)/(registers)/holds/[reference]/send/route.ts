import { formRoute } from "#app/_portal/form/form-route.ts";
import { confirmForm, correctHoldForm, endForm, extendForm, releaseFromHoldForm, remindForm } from "../form.tsx";

export const { GET, POST } = formRoute(
  confirmForm,
  remindForm,
  extendForm,
  releaseFromHoldForm,
  correctHoldForm,
  endForm,
);
