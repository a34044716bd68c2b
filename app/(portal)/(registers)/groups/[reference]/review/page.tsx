import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { addMonths, calendarDay, dateInWords } from "#domain/base/calendar/calendar.ts";
import { clock } from "#server/base/clock.ts";
import { groupMetadata, readGroupPage, type GroupPageProps } from "../read-group.ts";
import { SubPage } from "../sub-page.tsx";

const TITLE = "Review the group";

export function generateMetadata(props: GroupPageProps): Promise<Metadata> {
  return groupMetadata(props, "/review", TITLE);
}

/** An administrator looks at the group again, and says when they do so next. */
export default async function ReviewPage(props: GroupPageProps) {
  const page = await readGroupPage(props, "/review");
  if (!page || !page.group.may.has("review")) notFound();
  const { actor, group, refill, path } = page;
  const { reference, reviewOn, contactsOn, settings } = group;
  const next = addMonths(calendarDay(clock.now()), settings.reviewEveryMonths);
  const [year = "", month = "", day = ""] = next.split("-").map((part) => part.replace(/^0/, ""));
  return (
    <SubPage actor={actor} group={group} refill={refill} title={TITLE}>
      <p>It is due on {dateInWords(reviewOn)}. Ask yourself:</p>
      <ul>
        <li>
          Is it still needed? If not, <Link href={`/groups/${reference}/close`}>close it</Link>.
        </li>
        <li>
          Is the purpose still the same? If not, <Link href={`/groups/${reference}/change`}>change it</Link>.
        </li>
        <li>Is everybody in the chat on the list, and does everybody on the list still need it?</li>
        <li>Were messages of value copied into the record?</li>
      </ul>
      <PostForm actor={actor} action={`${path}/send`} hidden={{ do: "review" }}>
        <DateField
          name="reviewOn"
          legend="When is it reviewed next?"
          hint="At most two years from now."
          error={refill.errorOf("reviewOn")}
          values={{
            day: refill.value("reviewOn-day", day),
            month: refill.value("reviewOn-month", month),
            year: refill.value("reviewOn-year", year),
          }}
        />
        <Button>I have reviewed it</Button>
      </PostForm>
      {contactsOn && (
        <Stack as="section">
          <h2>Contact details</h2>
          <p>
            Compare them with the emergency contacts directory whenever that is reviewed, by {dateInWords(contactsOn)}{" "}
            at the latest. The numbers stay there: the register holds none.
          </p>
          <PostForm actor={actor} action={`${path}/send`} hidden={{ do: "contacts" }}>
            <Button look="quiet">I have compared the contact details</Button>
          </PostForm>
        </Stack>
      )}
    </SubPage>
  );
}
