import { GroupStateTag } from "#app/(portal)/(registers)/_group/group-tags.tsx";
import { definePage, framedPage, together } from "#app/_portal/form/form.tsx";
import { ButtonLink, PageSection } from "#app/_ui/layout.tsx";
import { DataTable } from "#app/_ui/content.tsx";
import { retentionInWords } from "#domain/registers/group/group.ts";
import { listOwnGroups } from "#server/registers/group/list-queries.ts";
import { GroupName, groups, NextReview } from "./register.tsx";

/** The reader's own groups; for officers and auditors the whole register, too. */
const page = definePage({
  path: "/groups",
  read: ({ actor, query }) => together({ own: listOwnGroups(actor), register: groups.read(actor, query) }),
  heading: "Chat groups",
  gap: "section",
  intro: (
    <>
      <p>
        A group counts as approved once a governance officer has approved it here. The register holds no phone numbers.
      </p>
      <ButtonLink href="/groups/new">Register a group</ButtonLink>
    </>
  ),
});

const { generateMetadata, Page } = framedPage(page, ({ view: { own, register } }) => (
  <>
    <PageSection title="Your groups">
      <DataTable
        caption="Your groups"
        columns={{
          Group: (line) => <GroupName line={line} />,
          State: ({ state }) => <GroupStateTag state={state} />,
          "You are": ({ own: role }) => role ?? "",
          "In the chat": { numeric: true, cell: ({ memberCount }) => memberCount },
          Messages: retentionInWords,
          "Next review": (line) => <NextReview line={line} />,
        }}
        rows={own}
        empty="You are not in any group on the register. Register one, or ask its administrator to add you."
      />
    </PageSection>
    {register && (
      <PageSection title="The whole register" id="register">
        {groups.show(register)}
      </PageSection>
    )}
  </>
));
export { generateMetadata, Page as default };
