import { framedPage } from "#app/_portal/form/form.tsx";
import { form, page } from "./form.tsx";
import { followUp } from "./register.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) =>
  followUp.show(shown.view, shown.view.page.rows.length > 0 ? form.show(shown) : undefined),
);
export { generateMetadata, Page as default };
