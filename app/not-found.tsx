import { connection } from "next/server";
import { ButtonLink } from "./_ui/layout.tsx";
import { DeadEnd } from "./_ui/content.tsx";
import { BrandedFrame } from "#app/_portal/branded-frame.tsx";

export const metadata = { title: "Page not found" };

/** For an address where nothing exists, or nothing that this reader may see: the answer is the same. */
export default async function NotFound() {
  // Rendered for each reader: its scripts carry the nonce of the response.
  await connection();
  return (
    <BrandedFrame account={null}>
      <DeadEnd title="This page is not here">
        <p>
          The address may be mistyped or out of date, or it leads to something that is not meant for you. You have done
          nothing wrong.
        </p>
        <p>If you typed the address, check it. If a colleague sent it, ask whether you should see it.</p>
        <ButtonLink href="/">Go to the start page</ButtonLink>
      </DeadEnd>
    </BrandedFrame>
  );
}
