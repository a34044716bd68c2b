import { framedPage } from "#app/_portal/form/form-page.tsx";
import { form } from "./form.tsx";

const { generateMetadata, Page } = framedPage(form.page, (shown) => (
  <>
    {shown.view.state === "approved" && (
      <p>
        If you change the purpose or the app, the group has to be approved again, and does not count until then. If you
        change how long messages are kept, everybody in it is told.
      </p>
    )}
    {form.show(shown)}
  </>
));

export { generateMetadata, Page as default };
