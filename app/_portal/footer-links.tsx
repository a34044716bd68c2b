import { Link } from "#app/_ui/link.tsx";

/** The statements that everybody may read, at the foot of every page. */
export function FooterLinks() {
  return (
    <>
      <Link href="/accessibility-statement">Accessibility</Link> · <Link href="/privacy">Privacy</Link>
    </>
  );
}
