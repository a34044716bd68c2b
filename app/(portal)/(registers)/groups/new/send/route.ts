import { randomUUID } from "node:crypto";
import { readAbout, readMessages } from "#app/(portal)/(registers)/_group/read-entry.ts";
import { receiveForm, seeOther } from "#app/_portal/receive-form.ts";
import type { Actor } from "#domain/access/permission/actor.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { aboutProblems, isGroupKind, SOCIAL, type GroupKind } from "#domain/registers/group/group.ts";
import { requestGroup, whoProblems } from "#server/registers/group/register-service.ts";
import { TICKET_FIELD } from "#server/access/identity/form-ticket.ts";
import { keepFormInput } from "#server/access/form-input/service.ts";
import { getOwnBody } from "#server/policy/policy/queries.ts";
import { resolvePeople } from "../resolve-people.ts";
import { isStepName, NEW_PATH, seenField, STEP_NAMES, type Slot, type StepName } from "../steps.ts";

/** Takes the form one page at a time, and finally the group. What was typed so far is carried along, kept for a day. */
export async function POST(request: Request): Promise<Response> {
  return receiveForm(request, NEW_PATH, async (actor, form) => {
    const step = form.text("step");
    if (!isStepName(step)) return { to: NEW_PATH };
    if (step === "kind" && form.text("kind") === SOCIAL) return { to: `${NEW_PATH}?step=${SOCIAL}` };
    if (step === "check") return send(actor, form);
    const { problems, set } = await checkStep(actor, step, form);
    if (problems.length > 0) return { problems };
    const next = form.text("back") === "check" ? "check" : (STEP_NAMES[STEP_NAMES.indexOf(step) + 1] ?? "check");
    const { [TICKET_FIELD]: _, step: __, back: ___, ...values } = form.values;
    const resent = { ...copy(values), ...set, [seenField(step)]: ["1"] };
    return { to: `${NEW_PATH}?step=${next}&kept=${await keepFormInput(actor.personId, NEW_PATH, resent, [])}` };
  });
}

export function GET(): Response {
  return seeOther(NEW_PATH);
}

type Checked = { problems: readonly FieldProblem[]; set: Record<string, string[]> };

async function checkStep(actor: Actor, step: Exclude<StepName, "check">, form: FormValues): Promise<Checked> {
  switch (step) {
    case "kind": {
      const isChosen = isGroupKind(form.text("kind"));
      return { problems: isChosen ? [] : [{ field: "kind", message: "Choose what kind of group it is." }], set: {} };
    }
    case "about": {
      const body = await getOwnBody(actor);
      return { problems: aboutProblems(readAbout(form), body?.groups.needsLogo ?? false), set: {} };
    }
    case "who": {
      const { ids, problems } = await resolvePeople(actor, form);
      const wrong = new Set(problems.map(({ field }) => field));
      const missing = whoProblems(whoOf(form, ids)).filter(
        ({ field }) => !wrong.has(field) && !(wrong.size > 0 && field === "administrator2"),
      );
      const set = Object.fromEntries(Object.entries(ids).map(([slot, id]) => [`${slot}Id`, [id]]));
      return { problems: [...problems, ...missing], set };
    }
    case "messages": {
      const read = readMessages(form);
      return { problems: "problems" in read ? read.problems : [], set: {} };
    }
  }
}

function whoOf(form: FormValues, ids: Partial<Record<Slot, string>>) {
  const kind = kindOf(form);
  const partner = { name: form.text("partnerName"), organisation: form.text("partnerOrganisation") };
  return {
    kind,
    administrators: [ids.administrator1, ids.administrator2].flatMap((id) => id ?? []),
    deputy: ids.deputy ?? null,
    partner: kind === "emergency" ? partner : null,
  };
}

function kindOf(form: FormValues): GroupKind {
  const kind = form.text("kind");
  return isGroupKind(kind) ? kind : "team";
}

async function send(actor: Actor, form: FormValues) {
  const read = readMessages(form);
  const { ids, problems } = await resolvePeople(actor, form);
  if ("problems" in read) return { problems: [...problems, ...read.problems] };
  if (problems.length > 0) return { problems };
  if (!isGroupKind(form.text("kind")))
    return { problems: [{ field: "kind", message: "Choose what kind of group it is." }] };
  const policy = form.text("policy");
  const result = await requestGroup(actor, {
    ...readAbout(form),
    ...read.messages,
    ...whoOf(form, ids),
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

function copy(values: FormValues["values"]): Record<string, string[]> {
  return Object.fromEntries(Object.entries(values).map(([name, all]) => [name, [...all]]));
}
