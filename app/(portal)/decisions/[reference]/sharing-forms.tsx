import { PostForm } from "#app/_portal/post-form.tsx";
import { Button } from "#app/_ui/button.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/actor.ts";
import { getEnv } from "#server/env.ts";
import type { Sharing } from "#server/receipt/queries.ts";
import type { ReceiptCommand } from "#server/receipt/service.ts";

/** Who else may read a receipt, and how to change that. */
export function SharingForms({ actor, reference, sharing }: { actor: Actor; reference: string; sharing: Sharing }) {
  const { manager, isWithManager, link } = sharing;
  return (
    <section id="sharing" aria-labelledby="sharing-title" className="no-print space-y-5">
      <h2 id="sharing-title">Who can read it</h2>
      <p>
        {isWithManager || link
          ? "Who can read it sees all of it, your note too. What they do not see is how it runs under today’s rules."
          : "Only you. If you share it, others see all of it, your note too. You can take that back at any time."}
      </p>
      <Stack gap="tight">
        <h3>Your line manager</h3>
        {isWithManager ? (
          <>
            <p>
              {manager
                ? `${manager}, who manages your team now, can read it.`
                : "It is shared, and nobody else manages your team now."}
            </p>
            <Command command="unshare-with-manager">Stop sharing with my line manager</Command>
          </>
        ) : manager ? (
          <>
            <p>
              {manager} manages your team now. Whoever follows can read it then, and {manager} no longer.
            </p>
            <Command command="share-with-manager">Share with my line manager</Command>
          </>
        ) : (
          <p>The directory names nobody else who manages your team.</p>
        )}
      </Stack>
      <Stack gap="tight">
        <h3>People with a link</h3>
        {link ? (
          <>
            <CopyText id="link" label="The link, to copy" text={`${getEnv().appUrl}${link}`} lines={2} />
            <p>It opens for people of your body who are signed in, and for nobody else.</p>
            <Command command="revoke-link">Take the link back</Command>
          </>
        ) : (
          <Command command="make-link">Make a link</Command>
        )}
      </Stack>
      <p>
        <Link href={`/decisions/${reference}/delete`}>Delete this receipt</Link>
      </p>
    </section>
  );

  function Command({ command, children }: { command: ReceiptCommand; children: string }) {
    return (
      <PostForm actor={actor} action={`/decisions/${reference}/send`} hidden={{ do: command }}>
        <Button look="quiet">{children}</Button>
      </PostForm>
    );
  }
}
