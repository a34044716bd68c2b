import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { getBrand } from "#server/gather/statement/queries.ts";

/** The frame with the name and look that the body gave the portal. */
export const BrandedFrame = async (frame: Omit<React.ComponentProps<typeof SiteFrame>, "brand">) => (
  <SiteFrame {...frame} brand={await getBrand()} />
);
