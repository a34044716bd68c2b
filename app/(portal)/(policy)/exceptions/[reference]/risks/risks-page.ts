import { sectionPage } from "#app/(portal)/(policy)/_exception/section-form.tsx";
import { SECTION_WORDS } from "#domain/policy/exception/request.ts";

/** The third part of a request. */
export const risksPage = sectionPage({
  path: "/exceptions/[reference]/risks",
  heading: SECTION_WORDS.risks,
  section: "risks",
});
