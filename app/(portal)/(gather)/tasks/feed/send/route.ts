import { endFeedForm, makeFeedForm } from "../../form.tsx";

export const { GET, POST } = makeFeedForm.route(endFeedForm);
