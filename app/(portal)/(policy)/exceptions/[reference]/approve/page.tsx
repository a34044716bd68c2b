import type { Metadata } from "next";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { TextField } from "#app/_ui/text-field.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { CommandFrame, readCommandPlace, type CommandPageProps } from "../command-page.tsx";
import { exceptionPath } from "../command-path.ts";
import { RequestInShort } from "../request-in-short.tsx";

const heading = (reference: string) => `Approve ${reference}`;

export async function generateMetadata(props: CommandPageProps): Promise<Metadata> {
  return { title: (await readCommandPlace("approve", heading, props)).title };
}

/** Approve: why, on which conditions, and until when. */
export default async function ApprovePage(props: CommandPageProps) {
  const place = await readCommandPlace("approve", heading, props);
  const { actor, view, refill } = place;
  const { reference, revision, wantedUntil } = view.exception;
  const [year = "", month = "", day = ""] = (wantedUntil ?? "").split("-");
  const stored = { day: plain(day), month: plain(month), year };
  return (
    <CommandFrame place={place}>
      <RequestInShort view={view} />
      <PostForm actor={actor} action={`${exceptionPath(reference, "approve")}/send`} hidden={{ revision }}>
        <TextField
          name="reason"
          label="Why do you approve it?"
          hint="The person who asked reads this. It is kept as evidence."
          lines={5}
          defaultValue={refill.value("reason")}
          error={refill.errorOf("reason")}
        />
        <TextField
          name="conditions"
          label="Conditions"
          hint="One on each line. They are shown with every answer that this exception allows. Leave it empty for none."
          lines={5}
          defaultValue={refill.value("conditions")}
          error={refill.errorOf("conditions")}
        />
        <DateField
          name="until"
          legend="Last day"
          hint={wantedUntil && `Asked for: ${dateInWords(wantedUntil)}. You can give an earlier day, not a later one.`}
          values={{
            day: refill.value("until-day", stored.day),
            month: refill.value("until-month", stored.month),
            year: refill.value("until-year", stored.year),
          }}
          error={refill.errorOf("until")}
        />
        <Button>Approve</Button>
      </PostForm>
    </CommandFrame>
  );
}

/** "07" as people write it: "7". */
function plain(part: string): string {
  return part.replace(/^0/, "");
}
