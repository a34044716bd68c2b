import { PillLinks } from "../../_ui/layout.tsx";
import type { ReportedPolicy } from "#server/policy/acknowledgement/report-queries.ts";

type Props = { path: string; policies: readonly ReportedPolicy[]; chosen: string };

/** Lets the reader choose one policy, if there are too many for one page. */
export const PolicyPills = ({ path, policies, chosen }: Props) => (
  <PillLinks
    label="Which policy"
    items={policies.map(({ slug, title, version }) => ({
      href: `${path}?policy=${slug}`,
      label: `${title}, version ${version}`,
      current: slug === chosen,
    }))}
  />
);
