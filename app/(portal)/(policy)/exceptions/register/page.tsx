import { framedPage } from "#app/_portal/form/form-page.tsx";
import { definePage } from "#app/_portal/form/page.ts";
import { Link } from "#app/_ui/link.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { readRegisterFilter } from "#domain/policy/exception/register.ts";
import { mayPublishRegister } from "#server/policy/exception/published-queries.ts";
import { RegisterPictures } from "./register-pictures.tsx";
import { exceptions } from "./register.tsx";

const page = definePage({
  path: "/exceptions/register",
  read: ({ actor, query }) => exceptions.read(actor, query),
  heading: "Register of exceptions",
  gap: "section",
  async intro({ actor }) {
    return (
      <>
        <p className="no-print">
          <Link href="/exceptions/figures">See the figures by quarter, clause and team</Link>
        </p>
        {(await mayPublishRegister(actor)) && (
          <p className="no-print">
            <Link href="/exceptions/register/published.csv">
              Save last year’s decisions for publication as a CSV file
            </Link>
            , without anything that identifies anybody
          </p>
        )}
      </>
    );
  },
});

/** Every request that was ever sent: filtered and ordered by its address, as charts, as a table and as a file. */
const { generateMetadata, Page } = framedPage(page, ({ view: register }) => {
  const { found, asked } = register;
  return (
    <>
      {found.all > 0 && <RegisterPictures register={found} filter={readRegisterFilter(asked)} />}
      <Section title={found.found === 1 ? "1 request" : `${found.found} requests`}>{exceptions.show(register)}</Section>
    </>
  );
});
export { generateMetadata, Page as default };
