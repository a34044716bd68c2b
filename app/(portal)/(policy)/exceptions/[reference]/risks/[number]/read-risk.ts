import { notFound } from "next/navigation";
import { readEditing, type Editing, type EditingProps } from "#app/_exception/request-form-page.tsx";
import type { RiskRecord } from "#server/policy/exception/queries.ts";

export type RiskProps = Omit<EditingProps, "params"> & { params: Promise<{ reference: string; number: string }> };

/** The risk that an address is about: the first is 1; undefined where the request has none of that number. */
export async function readRisk(
  props: RiskProps,
  below = "",
): Promise<{ editing: Editing; number: number; risk: RiskRecord | undefined }> {
  const { number } = await props.params;
  if (!isRiskNumber(number)) notFound();
  const editing = await readEditing(props, `risks/${number}${below}`);
  return { editing, number: Number(number), risk: editing.exception.risks[Number(number) - 1] };
}

/** Whether a part of an address is a risk's number. */
export function isRiskNumber(text: string): boolean {
  return /^[1-9]\d?$/.test(text);
}
