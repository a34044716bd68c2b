import type { ComponentProps } from "react";
import { SiteFrame } from "#app/_ui/site-frame.tsx";
import { getBrand } from "#server/gather/statement/queries.ts";

/** The frame with the name and look that the body gave the portal. */
export async function BrandedFrame(frame: Omit<ComponentProps<typeof SiteFrame>, "brand">) {
  return <SiteFrame {...frame} brand={await getBrand()} />;
}
