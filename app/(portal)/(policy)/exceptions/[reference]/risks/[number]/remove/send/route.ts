import { formRoute } from "#app/_portal/form/form.tsx";
import { risksPage } from "#app/(portal)/(policy)/exceptions/[reference]/risks/[number]/risk-at.ts";
import { form } from "../form.tsx";

// Numbers shift when a risk is removed, so a refusal is shown on the page that lists them.
export const { GET, POST } = formRoute({ ...form, pathOf: (...at) => risksPage.locate(...at).path });
