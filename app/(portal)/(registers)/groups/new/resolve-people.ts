import type { Actor } from "#domain/access/permission/actor.ts";
import { nameKey } from "#domain/access/identity/name.ts";
import type { FieldProblem } from "#domain/base/form/field-problem.ts";
import type { FormValues } from "#domain/base/form/form-values.ts";
import { searchPeople } from "#server/people/directory/queries.ts";
import { SLOTS, type Slot } from "./steps.ts";

/**
 * Who the fields mean: the only person in the directory who matches what was typed, or the one chosen from several. An
 * empty field means nobody.
 */
export async function resolvePeople(
  actor: Actor,
  form: FormValues,
): Promise<{ ids: Partial<Record<Slot, string>>; problems: FieldProblem[] }> {
  const ids: Partial<Record<Slot, string>> = {};
  const problems: FieldProblem[] = [];
  for (const slot of SLOTS) {
    const typed = form.text(slot);
    if (typed === "") continue;
    const found = await searchPeople(actor, typed);
    const exact = found.filter(({ name }) => nameKey(name) === nameKey(typed));
    const chosen = found.find(({ id }) => id === form.text(`${slot}Id`));
    const only = exact.length === 1 ? exact[0] : found.length === 1 ? found[0] : undefined;
    const person = chosen ?? only;
    if (person) ids[slot] = person.id;
    else if (found.length === 0)
      problems.push({
        field: slot,
        message: `Nobody called “${typed.slice(0, 60)}” is in the directory. Check the spelling, or type less of the name.`,
      });
    else
      problems.push({
        field: slot,
        message: `Several people match “${typed.slice(0, 60)}”. Choose one, or type more of the name.`,
      });
  }
  return { ids, problems };
}
