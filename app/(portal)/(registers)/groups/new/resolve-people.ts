import type { Actor } from "#domain/access/permission/permission.ts";
import type { FieldProblem, FormValues } from "#domain/base/form/form-values.ts";
import { findOnePerson } from "#server/people/directory/queries.ts";

type Found = Exclude<Awaited<ReturnType<typeof findOnePerson>>, { message: string }>;

/** Who the fields mean, by names and addresses in the directory, and what is wrong with them. An empty field means nobody. */
export async function resolvePeople(actor: Actor, form: FormValues) {
  const problems: FieldProblem[] = [];
  const find = async (field: string, typed: string, lead = ""): Promise<Found[]> => {
    if (typed === "") return [];
    const found = await findOnePerson(actor, typed);
    if (!("message" in found)) return [found];
    problems.push({ field, message: lead + found.message });
    return [];
  };
  const named = (field: string) => find(field, form.text(field));
  const administrators = [...(await named("administrator1")), ...(await named("administrator2"))];
  const [deputy = null] = await named("deputy");
  const members: Found[] = [];
  for (const line of linesOf(form.text("members")))
    members.push(...(await find("members", line, `“${line.slice(0, 60)}”: `)));
  return { administrators, deputy, members, problems: problems.slice(0, MOST_PROBLEMS) };
}

/** More are not shown at once. */
const MOST_PROBLEMS = 20;
/** A group with more members than this adds the rest on its page. */
const MOST_LINES = 200;

function linesOf(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return [...new Set(lines)].filter((line) => line !== "").slice(0, MOST_LINES);
}
