import { formPage } from "#app/_portal/form/form-page.tsx";
import { form } from "./form.tsx";

const { generateMetadata, Page } = formPage(form);
export { generateMetadata, Page as default };
