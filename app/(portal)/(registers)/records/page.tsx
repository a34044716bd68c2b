import { EntryList } from "#app/(portal)/(registers)/_list/entry-list.tsx";
import { framedPage } from "#app/_portal/form/form-page.tsx";
import type { Query } from "#app/_portal/form/page.ts";
import { Banner } from "#app/_ui/banner.tsx";
import { Button } from "#app/_ui/button.tsx";
import { Section } from "#app/_ui/section.tsx";
import { Tag } from "#app/_ui/tag.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { disposalForm, exportForm, page } from "./form.tsx";
import { records } from "./register.tsx";

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { own, register } = shown.view;
  const isFound = register !== null && register.page.rows.length > 0;
  return (
    <>
      {register && (
        <Section title="Search all records">
          <DoneWithMany query={shown.query} />
          {records.show(
            register,
            isFound && register.asked["standing"] === "due" && register.found.mayDispose
              ? disposalForm.show(shown)
              : undefined,
          )}
          {isFound && (
            <div className="no-print space-y-2">
              {exportForm.show(shown, {
                button: <Button look="quiet">Save all that was found as a CSV file</Button>,
              })}
              <p className="text-small text-soft">The evidence records that you did, and what you searched for.</p>
            </div>
          )}
        </Section>
      )}
      <EntryList
        title={register && "Captured by you"}
        caption="Records that you captured"
        path="/records"
        list="own"
        page={own}
        pages="Pages of those captured by you"
        columns={{
          About: (record) => (record.disposedAt ? <Tag>Disposed of</Tag> : <bdi>{record.about}</bdi>),
          "Said on": ({ saidOn }) => dateInWords(saidOn),
          Class: ({ className }) => className ?? "Not chosen yet",
        }}
        empty="You have not captured anything yet. When a chat decides something, or somebody may ask for it later, capture it."
      />
    </>
  );
});
export { generateMetadata, Page as default };

/** What was done with those ticked last: the figures of the address, which prove nothing by themselves. */
function DoneWithMany({ query: { did, done, already } }: { query: Query }) {
  const [changed, left] = [Number(done), Number(already)];
  if (typeof did !== "string" || !Number.isSafeInteger(changed) || !Number.isSafeInteger(left)) return null;
  const what = did === "keep" ? "kept longer" : "disposed of";
  return (
    <Banner
      tone={left > 0 ? "warning" : undefined}
      title={changed === 1 ? `One record is ${what}` : `${changed} records are ${what}`}
    >
      {left > 0 && (
        <p>
          {left === 1 ? "One was" : `${left} were`} left as before: there is a hold, there may be a request, or somebody
          else was faster.
        </p>
      )}
    </Banner>
  );
}
