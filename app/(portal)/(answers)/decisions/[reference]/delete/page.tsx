import { DoNotDelete } from "#app/_portal/hold-check.tsx";
import { framedPage } from "#app/_portal/form/form.tsx";
import { Link } from "#app/_ui/layout.tsx";
import { form, page } from "./form.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => (
  <>
    <DoNotDelete holds={shown.view.holds} />
    {shown.view.holds.length > 0 ? (
      <p>
        While a hold concerns you, nothing of yours is deleted here. <Link href="/holds">Read the holds</Link>
      </p>
    ) : (
      <>
        <p>
          The receipt and your note are deleted, for you and for everybody you shared it with. You cannot get it back.
          The evidence still shows that you kept and deleted a result, but not what it said.
        </p>
        {form.show(shown)}
      </>
    )}
  </>
));

export { generateMetadata, Page as default };
