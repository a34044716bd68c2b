import { formRoute } from "#app/_portal/form/form-route.ts";
import { endFeedForm, makeFeedForm } from "../../form.tsx";

export const { GET, POST } = formRoute(makeFeedForm, endFeedForm);
