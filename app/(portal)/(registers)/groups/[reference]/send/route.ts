import { receiveForm, seeOther, type FormResult } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { readDate } from "#domain/base/form/typed-date.ts";
import { GROUP_ROLES, type GroupRole } from "#domain/registers/group/member.ts";
import {
  giveConsent,
  leaveGroup,
  refuseConsent,
  reportNewDetails,
  setAway,
  withdrawGroupConsent,
} from "#server/registers/group/consent-service.ts";
import {
  changeRole,
  confirmRemoval,
  keepMember,
  renewLink,
  takeOverDetails,
} from "#server/registers/group/member-service.ts";
import { keepToShow } from "#server/access/shown-once/service.ts";
import { answerTo } from "../answer.ts";
import { groupPath } from "../read-group.ts";

type Context = { params: Promise<{ reference: string }> };

/** Takes what is one press on a group's page: of somebody about themselves, of an administrator about a member. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { reference } = await params;
  return receiveForm(request, groupPath(reference), (actor, form) => carryOut(actor, reference, form));
}

export async function GET(_: Request, { params }: Context): Promise<Response> {
  return seeOther(groupPath((await params).reference));
}

async function carryOut(actor: Actor, reference: string, form: FormValues): Promise<FormResult> {
  const path = groupPath(reference);
  const member = form.text("member");
  const atMember = `${path}#member-${encodeURIComponent(member)}`;
  switch (form.text("do")) {
    case "consent":
      return answerTo(await giveConsent(actor, reference), path);
    case "refuse":
      return answerTo(await refuseConsent(actor, reference), path);
    case "withdraw":
      return answerTo(await withdrawGroupConsent(actor, reference), path);
    case "leave":
      return answerTo(await leaveGroup(actor, reference), path);
    case "details":
      return answerTo(await reportNewDetails(actor, reference), path);
    case "away":
      return away(actor, reference, form);
    case "removed":
      return answerTo(await confirmRemoval(actor, reference, member), path);
    case "stays":
      return answerTo(await keepMember(actor, reference, member), atMember);
    case "details-updated":
      return answerTo(await takeOverDetails(actor, reference, member), atMember);
    case "role": {
      const role = form.text("role");
      if (!isRole(role)) return { problems: [{ field: `role-${member}`, message: "Choose a role." }] };
      return answerTo(await changeRole(actor, reference, member, role), atMember);
    }
    case "renew-link": {
      const result = await renewLink(actor, reference, member);
      if (result.code !== "done") return answerTo(result, path);
      return { to: `${path}/members?member=${result.memberId}&link=${await keepToShow(actor, result.link)}` };
    }
    default:
      return null;
  }
}

function isRole(text: string): text is GroupRole {
  return Object.hasOwn(GROUP_ROLES, text);
}

async function away(actor: Actor, reference: string, form: FormValues): Promise<FormResult> {
  const [from, until] = [readDate(form, "from", "the first day"), readDate(form, "until", "the last day")];
  if (from.kind === "empty" && until.kind === "empty")
    return answerTo(await setAway(actor, reference, null), groupPath(reference));
  if (from.kind === "day" && until.kind === "day")
    return answerTo(await setAway(actor, reference, { from: from.day, until: until.day }), groupPath(reference));
  const problemOf = (field: string, date: typeof from, missing: string) =>
    date.kind === "day" ? [] : [{ field, message: date.kind === "wrong" ? date.message : missing }];
  return {
    problems: [
      ...problemOf("from", from, "Say from which day you are away."),
      ...problemOf("until", until, "Say until which day you are away."),
    ],
  };
}
