import { ContactList } from "#app/_portal/contact-list.tsx";
import { BackLink } from "#app/_ui/back-link.tsx";
import { ButtonLink } from "#app/_ui/button.tsx";
import { Link } from "#app/_ui/link.tsx";
import { PageHeading } from "#app/_ui/page-heading.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Body } from "#domain/policy/policy/body.ts";
import { NEW_PATH } from "./steps.ts";

/** The end of the form for a group that is not about work: why, and what to do instead. */
export function SocialPage({ contacts }: { contacts: Body["contacts"] }) {
  return (
    <Stack gap="loose">
      <Stack>
        <BackLink href={NEW_PATH}>What kind of group is it?</BackLink>
        <PageHeading>Social groups are outside the policy</PageHeading>
      </Stack>
      <p>
        The register is for groups in which people work. A group for talk that is not about work needs no entry, and
        nobody approves it.
      </p>
      <ul>
        <li>Keep work out of it. If somebody writes about work, the policy applies to that message.</li>
        <li>Ask people before you add them: everybody in a group sees everybody&apos;s number.</li>
        <li>
          Not sure about a message? <Link href="/check">Check it</Link>.
        </li>
      </ul>
      <Section title="Who to ask">
        <ContactList contacts={contacts} />
      </Section>
      <ButtonLink href="/groups">Back to chat groups</ButtonLink>
    </Stack>
  );
}
