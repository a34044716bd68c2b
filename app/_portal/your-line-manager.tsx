import { Link } from "../_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { getOwnLineManager } from "#server/people/directory/manager-queries.ts";

/** “your line manager” in a sentence, with the name where there is one, to press and write to. */
export async function YourLineManager({ actor }: { actor: Actor }) {
  const manager = await getOwnLineManager(actor);
  if (!manager) return "your line manager";
  return (
    <>
      your line manager (
      <Link href={`mailto:${manager.email}`}>
        <bdi>{manager.name}</bdi>
      </Link>
      )
    </>
  );
}
