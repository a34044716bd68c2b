import { PostForm } from "#app/_portal/post-form.tsx";
import type { Refill } from "#app/_portal/form-values.ts";
import { Button } from "#app/_ui/button.tsx";
import { Cluster } from "#app/_ui/cluster.tsx";
import { DateField } from "#app/_ui/date-field.tsx";
import { Disclosure } from "#app/_ui/disclosure.tsx";
import { Panel } from "#app/_ui/panel.tsx";
import { Stack } from "#app/_ui/stack.tsx";
import type { Actor } from "#domain/access/permission/actor.ts";
import { dateInWords } from "#domain/base/calendar/calendar.ts";
import { REMOVAL_REASONS } from "#domain/registers/group/member.ts";
import type { GroupView, MemberView } from "#server/registers/group/view-queries.ts";

type Props = { actor: Actor; group: GroupView; refill: Refill };

/** What somebody says of themselves in a group: whether they agree, that they leave, that something changed. */
export function OwnMembershipSection({ actor, group, refill }: Props) {
  const { own } = group;
  if (!own) return null;
  const press = (command: string, label: string, look: "primary" | "quiet" = "quiet") => (
    <PostForm actor={actor} action={`/groups/${group.reference}/send`} hidden={{ do: command }}>
      <Button look={look}>{label}</Button>
    </PostForm>
  );
  if (own.standing === "waiting" || own.standing === "refused")
    return (
      <Panel title={own.standing === "waiting" ? "Do you agree to share your number?" : "You did not agree"}>
        <p>
          Everybody in the group sees the number of everybody else. You are free to say no. If you agree, you can take
          it back here at any time.
        </p>
        <p>Your number itself is not written down here. Your answer is, with the time.</p>
        <Cluster>
          {press("consent", "I agree to share my number", "primary")}
          {own.standing === "waiting" && press("refuse", "I do not agree")}
        </Cluster>
      </Panel>
    );
  if (own.standing === "leaving")
    return (
      <Panel title="You are to be taken out of the chat">
        <p>{leavingWords(own)} You can also leave the chat in the app yourself.</p>
        {own.removalReason === "withdrew-consent" || own.removalReason === "no-longer-needed"
          ? press("consent", "Stay after all: I agree to share my number")
          : null}
      </Panel>
    );
  return (
    <Stack as="section">
      <h2>You in this group</h2>
      <p>
        You agreed to share your number with its members.{" "}
        {own.role === "administrator" && "You are one of its administrators."}
        {own.role === "deputy" && "You are the deputy of its administrators."}
        {own.changedAt && " An administrator has been told that your details changed."}
      </p>
      <Cluster>
        {press("leave", "I no longer need this group")}
        {!own.changedAt && press("details", "My details changed")}
        {press("withdraw", "Take back my agreement")}
      </Cluster>
      {own.role !== "member" && <AwayForm actor={actor} group={group} own={own} refill={refill} />}
    </Stack>
  );
}

function leavingWords({ removalReason }: MemberView): string {
  if (removalReason === "withdrew-consent") return "You took back your agreement. The administrators have been told.";
  if (removalReason === "no-longer-needed") return "You no longer need the group. The administrators have been told.";
  return `The register says that somebody ${REMOVAL_REASONS[removalReason ?? "left"]}: you. Ask an administrator if that is wrong.`;
}

function AwayForm({ actor, group, own, refill }: Props & { own: MemberView }) {
  const isOpen = refill.problems.some(({ field }) => field === "from" || field === "until");
  const stored = { from: own.awayFrom ?? "", until: own.awayUntil ?? "" };
  const values = (name: "from" | "until") => {
    const [year = "", month = "", day = ""] = stored[name].split("-").map((part) => part.replace(/^0/, ""));
    return {
      day: refill.value(`${name}-day`, day),
      month: refill.value(`${name}-month`, month),
      year: refill.value(`${name}-year`, year),
    };
  };
  return (
    <>
      {own.awayFrom && own.awayUntil && (
        <p>
          You said that you are away from {dateInWords(own.awayFrom)} to {dateInWords(own.awayUntil)}. The deputy has
          your tasks meanwhile.
        </p>
      )}
      <Disclosure summary="I will be away" open={isOpen}>
        <PostForm actor={actor} action={`/groups/${group.reference}/send`} hidden={{ do: "away" }}>
          <p>The deputy has your tasks for this group meanwhile. Leave all fields empty if you are not away.</p>
          <DateField name="from" legend="First day" error={refill.errorOf("from")} values={values("from")} />
          <DateField name="until" legend="Last day" error={refill.errorOf("until")} values={values("until")} />
          <Button look="quiet">Save when I am away</Button>
        </PostForm>
      </Disclosure>
    </>
  );
}
