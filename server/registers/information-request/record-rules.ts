import "server-only";
import type { InformationRequestKind } from "#server/base/db/generated/enums.ts";
import type { RequestKind } from "#domain/registers/information-request/information-request.ts";

/** The database client uses underscores. */
export const REQUEST_KIND_NAMES = {
  foi: "foi",
  environmental: "environmental",
  subject_access: "subject-access",
  regulator: "regulator",
  inquiry: "inquiry",
  complaint: "complaint",
  litigation: "litigation",
} as const satisfies Record<InformationRequestKind, RequestKind>;

/** A kind as it is stored. */
export function storedKind(kind: RequestKind): InformationRequestKind {
  return kind === "subject-access" ? "subject_access" : kind;
}
