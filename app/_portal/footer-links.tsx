import { Link } from "../_ui/layout.tsx";

/** The statements that everybody may read, at the foot of every page. */
export const FooterLinks = () => (
  <>
    <span className="whitespace-nowrap">
      <Link href="/accessibility-statement">Accessibility</Link> ·
    </span>{" "}
    <Link href="/privacy">Privacy</Link>
  </>
);
