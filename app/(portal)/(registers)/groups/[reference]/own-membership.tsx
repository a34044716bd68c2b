import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Section } from "#app/_ui/section.tsx";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { REMOVAL_REASONS } from "#domain/registers/group/member.ts";
import type { MemberView } from "#server/registers/group/view-queries.ts";
import { awayForm, ownForms, type ShownGroup } from "./form.tsx";

/** What a member records about themselves: that they agree, that they are leaving, or that something changed. */
export function OwnMembershipSection({ shown }: { shown: ShownGroup }) {
  const { own } = shown.view;
  if (!own) return null;
  if (own.standing === "waiting" || own.standing === "refused")
    return (
      <Panel title={own.standing === "waiting" ? "Do you agree to share your number?" : "You did not agree"}>
        <p>
          Everybody in the group sees the number of everybody else. You are free to say no. If you agree, you can change
          your mind here at any time.
        </p>
        <p>We do not record your number here. We record your answer and the time.</p>
        <Cluster>
          {ownForms.consent.show(shown)}
          {own.standing === "waiting" && ownForms.refuse.show(shown)}
        </Cluster>
      </Panel>
    );
  if (own.standing === "leaving")
    return (
      <Panel title="You will be taken out of the chat">
        <p>{leavingWords(own)} You can also leave the chat in the app yourself.</p>
        {own.removalReason === "withdrew-consent" || own.removalReason === "no-longer-needed"
          ? ownForms.consent.show(shown, {
              button: <Button look="quiet">Stay after all: I agree to share my number</Button>,
            })
          : null}
      </Panel>
    );
  return (
    <Section title="You in this group">
      <p>
        You agreed to share your number with its members.{" "}
        {own.role === "administrator" && "You are one of its administrators."}
        {own.role === "deputy" && "You are the deputy of its administrators."}
        {own.changedAt && " An administrator has been told that your details changed."}
      </p>
      <Cluster>
        {ownForms.leave.show(shown)}
        {!own.changedAt && ownForms.details.show(shown)}
        {ownForms.withdraw.show(shown)}
      </Cluster>
      {own.role !== "member" && <Away shown={shown} own={own} />}
    </Section>
  );
}

function leavingWords({ removalReason }: MemberView): string {
  if (removalReason === "withdrew-consent") return "You took back your agreement. The administrators have been told.";
  if (removalReason === "no-longer-needed") return "You no longer need the group. The administrators have been told.";
  return `The register says that somebody ${REMOVAL_REASONS[removalReason ?? "left"]}: you. Ask an administrator if that is wrong.`;
}

function Away({ shown, own }: { shown: ShownGroup; own: MemberView }) {
  const isOpen = shown.formState.problems.some(({ field }) => field === "from" || field === "until");
  return (
    <>
      {own.awayFrom && own.awayUntil && (
        <p>
          You said that you will be away from {dateInWords(own.awayFrom)} to {dateInWords(own.awayUntil)}. The deputy
          has your tasks until you are back.
        </p>
      )}
      <Disclosure summary="I will be away" open={isOpen}>
        {awayForm.show(shown)}
      </Disclosure>
    </>
  );
}
