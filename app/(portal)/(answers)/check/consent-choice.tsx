import { CheckboxQuestion } from "#app/_ui/checkbox-question.tsx";
import { Link } from "#app/_ui/link.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { PHOTO_PARAMETER } from "#domain/registers/consent/photo-answer.ts";
import type { DecidingTable } from "#server/answers/known-answer/queries.ts";

/** The photo consents that the reader recorded and that are valid today: those chosen have agreed. */
export function ConsentChoice({ photo: { offered, chosen } }: { photo: NonNullable<DecidingTable["photo"]> }) {
  if (offered.length === 0)
    return (
      <p className="max-w-form text-small text-soft">
        You have no current photo consent here. If you have the form, <Link href="/photos/new">record the consent</Link>
        , so that you can show it later.
      </p>
    );
  return (
    <CheckboxQuestion
      name={PHOTO_PARAMETER}
      heading={false}
      question="Whose consent do you have?"
      help={
        <p>
          From <Link href="/photos">the photo consents that you recorded</Link>. Choose everybody in the photo; the
          answer above is then “everyone has agreed”. Check that the photo is for the use that they agreed to.
        </p>
      }
      options={offered.map(({ reference, name, purpose, until }) => ({
        value: reference,
        label: `${name}, ${reference}`,
        hint: `For: ${purpose}. Until ${dateInWords(until)}.`,
        checked: chosen.some((one) => one.reference === reference),
      }))}
    />
  );
}
