import { RISK_GRID, riskRows } from "#app/(portal)/(policy)/_exception/risk-picture.tsx";
import { HeatMap } from "#app/_ui/heat-map.tsx";
import { MonthBars } from "#app/_ui/month-bars.tsx";
import { Section } from "#app/_ui/section.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { writeRegisterFilter, type ExceptionRegisterFilter } from "#domain/policy/exception/register.ts";
import { IMPACT_WORDS, LIKELIHOOD_WORDS } from "#domain/base/risk/risk.ts";
import { EXCEPTION_STATE_WORDS } from "#domain/policy/exception/state.ts";
import type { ExceptionRegister } from "#server/policy/exception/register-queries.ts";

type Props = { register: Pick<ExceptionRegister, "risks" | "endings">; filter: ExceptionRegisterFilter };

/** The remaining risk, and when approved exceptions end. */
export function RegisterPictures({ register: { risks, endings }, filter }: Props) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-12 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <HeatMap
        {...RISK_GRID}
        caption={`Remaining risk: ${EXCEPTION_STATE_WORDS[risks.state].toLowerCase()}, ${risks.count}`}
        rows={riskRows((likelihood, impact) => ({
          count: risks.countAt(likelihood, impact),
          label: `${LIKELIHOOD_WORDS[likelihood].toLowerCase()} and ${IMPACT_WORDS[impact].toLowerCase()}`,
        }))}
      />
      <Section title="When they end">
        <MonthBars
          label="Approved exceptions by the month of their last day"
          months={endings.map(({ month, count }) => ({
            label: dateInWords(month),
            short: `${dateInWords(month).slice(0, 3)} ${month.slice(2, 4)}`,
            count,
            ...(count > 0 && { href: `/exceptions/register?${writeRegisterFilter({ ...filter, ends: month })}` }),
          }))}
        />
      </Section>
    </div>
  );
}
