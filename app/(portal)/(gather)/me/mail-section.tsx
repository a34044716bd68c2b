import { Moment } from "#app/_portal/moment.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { digestForm, type ShownMe } from "./form.tsx";

/** Which mail the reader gets, with a switch for the digest, and what was or would have been sent. */
export function OwnMailSection({ shown }: { shown: ShownMe }) {
  const { mail, feed } = shown.view.data;
  const { hasServer, wantsDigest, count, lines } = mail;
  return (
    <Stack as="section">
      <h2 id="mail">Mail to you</h2>
      {!hasServer && <p>This portal sends no mail now. Below is what it would have sent you.</p>}
      <p>
        {wantsDigest
          ? "You get a digest of your tasks once a working day at most, when something is new, falls due or is overdue."
          : "You get no digest. Your tasks are under Tasks."}{" "}
        Urgent mail, such as not to delete something, comes at once and cannot be switched off.
      </p>
      {digestForm.show(shown)}
      {lines.length === 0 ? (
        <p>You have no mail.</p>
      ) : (
        <>
          <p>{count > lines.length ? `The last ${lines.length} of ${count} mails:` : "All mail that is still kept:"}</p>
          <ul>
            {lines.map(({ id, subject, createdAt }) => (
              <li key={id}>
                <Link href={`/admin/mail/${id}`}>{subject}</Link>, <Moment at={createdAt} />
              </li>
            ))}
          </ul>
        </>
      )}
      <p>
        {feed === null ? (
          <>
            Your tasks are not in a calendar. <Link href="/tasks#calendar">Get a calendar address</Link>
          </>
        ) : (
          <>
            A secret address has shown your tasks in a calendar since <Moment at={feed.madeAt} />.{" "}
            <Link href="/tasks#calendar">See it or end it</Link>
          </>
        )}
      </p>
    </Stack>
  );
}
