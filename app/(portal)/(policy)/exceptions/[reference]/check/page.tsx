import type { Metadata } from "next";
import { decidersInWords, NOBODY_DECIDES } from "#app/_exception/deciders.ts";
import { EditingPage, readEditing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import { RequestSummary } from "#app/_exception/request-summary.tsx";
import { sendPath } from "#app/_exception/section-path.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Stack } from "#app/_ui/stack.tsx";

export async function generateMetadata(props: EditingProps): Promise<Metadata> {
  const { refill, exception } = await readEditing(props, "check");
  return { title: `${refill.titlePrefix}Check your request, ${exception.reference}` };
}

/** All that was answered, each part with a link to change it that leads back here; then the request is sent. */
export default async function CheckPage(props: EditingProps) {
  const editing = await readEditing(props, "check");
  const { actor, exception, view } = editing;
  const who = decidersInWords(view);
  const { reference, state } = exception;
  return (
    <EditingPage
      editing={editing}
      title="Check your request before you send it"
      back={{ href: `/exceptions/${reference}`, label: "Back to the parts" }}
    >
      <Stack gap="section">
        <RequestSummary actor={actor} exception={exception} canChange />
        <PostForm actor={actor} action={sendPath(reference, "check", false)}>
          <h2>Send it</h2>
          <p>
            {who === null ? NOBODY_DECIDES : `It goes to ${who}.`} You cannot change it after that, unless you are asked
            to. Until it is approved, the policy applies to you in full.
          </p>
          <Cluster>
            <Button>{state === "changes-requested" ? "Send the request again" : "Send the request"}</Button>
            <ButtonLink href="/exceptions" look="quiet">
              Come back later
            </ButtonLink>
          </Cluster>
        </PostForm>
      </Stack>
    </EditingPage>
  );
}
