import type { Actor } from "#domain/access/permission/actor.ts";
import { speaksOfDeleting } from "#domain/registers/hold/hold.ts";
import { listOwnHolds } from "#server/registers/hold/queries.ts";
import { DoNotDelete } from "./hold-check.tsx";

type OwnHoldsProps = {
  actor: Actor;
  /**
   * What the page shows; a hold is left out if the page does not ask people to delete what it covers. By default all of
   * them.
   */
  beside?: string;
};

/** The holds that concern the reader, on every page that would have them delete something. Empty without one. */
export async function OwnHolds({ actor, beside }: OwnHoldsProps) {
  if (beside !== undefined && !speaksOfDeleting(beside)) return null;
  return <DoNotDelete holds={await listOwnHolds(actor)} />;
}
