import { expect } from "vitest";
import type { PostAnswer } from "./post.ts";

type Sent = Readonly<Record<string, string | readonly string[]>>;

/** The inputs of a day, as they are typed. @param day YYYY-MM-DD, which need not exist */
export function dayInputs(name: string, day: string): Record<string, string> {
  const [year = "", month = "", number = ""] = day.split("-");
  return { [`${name}-day`]: number, [`${name}-month`]: month, [`${name}-year`]: year };
}

/**
 * Sends a complete form with one thing wrong at a time: it must come back with a problem at that field alone, in these
 * words, and with what was typed.
 * @param cases what is sent instead, the field that is refused ("" for the whole form), and its message
 */
export async function expectRefusals(
  send: (sent: Sent) => Promise<PostAnswer>,
  complete: Sent,
  cases: readonly (readonly [wrong: Sent, field: string, message: RegExp])[],
): Promise<void> {
  for (const [wrong, field, message] of cases) {
    const { status, problems, kept } = await send({ ...complete, ...wrong });
    const about = JSON.stringify(wrong).slice(0, 200);
    expect({ status, fields: Object.keys(problems) }, about).toEqual({ status: 303, fields: [field] });
    expect(problems[field], about).toMatch(message);
    const typed = Object.entries(wrong).map(([name, values]) => [name, [values].flat().at(-1)]);
    expect(kept, about).toMatchObject(Object.fromEntries(typed));
  }
}
