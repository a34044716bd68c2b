import { randomUUID } from "node:crypto";
import {
  readAbout,
  readMessages,
  readGroupSettings,
  readSharing,
} from "#app/(portal)/(registers)/_group/entry-fields.tsx";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem, FormValues } from "#domain/base/form/form-values.ts";
import {
  aboutProblems,
  clearingProblems,
  isGroupKind,
  settingsProblems,
  SOCIAL,
  type GroupKind,
} from "#domain/registers/group/group.ts";
import { requestGroup, whoProblems } from "#server/registers/group/register-service.ts";
import { TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { keepFormInput } from "#server/access/form-input/service.ts";
import { getNewGroup } from "#server/registers/group/view-queries.ts";
import { leastDaysKept } from "#domain/registers/group/group-rules.ts";
import { resolvePeople } from "../resolve-people.ts";
import { isStepName, NEW_PATH, seenField, STEP_NAMES, type StepName } from "../steps.ts";

/** Takes the form one page at a time, and finally the group. What was typed so far is carried along, kept for a day. */
export const POST = async (request: Request): Promise<Response> =>
  receiveForm(request, NEW_PATH, async (actor, form) => {
    const step = form.text("step");
    if (!isStepName(step)) return { to: NEW_PATH };
    if (step === "kind" && form.text("kind") === SOCIAL) return { to: `${NEW_PATH}?step=${SOCIAL}` };
    if (step === "check") return send(actor, form);
    const problems = await checkStep(actor, step, form);
    if (problems.length > 0) return { problems };
    const next = form.text("back") === "check" ? "check" : (STEP_NAMES[STEP_NAMES.indexOf(step) + 1] ?? "check");
    const { [TICKET_FIELD]: _, step: __, back: ___, ...values } = form.values;
    const resent = { ...copy(values), [seenField(step)]: ["1"] };
    return { to: `${NEW_PATH}?step=${next}&kept=${await keepFormInput(actor.personId, NEW_PATH, resent, [])}` };
  });

export const GET = (): Response => seeOther(NEW_PATH);

async function checkStep(
  actor: Actor,
  step: Exclude<StepName, "check">,
  form: FormValues,
): Promise<readonly FieldProblem[]> {
  const asked = await getNewGroup(actor, form.text("policy"));
  if (!asked) return [];
  const { body, rules } = asked;
  switch (step) {
    case "kind":
      return isGroupKind(form.text("kind")) ? [] : [{ field: "kind", message: "Choose what kind of group it is." }];
    case "about":
      return aboutProblems(readAbout(form), body.groups.needsLogo);
    case "who": {
      const { problems, ...people } = await resolvePeople(actor, form);
      const wrong = new Set(problems.map(({ field }) => field));
      return [...problems, ...whoProblems(whoOf(form, people), rules).filter(({ field }) => !wrong.has(field))];
    }
    case "messages": {
      const read = readMessages(form);
      const least = leastDaysKept(rules);
      return "problems" in read
        ? [...read.problems, ...settingsProblems(readGroupSettings(form), null)]
        : [...clearingProblems(read.messages, least), ...settingsProblems(read.messages, least)];
    }
  }
}

type Resolved = Omit<Awaited<ReturnType<typeof resolvePeople>>, "problems">;

function whoOf(form: FormValues, { administrators, deputy, members }: Resolved) {
  const kind = kindOf(form);
  const partner = { name: form.text("partnerName"), organisation: form.text("partnerOrganisation") };
  return {
    kind,
    ...readSharing(form),
    administrators: administrators.map(({ id }) => id),
    deputy: deputy?.id ?? null,
    members: members.map(({ id }) => id),
    partner: kind === "emergency" ? partner : null,
  };
}

function kindOf(form: FormValues): GroupKind {
  const kind = form.text("kind");
  return isGroupKind(kind) ? kind : "team";
}

async function send(actor: Actor, form: FormValues) {
  const read = readMessages(form);
  const { problems, ...people } = await resolvePeople(actor, form);
  if ("problems" in read) return { problems: [...problems, ...read.problems] };
  if (problems.length > 0) return { problems };
  if (!isGroupKind(form.text("kind")))
    return { problems: [{ field: "kind", message: "Choose what kind of group it is." }] };
  const policy = form.text("policy");
  const result = await requestGroup(actor, {
    ...readAbout(form),
    ...read.messages,
    ...whoOf(form, people),
    startKey: form.text("startKey").slice(0, 100) || randomUUID(),
    agrees: form.text("agrees") === "yes",
    policy: policy === "" ? undefined : policy,
  });
  switch (result.code) {
    case "requested":
      return { to: `/groups/${result.reference}?done=1` };
    case "invalid":
      return { problems: result.problems };
    case "not-found":
      return null;
  }
}

const copy = (values: FormValues["values"]): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
