import type { Actor } from "#domain/access/permission/permission.ts";
import { makeFormTicket, TICKET_FIELD } from "#server/access/identity/form-ticket.ts";

type PostFormProps = {
  actor: Actor;
  action: string;
  /** Values from the page that the handler needs again: version, hash, revision. */
  hidden?: Readonly<Record<string, string | number>> | undefined;
  children: React.ReactNode;
};

/** A form that changes something: a plain post that needs no script; see receive-form.ts for how it is handled. */
export const PostForm = ({ actor, action, hidden = {}, children }: PostFormProps) => (
  <form method="post" action={action} noValidate className="space-y-7">
    <input type="hidden" name={TICKET_FIELD} value={makeFormTicket(actor)} />
    {Object.entries(hidden).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
  </form>
);
