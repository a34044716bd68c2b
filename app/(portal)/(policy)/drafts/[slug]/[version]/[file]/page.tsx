import { framedPage } from "#app/_portal/form/form.tsx";
import { Island } from "#app/_portal/island.tsx";
import { Banner } from "#app/_ui/content.tsx";
import { LinkLine, PillLinks } from "#app/_ui/layout.tsx";
import { DRAFT_FILES } from "#domain/policy/draft/draft.ts";
import { form, page } from "./form.tsx";
import { summaryOf } from "./draft-editor.tsx";

/** A file of a draft, to be written here. */
const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { slug, version, file, format, draft, saved } = shown.view;
  if (!draft)
    return (
      <>
        <p>Version {version} is published, and what is published never changes. A correction is a new version.</p>
        <LinkLine href="/drafts">Begin a draft</LinkLine>
      </>
    );
  const hasFaults = draft.findings.some(({ blocks }) => blocks) || draft.elsewhere.length > 0;
  return (
    <>
      {saved && (
        <Banner title={saved === "same" ? "There was nothing to save" : "Saved"}>
          <p>
            {summaryOf(draft)}{" "}
            {hasFaults && "Until they are put right, the draft is shown as it was before, or not at all."}
          </p>
        </Banner>
      )}
      <PillLinks
        label="Files of the draft"
        items={Object.entries(DRAFT_FILES).map(([part, { label }]) => ({
          href: `/drafts/${slug}/${version}/${part}`,
          label,
          current: part === file,
        }))}
      />
      {!hasFaults && <LinkLine href={`/policies/${slug}/versions/${version}`}>Read the draft as saved</LinkLine>}
      {draft.isReadable ? (
        <Island name="draft" data={{ format }}>
          {form.show(shown)}
        </Island>
      ) : (
        <p>The file is not written in UTF-8, so it cannot be edited here. Save it again with the encoding UTF-8.</p>
      )}
    </>
  );
});
export { generateMetadata, Page as default };
