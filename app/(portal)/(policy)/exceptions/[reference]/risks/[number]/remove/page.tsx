import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { EditingPage } from "#app/_exception/request-form-page.tsx";
import { sectionPath, sendPath } from "#app/_exception/section-path.ts";
import { PostForm } from "#app/_portal/post-form.tsx";
import { Button, ButtonLink } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { UserText } from "#app/_ui/user-text.tsx";
import { readRisk, type RiskProps } from "../read-risk.ts";

export async function generateMetadata(props: RiskProps): Promise<Metadata> {
  const { editing, number } = await readRisk(props, "/remove");
  return { title: `Remove risk ${number}, ${editing.exception.reference}` };
}

/** Asks before a risk is removed: what was written about it is lost. */
export default async function RemoveRiskPage(props: RiskProps) {
  const { editing, number, risk } = await readRisk(props, "/remove");
  const { actor, exception, isFromCheck, isOpen } = editing;
  if (!risk && isOpen) notFound();
  return (
    <EditingPage editing={editing} title={`Remove risk ${number}?`} back={editing.backToRisks}>
      <PostForm
        actor={actor}
        action={sendPath(exception.reference, `risks/${number}/remove`, isFromCheck)}
        hidden={{ risk: risk?.id ?? "" }}
      >
        <UserText>{risk?.description ?? ""}</UserText>
        <p>Its scores and mitigations are deleted too. You cannot get them back.</p>
        <Cluster>
          <Button>Remove this risk</Button>
          <ButtonLink href={sectionPath(exception.reference, "risks", isFromCheck)} look="quiet">
            Keep it
          </ButtonLink>
        </Cluster>
      </PostForm>
    </EditingPage>
  );
}
