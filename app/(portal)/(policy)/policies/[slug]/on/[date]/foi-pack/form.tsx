import { defineFormPage, definePage, refused } from "#app/_portal/form/form.tsx";
import { zipResponse } from "#app/_portal/zip-response.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getFoiPack } from "#server/gather/foi/queries.ts";
import { makeFoiPack } from "#server/gather/foi/service.ts";

/** For the governance officer: everything that is handed out about a policy as it was on a day. */
export const page = definePage({
  path: "/policies/[slug]/on/[date]/foi-pack",
  read: ({ actor, params }) => getFoiPack(actor, params.slug, params.date),
  heading: ({ view }) => `FOI pack for ${dateInWords(view.day)}`,
  title: ({ view }) => `FOI pack, ${view.version.frontMatter.title}, ${dateInWords(view.day)}`,
});

/** Answers with the pack as a ZIP file. A post, because making it is recorded. */
export const { form, GET, POST } = defineFormPage(page, {
  fields: {},
  button: "Save as a file (ZIP)",
  submit: ({ actor, params }) => makeFoiPack(actor, params.slug, params.date),
  done: (made) =>
    made.code === "made"
      ? { file: zipResponse(made.fileName, made.bytes) }
      : refused(
          "The files of this version are not those that were published, so no pack was made. Ask whoever looks after the policy files to put them back.",
        ),
});
