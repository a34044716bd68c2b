/**
 * Laws and guidance from outside a body: which bind it, which do not, and why. They are content; see
 * content/outside-rules.yaml.
 */
import { z } from "zod";
import { bodySchema, type Body } from "./body.ts";

const sentence = z.string().trim().min(1);

const outsideRuleSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "write an id in small letters, digits and hyphens"),
    title: sentence,
    /** What it means here, in one or two sentences. */
    means: sentence,
    /** Whom it binds: these types of body, in these nations. If either is left out, it is not limited. */
    binds: z.strictObject({
      types: z.array(bodySchema.shape.type).min(1).optional(),
      nations: z.array(bodySchema.shape.nation).min(1).optional(),
    }),
    /** Each completes "It binds this body because …" or "It does not bind this body because …". */
    because: sentence,
    notBecause: sentence.nullable(),
    /** Where to read it. */
    href: z.url({ protocol: /^https$/, error: "write an address that begins with https://" }).nullable(),
  })
  .refine(({ binds, notBecause }) => notBecause !== null || (!binds.types && !binds.nations), {
    path: ["notBecause"],
    error: "say why it does not bind the bodies that it leaves out",
  });

export const outsideRulesSchema = z.array(outsideRuleSchema).superRefine((rules, context) => {
  rules.forEach(({ id }, at) => {
    if (rules.findIndex((other) => other.id === id) < at)
      context.addIssue({ code: "custom", path: [at, "id"], message: `there are two rules with the id "${id}"` });
  });
});

export type OutsideRule = z.infer<typeof outsideRuleSchema>;

/** Whether a rule binds a body of this type in this nation. */
export function bindsBody(
  { binds }: Pick<OutsideRule, "binds">,
  { type, nation }: Pick<Body, "type" | "nation">,
): boolean {
  return (binds.types?.includes(type) ?? true) && (binds.nations?.includes(nation) ?? true);
}
