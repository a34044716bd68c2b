import { framedPage } from "#app/_portal/form/form.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) =>
  shown.view.recording.withdrawn ? null : form.show(shown),
);

export { generateMetadata, Page as default };
