import { cache } from "react";
import type { Actor } from "#domain/access/permission/permission.ts";
import { readWizardQuery } from "#domain/policy/decision/wizard.ts";
import { isIncidentKind, type IncidentKind } from "#domain/registers/incident/kind.ts";
import type { FromVerdict } from "#server/registers/incident/service.ts";
import { getOwnPolicy } from "#server/policy/policy/queries.ts";

export type NewReportQuery = Readonly<Record<string, string | string[] | undefined>>;

/** What an address asks to report: its kind, once it is chosen, and the verdict it comes from. */
export interface NewReport {
  kind: IncidentKind | null;
  from: FromVerdict | null;
  /** The address with all of it that is known, and nothing else. */
  path: string;
  /** The same without the kind: what the first question carries along. */
  carried: Readonly<Record<string, string>>;
}

/** Reads the address, for both the page and its form: unknown policies, facts and answers are dropped. */
export const readNewReport = cache(async (actor: Actor, query: NewReportQuery): Promise<NewReport> => {
  const last = (name: string) => [query[name] ?? ""].flat().at(-1) ?? "";
  const kind = last("kind");
  const policy = last("policy") === "" ? null : await getOwnPolicy(actor, last("policy"));
  const version = policy?.current;
  const from = version
    ? { policy: version.slug, version: version.version, situation: readWizardQuery(version.table, query).answers }
    : null;
  const carried = from ? { policy: from.policy, ...from.situation } : {};
  const known = isIncidentKind(kind) ? kind : null;
  const search = new URLSearchParams({ ...(known ? { kind: known } : {}), ...carried }).toString();
  return { kind: known, from, carried, path: `/incidents/new${search && `?${search}`}` };
});
