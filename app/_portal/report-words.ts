import type { ReportPart } from "#server/policy/acknowledgement/report-queries.ts";

export const REPORT_PART_WORDS = {
  accepted: "Accepted",
  declined: "Declined",
  outstanding: "Outstanding",
} as const satisfies Record<ReportPart, string>;

/** The same as parts of a chart, distinguished by place and tone. */
export const REPORT_PART_COLUMNS = [
  { key: "accepted", label: REPORT_PART_WORDS.accepted, tone: "good" },
  { key: "declined", label: REPORT_PART_WORDS.declined, tone: "warning" },
  { key: "outstanding", label: REPORT_PART_WORDS.outstanding, tone: "neutral" },
] as const satisfies readonly { key: ReportPart; label: string; tone: string }[];
