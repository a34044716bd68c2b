import { Banner } from "../_ui/content.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { listNamesNotReached } from "#server/evidence/outbox/queries.ts";

type NotReachedProps = {
  actor: Actor;
  /** The page's address, as its notices give it. */
  href: string;
  /** Only these people are named; all, where it is left out. */
  among?: readonly string[];
};

/** On a page that says who was told: whom the mail about it did not reach. */
export async function NotReached({ actor, href, among }: NotReachedProps) {
  const names = (await listNamesNotReached(actor, href)).filter((name) => !among || among.includes(name));
  if (names.length === 0) return null;
  return (
    <Banner tone="warning" title="A mail about this did not arrive">
      <p>It did not reach {names.join(", ")}. Tell them in another way. Administrators can send it again.</p>
    </Banner>
  );
}
