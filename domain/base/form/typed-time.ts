/** A time of day as people type it: "14:30", "2.30pm", "1430", "9 am", "noon". */

export type TypedTime =
  | { kind: "empty" }
  /** `time`: "HH:MM", 24 hours. */
  | { kind: "time"; time: string }
  | { kind: "wrong"; message: string };

const WORDS: Readonly<Record<string, string>> = { noon: "12:00", midday: "12:00", midnight: "00:00" };
const SHAPE = /^(\d{1,2})(?:[:.]?(\d{2}))?(am|pm)?$/;

/** @param what the time's name in messages: "The time" */
export function readTime(typed: string, what: string): TypedTime {
  const text = typed
    .toLowerCase()
    .replace(/[\s\u00a0]+/g, "")
    .replace(/([ap])\.m\.?$/, "$1m");
  if (text === "") return { kind: "empty" };
  const word = WORDS[text];
  if (word) return { kind: "time", time: word };
  const wrong: TypedTime = { kind: "wrong", message: `${what} must be a time of day, such as 14:30 or 2:30pm.` };
  const [, hours = "", minutes = "00", half] = SHAPE.exec(text) ?? [];
  const [hour, minute] = [Number(hours), Number(minutes)];
  if (hours === "" || minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) return wrong;
  const whole = half ? (hour % 12) + (half === "pm" ? 12 : 0) : hour;
  return { kind: "time", time: `${String(whole).padStart(2, "0")}:${String(minute).padStart(2, "0")}` };
}
