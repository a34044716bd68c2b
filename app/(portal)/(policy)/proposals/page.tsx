import { definePage, framedPage } from "#app/_portal/form/form.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { DataTable, Tag } from "#app/_ui/content.tsx";
import { Link, PageSection } from "#app/_ui/layout.tsx";
import { PROPOSAL_STATE_WORDS, signingInWords } from "#domain/policy/proposal/proposal.ts";
import { getProposals } from "#server/policy/proposal/queries.ts";
import { newAddress, NO_SIGNATURES } from "./proposal-words.ts";

const page = definePage({
  path: "/proposals",
  read: ({ actor }) => getProposals(actor),
  heading: "Versions to publish",
  section: "policies",
  intro: ({ view: { rules } }) => (
    <p>
      {rules
        ? `Before a version is published, it is signed by ${signingInWords(rules)}: never by its author.`
        : NO_SIGNATURES}
    </p>
  ),
  gap: "section",
});

/** What is proposed to be published, what became of earlier proposals, and what can be proposed. */
const { generateMetadata, Page } = framedPage(page, ({ view: { drafts, proposals, mayPropose } }) => (
  <>
    <PageSection title="Not published yet">
      <DataTable
        caption="Versions that nobody has proposed"
        columns={{
          Version: ({ slug, title, version }) => (
            <Link href={`/policies/${slug}/versions/${version}`}>
              {title}, version {version}
            </Link>
          ),
          "What to do":
            mayPropose && ((draft) => <Link href={newAddress(draft)}>Propose version {draft.version}</Link>),
        }}
        rows={drafts}
        empty="None. A new version is a folder beside the earlier ones: see the guide for authors."
      />
    </PageSection>
    <PageSection title="Proposals">
      <DataTable
        caption="Proposals, newest first"
        columns={{
          Reference: ({ reference }) => (
            <Link href={`/proposals/${reference}`} className="whitespace-nowrap">
              {reference}
            </Link>
          ),
          Version: ({ title, version }) => `${title}, version ${version}`,
          Proposed: ({ person, proposedAt }) => (
            <>
              {person.name}, <Moment at={proposedAt} />
            </>
          ),
          Signatures: { numeric: true, cell: ({ signatures }) => signatures.length },
          State: ({ state }) => (
            <Tag tone={state === "published" ? "good" : "neutral"}>{PROPOSAL_STATE_WORDS[state]}</Tag>
          ),
        }}
        rows={proposals}
        empty="Nothing has been proposed yet."
      />
    </PageSection>
  </>
));
export { generateMetadata, Page as default };
