import { framedPage } from "#app/_portal/form/form.tsx";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { Link, LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { form, page } from "./form.tsx";
import { FolderIsReadOnly } from "./read-only.tsx";

/** The drafts that policy owners write, those that cannot be read included, and where a new one begins. */
const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { drafts, policies, isWritable } = shown.view;
  return (
    <>
      <PageSection title="Being written">
        <DataTable
          caption="Drafts"
          columns={{
            Draft: ({ slug, version, title }) => (
              <Link href={`/drafts/${slug}/${version}/text`}>
                {title}, version {version}
              </Link>
            ),
            State: ({ isFaulty }) =>
              isFaulty ? <Tag tone="warning">Has faults</Tag> : <Tag tone="good">Can be read</Tag>,
            "Next step": ({ slug, version, isFaulty }) =>
              !isFaulty && (
                <Link href={`/proposals/new?${new URLSearchParams({ policy: slug, version }).toString()}`}>
                  Have it published
                </Link>
              ),
          }}
          rows={drafts}
          empty="Nothing is being written."
        />
        <LinkLine href="/content">What is wrong with the policy files</LinkLine>
      </PageSection>
      <PageSection title="Begin a draft" gap="loose">
        {!isWritable && <FolderIsReadOnly />}
        {policies.length === 0 ? (
          <p>Your employer has no policy here yet. Whoever looks after the portal begins the first one.</p>
        ) : (
          <>
            <p>
              It is a copy of the newest version, without its dates. Only policy owners and governance officers see it
              until it is published.
            </p>
            {isWritable && form.show(shown)}
            <LinkLine href="/policies/merge">Put several policies together instead</LinkLine>
          </>
        )}
      </PageSection>
    </>
  );
});
export { generateMetadata, Page as default };
