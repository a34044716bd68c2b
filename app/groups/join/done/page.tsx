import type { Metadata } from "next";
import { OpenPage } from "#app/_portal/open-page.tsx";
import { Confirmation } from "#app/_ui/content.tsx";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export const generateMetadata = async (props: Props): Promise<Metadata> => ({
  title: await titleOf(props),
  robots: { index: false },
});

/** Confirms that an answer has arrived. It does not say whose it was: the address contains no secret. */
export default async function JoinedPage(props: Props) {
  const title = await titleOf(props);
  return (
    <OpenPage home="/sign-in">
      <Confirmation title={title} />
      <p>
        {title === AGREED
          ? "Your answer is recorded. An administrator adds you to the chat. To take it back, tell them."
          : "Your answer is recorded. Nobody adds you to the chat."}{" "}
        You can close this page.
      </p>
    </OpenPage>
  );
}

const AGREED = "You have agreed";

const titleOf = async ({ searchParams }: Props): Promise<string> =>
  (await searchParams).answer === "refuse" ? "You have not agreed" : AGREED;
