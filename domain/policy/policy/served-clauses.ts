/**
 * Which feature implements a clause that no rule decides, for policies without a source: content/served-clauses.yaml.
 */
import { z } from "zod";
import { FEATURES, type Feature } from "#domain/policy/decision/feature.ts";

const feature = z.string().refine((name): name is Feature => Object.hasOwn(FEATURES, name), "there is no such feature");

/** By policy, by id of the clause. */
export const servedClausesSchema = z.record(z.string(), z.record(z.string(), feature));

/** For one policy, by id of the clause. */
export type ServedClauses = Readonly<Record<string, Feature>>;
