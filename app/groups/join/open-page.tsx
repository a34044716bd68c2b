import type { ReactNode } from "react";
import { evaluationNotices } from "#app/_portal/portal-page.tsx";
import { FooterLinks } from "#app/_portal/footer-links.tsx";
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
          <FooterLinks />
        </p>
      }
    >
      <Stack gap="loose">{children}</Stack>
    </SiteFrame>
  );
}
