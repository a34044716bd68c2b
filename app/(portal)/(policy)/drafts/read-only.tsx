import { Banner } from "#app/_ui/content.tsx";

/** Says why nothing can be saved here, and what to do instead. */
export const FolderIsReadOnly = () => (
  <Banner tone="warning" title="Nothing can be saved here">
    <p>
      The portal may only read its content folder. Write here, check it, download the file, and give it to whoever looks
      after the folder.
    </p>
  </Banner>
);
