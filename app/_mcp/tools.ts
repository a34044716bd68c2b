import { EVALUATION_TOOLS } from "./evaluation-tools.ts";
import { PERSONAL_TOOLS } from "./personal-tools.ts";
import { POLICY_TOOLS } from "./policy-tools.ts";
import type { DefinedTool } from "./tool.ts";

/** Everything that an assistant can ask, in the order in which it is listed. */
export const TOOLS: readonly DefinedTool[] = [...POLICY_TOOLS, ...EVALUATION_TOOLS, ...PERSONAL_TOOLS];
