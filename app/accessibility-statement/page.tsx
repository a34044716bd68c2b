import { BodiesToAsk } from "#app/_portal/bodies-to-ask.tsx";
import { OwnStatement } from "#app/_portal/own-statement.tsx";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { ButtonLine, PageHeading, PageSection, Stack } from "../_ui/layout.tsx";
import { type BodyToAsk, getBrand, getOwnStatement, listBodiesToAsk } from "#server/gather/statement/queries.ts";

export const metadata = { title: "Accessibility statement" };
// The notice depends on how this portal is configured, which is not known at build time.
export const dynamic = "force-dynamic";

/**
 * Required of public bodies, including for intranets; open to everybody, so that people can read it before signing in.
 */
export default async function AccessibilityStatementPage() {
  const own = await getOwnStatement("accessibility");
  const bodies = await listBodiesToAsk("accessibility");
  return (
    <OpenPage gap="section">
      {own === null ? (
        <Statement bodies={bodies} />
      ) : (
        <Stack>
          <PageHeading>Accessibility statement</PageHeading>
          <OwnStatement html={own} />
        </Stack>
      )}
      <ButtonLine href="/" look="quiet">
        Go to the start page
      </ButtonLine>
    </OpenPage>
  );
}

/** The portal's own, until the body writes one (docs/adopting.md). */
async function Statement({ bodies }: { bodies: readonly BodyToAsk[] }) {
  const { name } = await getBrand();
  return (
    <>
      <Purpose portal={name} names={bodies.map((body) => body.name)} />
      <HowAccessible />
      <PageSection title="Ask for another format, or report a problem">
        <p>
          If you need something in another form (large print, easy read, an audio recording, braille), or if something
          is in your way, tell them. Say which page it was and what you wanted to do. They aim to answer within five
          working days.
        </p>
        <BodiesToAsk bodies={bodies} />
      </PageSection>
      <NotContent nations={bodies.map(({ nation }) => nation)} />
      <TechnicalInformation />
      <HowPrepared />
    </>
  );
}

const Purpose = ({ portal, names }: { portal: string; names: readonly string[] }) => (
  <Stack>
    <PageHeading>Accessibility statement</PageHeading>
    <p>
      This statement is about {portal}, the portal on messaging apps at work. It is an intranet: it is run for the staff
      of {new Intl.ListFormat("en-GB").format(names)}. We want everybody to be able to use it.
    </p>
    <p>It is made so that you can</p>
    <ul>
      <li>use every page with a keyboard alone, or with speech;</li>
      <li>listen to every page with a screen reader;</li>
      <li>enlarge it to 400 % on a small screen without scrolling sideways;</li>
      <li>use it in dark mode, with your own colours, or without JavaScript;</li>
      <li>print every page.</li>
    </ul>
    <p>We keep the text short and plain. AbilityNet (mcmw.abilitynet.org.uk) helps you set up your device.</p>
  </Stack>
);

const HowAccessible = () => (
  <PageSection title="How accessible it is">
    <p>
      We know of no page that fails. It has not been tested by an outside expert, nor by people who use assistive
      technology every day. So there may be faults that we have not found. Three things to know:
    </p>
    <ul>
      <li>A table of outcomes can be long. It becomes a list on a small screen, and can be saved as a file.</li>
      <li>
        A picture of the matrix or of the map of questions has the same content as a table or a list on the page that
        offers it.
      </li>
      <li>Files that you save for other programs (CSV, calendar, DMN, ZIP) are as accessible as those programs.</li>
    </ul>
  </PageSection>
);

/** Who enforces it, in the places where the bodies are. */
const NotContent = ({ nations }: { nations: readonly string[] }) => (
  <PageSection title="If you are not happy with the answer">
    {nations.some((nation) => nation !== "northern-ireland") && (
      <p>
        The Equality and Human Rights Commission (EHRC) enforces the Public Sector Bodies (Websites and Mobile
        Applications) (No. 2) Accessibility Regulations 2018 in England, Scotland and Wales. First talk to the Equality
        Advisory and Support Service (equalityadvisoryservice.com, telephone 0808 800 0082).
      </p>
    )}
    {nations.some((nation) => nation === "northern-ireland" || nation === "uk") && (
      <p>
        In Northern Ireland the Equality Commission for Northern Ireland (ECNI) enforces these regulations
        (equalityni.org, telephone 028 9050 0600).
      </p>
    )}
  </PageSection>
);

const TechnicalInformation = () => (
  <PageSection title="Technical information">
    <p>
      We are committed to making this portal accessible, as the Public Sector Bodies (Websites and Mobile Applications)
      (No. 2) Accessibility Regulations 2018 require.
    </p>
    <h3>Compliance status</h3>
    <p>
      No failure of the Web Content Accessibility Guidelines (WCAG) version 2.2 at level AA is known. Because we have
      only checked it with automatic tests and by ourselves, we call the portal <strong>partially compliant</strong>{" "}
      until somebody outside has tested it.
    </p>
    <h3>What is not accessible</h3>
    <p>
      We know of nothing that is not. Nothing is left out as a disproportionate burden. Files made by other people, to
      which a policy may link, are outside this statement.
    </p>
  </PageSection>
);

const HowPrepared = () => (
  <PageSection title="How this statement was prepared">
    <p>
      Prepared on 22 November 2026, last reviewed on 24 November 2026. The portal is checked each time it is changed:
    </p>
    <ul>
      <li>
        an automatic test (axe) looks at every kind of page, wide and light, and at 320 pixels wide in dark mode, in
        Chromium;
      </li>
      <li>no page scrolls sideways at 320 pixels, with and without JavaScript;</li>
      <li>the main journeys are done with the keyboard alone;</li>
      <li>forced colours and the printed page are tested on the main pages;</li>
      <li>contrast of all colours is part of the automatic test.</li>
    </ul>
    <p>
      Not yet tested: screen readers (NVDA, JAWS, VoiceOver, TalkBack), voice control, screen magnifiers, and browsers
      other than Chromium.
    </p>
  </PageSection>
);
