import { formRoute } from "#app/_portal/form/form-route.ts";
import { risksPage } from "#app/(portal)/(policy)/exceptions/[reference]/risks/risks-page.ts";
import { form } from "../form.tsx";

// Numbers move when a risk is removed: what was refused is said on the page of them all.
export const { GET, POST } = formRoute({ ...form, pathOf: (...at) => risksPage.locate(...at).path });
