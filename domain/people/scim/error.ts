/** Errors of SCIM (RFC 7644, section 3.12). */

export const SCIM_ERROR_SCHEMA = "urn:ietf:params:scim:api:messages:2.0:Error";

export type ScimType =
  "invalidFilter" | "uniqueness" | "mutability" | "invalidSyntax" | "invalidPath" | "noTarget" | "invalidValue";

/** Thrown to end a request, and its transaction with it. */
export class ScimError extends Error {
  override name = "ScimError";
  readonly status: number;
  readonly scimType: ScimType | null;

  constructor(status: number, scimType: ScimType | null, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
  }
}

export const notFound = (id: string): ScimError => new ScimError(404, null, `There is no resource "${id}" here.`);

/** The body of the error response. */
export const scimErrorBody = ({
  status,
  scimType,
  message,
}: {
  status: number;
  scimType?: string | null;
  message: string;
}) => ({ schemas: [SCIM_ERROR_SCHEMA], status: String(status), ...(scimType && { scimType }), detail: message });
