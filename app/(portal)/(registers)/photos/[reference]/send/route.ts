import { formRoute } from "#app/_portal/form/form-route.ts";
import { correctConsentForm, form, retireForm } from "../form.tsx";

export const { GET, POST } = formRoute(form, retireForm, correctConsentForm);
