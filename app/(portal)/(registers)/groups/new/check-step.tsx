import {
  DisappearingWarning,
  readAbout,
  readMessages,
  readSharing,
} from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import type { FormState } from "#app/_portal/form-state.ts";
import { ContactList } from "#app/_portal/contact-list.tsx";
import { CheckboxQuestion } from "#app/_ui/fields.tsx";
import { Missing, SummaryList, type SummaryRow, UserText } from "#app/_ui/content.tsx";
import { BackLink, ButtonLink, Link, PageHeading, PageSection, Stack } from "#app/_ui/layout.tsx";
import type { Actor } from "#domain/access/permission/permission.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { FormValues } from "#domain/base/form/form-values.ts";
import { GROUP_KINDS, isGroupKind, retentionInWords, settingsInWords } from "#domain/registers/group/group.ts";
import type { GroupRules } from "#domain/registers/group/group-rules.ts";
import type { Body } from "#domain/policy/policy/body.ts";
import { resolvePeople } from "./resolve-people.ts";
import { NEW_PATH, STEP_NAMES, STEPS, type StepName } from "./steps.ts";

type Props = {
  actor: Actor;
  formState: FormState;
  /** The part of the address that leads back to what was typed. */
  keptQuery: string;
  rules: GroupRules;
};

/** All answers, each with a link to change it. */
export async function CheckStep({ actor, formState, keptQuery, rules }: Props) {
  const fields = STEP_NAMES.flatMap((step) => [...STEPS[step]]);
  const form = new FormValues(Object.fromEntries(fields.map((name) => [name, [formState.value(name)]])));
  const { name, purpose, app, hasLogo } = readAbout(form);
  const read = readMessages(form);
  const messages = "messages" in read ? read.messages : null;
  const kind = form.text("kind");
  const { responsible, agreement } = readSharing(form);
  const { administrators, deputy, members } = await resolvePeople(actor, form);
  const people = [...administrators, ...(deputy ? [deputy] : []), ...members];
  const names = (of: typeof people) => of.map((one) => one.name).join(", ");
  const row = (step: StepName, term: string, value: SummaryRow["value"]): SummaryRow => ({
    term,
    value: value === "" || value === undefined ? <Missing what={term} /> : value,
    change: { href: `${NEW_PATH}?step=${step}&back=check${keptQuery}`, context: term.toLowerCase() },
  });
  return (
    <>
      <SummaryList
        rows={[
          row("kind", "Kind", isGroupKind(kind) ? GROUP_KINDS[kind].label : ""),
          row("about", "Name", name),
          row("about", "Purpose", purpose && <UserText>{purpose}</UserText>),
          row("about", "App", app),
          row("about", "Carries the logo", hasLogo === null ? "" : hasLogo ? "Yes" : "No"),
          row("who", "Administrators", names(administrators)),
          ...(kind === "emergency"
            ? [
                row(
                  "who",
                  "Partner's administrator",
                  `${form.text("partnerName")}, ${form.text("partnerOrganisation")}`,
                ),
              ]
            : []),
          ...(deputy || rules.deputy ? [row("who", "Deputy", deputy?.name)] : []),
          ...(members.length > 0 || rules.members ? [row("who", "Members", names(members))] : []),
          ...(kind === "team"
            ? []
            : [row("who", "Responsible for it", responsible ?? ""), row("who", "Shared under", agreement ?? "")]),
          row("messages", "Messages", messages ? retentionInWords(messages) : ""),
          ...(messages ? settingsInWords(messages).map(([term, value]) => row("messages", term, value)) : []),
          row("messages", "Next review", messages ? dateInWords(messages.reviewOn) : ""),
        ]}
      />
      <DisappearingWarning days={messages?.disappearDays ?? null} />
      {people.some(({ id }) => id === actor.personId) && (
        <CheckboxQuestion
          name="agrees"
          heading={false}
          question="Do you agree to share your number?"
          help={<p>Everybody in the group sees it. You can also answer later, and change your mind at any time.</p>}
          options={[
            {
              value: "yes",
              label: "I agree to share my number with the members of this group",
              checked: formState.isChosen("agrees", "yes"),
            },
          ]}
        />
      )}
      <p>
        It counts once it is {rules.word}: when{" "}
        {rules.administrators === 1 ? "an administrator has" : `${rules.administrators} administrators have`} agreed to
        share their numbers and confirmed these settings, and somebody else than you has decided.
      </p>
    </>
  );
}

/** The end of the form for a group that is not about work: why, and what to do instead. */
export const SocialPage = ({ contacts }: { contacts: Body["contacts"] }) => (
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
    <PageSection title="Who to ask">
      <ContactList contacts={contacts} />
    </PageSection>
    <ButtonLink href="/groups">Back to chat groups</ButtonLink>
  </Stack>
);
