import { Moment } from "#app/_portal/moment.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { CopyText } from "#app/_ui/copy-text.tsx";
import { Link } from "#app/_ui/link.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import type { Sharing } from "#server/answers/receipt/queries.ts";
import { makeLinkForm, revokeLinkForm, shareForm, unshareForm, type ShownReceipt } from "./form.tsx";

/** Who else may read a receipt, and how to change that. */
export function SharingForms({ shown, sharing }: { shown: ShownReceipt; sharing: Sharing }) {
  const { reference, link } = shown.view;
  const { manager, isWithManager, linkMadeAt } = sharing;
  return (
    <section id="sharing" aria-labelledby="sharing-title" className="no-print space-y-5">
      <h2 id="sharing-title">Who can read it</h2>
      <p>
        {isWithManager || linkMadeAt
          ? "Anyone who can read it sees all of it, including your note. They do not see how it runs under today’s rules."
          : "Only you. If you share it, others see all of it, including your note. You can take that back at any time."}
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
            {unshareForm.show(shown)}
          </>
        ) : manager ? (
          <>
            <p>
              {manager} manages your team now. If somebody else takes over, they can read it and {manager} no longer
              can.
            </p>
            {shareForm.show(shown)}
          </>
        ) : (
          <p>The directory names nobody else who manages your team.</p>
        )}
      </Stack>
      <Stack gap="tight">
        <h3>People with a link</h3>
        {linkMadeAt ? (
          <>
            {link === null ? (
              <p>
                You made a link on <Moment at={linkMadeAt} />. We showed it once and cannot show it again. If you have
                lost it, make a new one. The earlier one then stops working.
              </p>
            ) : (
              <>
                <CopyText
                  id="link"
                  label="The link, to copy"
                  text={`${getEnv().appUrl}/decisions/shared/${link}`}
                  lines={2}
                />
                <p>
                  Copy it now: we show it only once. It opens for people of your body who are signed in, and for nobody
                  else.
                </p>
              </>
            )}
            <Cluster>
              {makeLinkForm.show(shown)}
              {revokeLinkForm.show(shown)}
            </Cluster>
          </>
        ) : (
          makeLinkForm.show(shown)
        )}
      </Stack>
      <p>
        <Link href={`/decisions/${reference}/delete`}>Delete this receipt</Link>
      </p>
    </section>
  );
}
