import { BrandedFrame } from "#app/_portal/branded-frame.tsx";
import { Stack } from "../_ui/layout.tsx";
import { drawOnce } from "./draw-once.tsx";
import { FooterLinks } from "./footer-links.tsx";
import { evaluationNotices } from "./portal-page.tsx";

interface Props {
  /** Where the portal's name links to; by default the start page. */
  home?: "/sign-in";
  gap?: "loose" | "section";
  children: React.ReactNode;
}

/** A public page, without sign-in. */
export const OpenPage = ({ home, gap = "loose", children }: Props) =>
  drawOnce(
    <BrandedFrame
      notices={evaluationNotices()}
      account={null}
      {...(home && { home })}
      footer={
        <p>
          <FooterLinks />
        </p>
      }
    >
      <Stack gap={gap}>{children}</Stack>
    </BrandedFrame>,
  );
