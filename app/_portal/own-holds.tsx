import type { Actor } from "#domain/access/permission/permission.ts";
import { speaksOfDeleting } from "#domain/registers/hold/hold.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { DoNotDelete } from "./hold-check.tsx";

type OwnHoldsProps = {
  actor: Actor;
  /** Text of the page: no holds are shown if it says nothing about deleting. Without it they are always shown. */
  beside?: string;
};

/** The holds that concern the reader, on every page that would have them delete something. Empty without one. */
export const OwnHolds = async ({ actor, beside }: OwnHoldsProps) =>
  beside !== undefined && !speaksOfDeleting(beside) ? null : <DoNotDelete holds={await listOwnHolds(actor)} />;
