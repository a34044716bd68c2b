/**
 * For a form sent twice, the second finds the first's row on its second try. A third is for a reference generated
 * twice.
 */
const TRIES = 3;

/**
 * Retries an insert into the table of `model` if one of its unique keys was taken meanwhile.
 * @param attempt first checks whether the row exists already, then inserts it
 * @throws what `attempt` throws, including a unique key still taken at the third try
 */
export async function untilUnique<Result>(model: string, attempt: () => Promise<Result>): Promise<Result> {
  for (let left = TRIES - 1; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0 || uniqueViolation(error)?.model !== model) throw error;
    }
  }
}

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
const isUniqueViolation = (error: unknown): error is PrismaUniqueViolation =>
  error instanceof Error && "code" in error && error.code === "P2002";
