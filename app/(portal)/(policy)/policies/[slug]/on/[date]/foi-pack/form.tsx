import { defineFormPage, definePage, refused, showPage } from "#app/_portal/form/form.tsx";
import { zipResponse } from "#app/_portal/file-response.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { getFoiPack } from "#server/gather/foi/queries.ts";
import { makeFoiPack } from "#server/gather/foi/service.ts";
import { PolicyText } from "#app/(portal)/(policy)/_policy-text/policy-text.tsx";
import { PortalPage } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable, ErrorSummary, Missing, SummaryList } from "#app/_ui/content.tsx";
import { BackLink, Lines, PageHeading, PageSection, PrintHint, Stack } from "#app/_ui/layout.tsx";
import * as named from "#domain/gather/foi/figures.ts";
import { PrintStyle } from "#app/(portal)/(policy)/policies/[slug]/printed-policy.tsx";
import { FigureTables } from "#app/_portal/figure-tables.tsx";
import { onlyWord } from "#domain/policy/decision/verdict.ts";
import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import type { RuleInWords } from "#domain/gather/foi/rules-in-words.ts";
import { inOneSentence } from "#domain/policy/policy/wording.ts";

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

export const { generateMetadata, Page } = showPage(page, (shown) => {
  const { actor, view: pack, formState } = shown;
  const { day, version, body, notes, servedAt, figures } = pack;
  const exceptions = named.listedExceptions(pack.exceptions);
  const path = `/policies/${version.slug}/on/${day}`;
  const note = named.startNote(notes, servedAt);
  return (
    <PortalPage actor={actor} section="policies">
      <PrintStyle policy={{ version, body: pack.body, isPublished: true }} />
      <div data-for-release="">
        <Stack gap="section">
          <Stack>
            <BackLink href={path}>The policy on {dateInWords(day)}</BackLink>
            <ErrorSummary errors={[...formState.problems]} />
            <PageHeading kicker={`${body.name} · ${version.frontMatter.title}`}>
              FOI pack for {dateInWords(day)}
            </PageHeading>
            <Banner title={named.headlineOf(notes, day, version.version)}>{note && <p>{note}</p>}</Banner>
            <p className="no-print">
              This is what you can release when somebody asks what applied on that day. It names no one. The evidence
              records that you saved the file.
            </p>
            {form.show(shown)}
            <PrintHint />
          </Stack>

          <PageSection title="Approval">
            <SummaryList
              rows={pack.approval.map(({ term, value }) => ({
                term,
                value: value ?? <Missing what={term.toLowerCase()} />,
              }))}
            />
          </PageSection>

          <PageSection title="Answers and exceptions">
            <p className="no-print">
              Read this part before you release it: in a small team a single line can identify a person.
            </p>
            <SummaryList rows={named.figuresInWords(pack).map(({ what, figure }) => ({ term: what, value: figure }))} />
            {exceptions.length > 0 && (
              <DataTable
                caption={`Exceptions in force on ${dateInWords(day)}`}
                captionHidden={false}
                columns={Object.fromEntries(
                  named.EXCEPTION_COLUMNS.map(({ key, label }) => [
                    label,
                    (line: (typeof exceptions)[number]) => named.exceptionInWords(line)[key],
                  ]),
                )}
                rows={exceptions}
              />
            )}
            <div className="text-small text-soft">
              <Lines lines={named.figureNotes(notes, servedAt)} />
            </div>
          </PageSection>

          <Stack as="section">
            <h2>
              {body.name}, {dateInWords(figures.from)} to {dateInWords(figures.until)}
            </h2>
            <FigureTables tables={figures.tables} />
          </Stack>

          <PageSection title="The text">
            <PolicyText version={version} canAsk={false} />
          </PageSection>

          <RulesInWords rules={pack.rules} />
        </Stack>
      </div>
    </PortalPage>
  );
});

/** A decision table in sentences, in the order in which its rules are tried. */
const RulesInWords = ({ rules }: { rules: readonly RuleInWords[] }) => (
  <PageSection title="The rules in words">
    <p>By these rules the portal answered staff who asked what they may do. The first one that fits decides.</p>
    <ol className="list-none space-y-5">
      {rules.map(({ id, verdict, verdictWord, when, because, obligations, instead }, at) => (
        <li key={id} data-keep="" className="space-y-1 border-t border-line pt-3">
          <p className="flex items-center gap-2">
            {at + 1}. <VerdictWord verdict={verdict} words={onlyWord(verdict, verdictWord)} />
          </p>
          <p>{when === null ? "In every other case." : `If ${when}.`}</p>
          {instead.length > 0 && <p>Instead: {instead.join(" ")}</p>}
          {obligations.length > 0 && <p>Then: {obligations.map(({ text }) => text).join(" ")}</p>}
          <p className="text-small text-soft">
            Clause{because.length > 1 && "s"} {inOneSentence(because.map(({ clause }) => clause))}
          </p>
        </li>
      ))}
    </ol>
  </PageSection>
);
