import type { ApiAnswer } from "#domain/answers/api/answer.ts";

const MOST_BYTES = 1_000_000;

/** The JSON that a program sent, of any shape; refused if it is too large, not JSON, or declared as something else. */
export async function readJson(request: Request): Promise<ApiAnswer<unknown>> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(type)) return { ok: false, code: "wrong-content-type" };
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of request.body ?? []) {
      size += chunk.byteLength;
      if (size > MOST_BYTES) return { ok: false, code: "body-too-large" };
      chunks.push(chunk);
    }
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(chunks));
    return { ok: true, resource: JSON.parse(text, refusePrototype) as unknown };
  } catch {
    return { ok: false, code: "unreadable-body" };
  }
}

/** A name with a special meaning in objects: no fact has it. */
function refusePrototype(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new SyntaxError("No name may be __proto__.");
  return value;
}
