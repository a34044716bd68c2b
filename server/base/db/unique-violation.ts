import "server-only";

export interface UniqueViolation {
  /** Name of the table's model, such as "Person". */
  model: string;
  /** The columns that are unique together, in the order of the schema. */
  fields: string[];
}

/**
 * What Prisma's P2002 says, the same for both databases: PGlite's adapter names the columns, PostgreSQL's the index.
 * @returns null for any other error
 */
export function uniqueViolation(error: unknown): UniqueViolation | null {
  if (!isUniqueViolation(error)) return null;
  const model = error.meta?.modelName ?? "";
  const { fields, index } = error.meta?.driverAdapterError?.cause?.constraint ?? {};
  if (fields) return { model, fields: fields.map((field) => field.replaceAll('"', "")) };
  // Prisma names its indexes Model_column_column_key; none of our columns has an underscore.
  const columns = index?.startsWith(`${model}_`) ? index.slice(model.length + 1).replace(/_key$/, "") : "";
  return { model, fields: columns === "" ? [] : columns.split("_") };
}

interface PrismaUniqueViolation {
  meta?: {
    modelName?: string;
    driverAdapterError?: { cause?: { constraint?: { fields?: string[]; index?: string } } };
  };
}

// By its code, not its class: the bundler may contain Prisma's error class twice.
function isUniqueViolation(error: unknown): error is PrismaUniqueViolation {
  return error instanceof Error && "code" in error && error.code === "P2002";
}
