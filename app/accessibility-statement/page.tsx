import type { Metadata } from "next";
import { evaluationNotices } from "#app/_portal/portal-page.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { Stack } from "#app/_ui/stack.tsx";

export const metadata: Metadata = { title: "Accessibility statement" };
// The notice depends on how this portal is set up, which a build does not know.
export const dynamic = "force-dynamic";

/** Required of public bodies, intranets included; open to everybody, so that one can read it before signing in. */
export default function AccessibilityStatementPage() {
  return (
    <SiteFrame notices={evaluationNotices()} account={null}>
      <Stack>
        <PageHeading>Accessibility statement</PageHeading>
        <p>
          This statement is about With Care, the portal on messaging apps at work. We want everybody to be able to use
          it.
        </p>
        <h2>What you can do</h2>
        <ul>
          <li>Use every page with a keyboard alone, or with speech.</li>
          <li>Listen to every page with a screen reader.</li>
          <li>Enlarge it to 400 % on a small screen without scrolling sideways.</li>
          <li>Use it in dark mode, with your own colours, or without JavaScript.</li>
          <li>Print every page.</li>
        </ul>
        <h2>How well it does</h2>
        <p>
          It is built to meet the Web Content Accessibility Guidelines 2.2 at level AA. Automatic tests check the pages
          at each change. No failure is known. No outside expert has tested it yet.
        </p>
        <h2>Tell us what is in your way</h2>
        <p>
          Tell your line manager or the team that runs this portal in your organisation. Say which page it was and what
          you wanted to do. If you need the information in another form, ask them for it.
        </p>
        <h2>If you are not content with the answer</h2>
        <p>
          The Equality and Human Rights Commission enforces the accessibility regulations for public bodies in England,
          Scotland and Wales; in Northern Ireland the Equality Commission does. The Equality Advisory and Support
          Service tells you what you can do.
        </p>
        <p>Prepared on 22 November 2026.</p>
        <p>
          <ButtonLink href="/" look="quiet">
            Go to the start page
          </ButtonLink>
        </p>
      </Stack>
    </SiteFrame>
  );
}
