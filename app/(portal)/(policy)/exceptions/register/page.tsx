import { Fragment } from "react";
import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import * as domain from "#domain/policy/exception/register.ts";
import { listPublishedYears } from "#server/policy/exception/figures-queries.ts";
import { exceptions } from "./register.tsx";
import { RISK_GRID, riskRows } from "#app/(portal)/(policy)/_exception/risk-picture.tsx";
import { HeatMap } from "#app/_ui/heat-map.tsx";
import { MonthBars } from "#app/_ui/month-bars.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { IMPACT_WORDS, LIKELIHOOD_WORDS } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import type { ExceptionRegister } from "#server/policy/exception/register-queries.ts";

const page = definePage({
  path: "/exceptions/register",
  read: ({ actor, query }) => exceptions.read(actor, query),
  heading: "Register of exceptions",
  gap: "section",
  async intro({ actor }) {
    const years = await listPublishedYears(actor);
    return (
      <>
        <LinkLine href="/exceptions/figures" onPaper={false}>
          See the figures by quarter, clause and team
        </LinkLine>
        {years.length > 0 && (
          <p className="no-print">
            Save a year’s decisions for publication as a CSV file, without anything that identifies anybody:{" "}
            {years.map((year, at) => (
              <Fragment key={year}>
                {at > 0 && ", "}
                <Link href={`/exceptions/register/published.csv?year=${year}`}>{year}</Link>
              </Fragment>
            ))}
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
      {found.all > 0 && <RegisterPictures register={found} filter={domain.readRegisterFilter(asked)} />}
      <PageSection title={found.found === 1 ? "1 request" : `${found.found} requests`}>
        {exceptions.show(register)}
      </PageSection>
    </>
  );
});
export { generateMetadata, Page as default };

type Props = { register: Pick<ExceptionRegister, "risks" | "endings">; filter: domain.ExceptionRegisterFilter };

/** The remaining risk, and when approved exceptions end. */
const RegisterPictures = ({ register: { risks, endings }, filter }: Props) => (
  <div className="grid grid-cols-[minmax(0,1fr)] gap-12 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
    <HeatMap
      {...RISK_GRID}
      caption={`Remaining risk: ${EXCEPTION_STATE_WORDS[risks.state].toLowerCase()}, ${risks.count}`}
      rows={riskRows((likelihood, impact) => ({
        count: risks.countAt(likelihood, impact),
        label: `${LIKELIHOOD_WORDS[likelihood].toLowerCase()} and ${IMPACT_WORDS[impact].toLowerCase()}`,
      }))}
    />
    <PageSection title="When they end">
      <MonthBars
        label="Approved exceptions by the month of their last day"
        months={endings.map(({ month, count }) => ({
          label: dateInWords(month),
          short: `${dateInWords(month).slice(0, 3)} ${month.slice(2, 4)}`,
          count,
          ...(count > 0 && { href: `/exceptions/register?${domain.writeRegisterFilter({ ...filter, ends: month })}` }),
        }))}
      />
    </PageSection>
  </div>
);
