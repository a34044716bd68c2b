import type { Actor } from "#domain/access/permission/permission.ts";
import { makeToken } from "#server/access/api-token/service.ts";
import type { ScimProgram } from "#server/people/scim/program-rules.ts";

/** A program that feeds the directory, with a token that this administrator made. */
export async function addScimProgram(administrator: Actor): Promise<ScimProgram> {
  const asked = { name: "Directory", scopes: ["directory"], days: "30" };
  const result = await makeToken(administrator, asked, "directory");
  if (result.code !== "made") throw new Error(`Not made: ${result.code}.`);
  return { reference: result.reference, body: administrator.body, madeById: administrator.personId };
}
