import type { ReactNode } from "react";
import { evaluationNotices } from "#app/_portal/portal-page.tsx";
import { Link } from "#app/_ui/link.tsx";
import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { Stack } from "#app/_ui/stack.tsx";

/** A page for somebody outside the directory, without a sign-in. */
export function OpenPage({ children }: { children: ReactNode }) {
  return (
    <SiteFrame
      notices={evaluationNotices()}
      account={null}
      home="/sign-in"
      footer={
        <p>
          <Link href="/accessibility-statement">Accessibility</Link>
        </p>
      }
    >
      <Stack gap="loose">{children}</Stack>
    </SiteFrame>
  );
}
