/** Every feature that a policy relies on has an end-to-end test, with the tag `@feature:name`. */
import { FEATURES, isPlanned, type Feature } from "#domain/policy/decision/feature.ts";
import type { Fault, Obligation, Sources } from "#domain/policy/decision/rule-file.ts";

/** The parts of a version, or of clauses without one, that name features. */
export interface NamesFeatures {
  file: string;
  obligations: readonly Pick<Obligation, "feature">[];
  served: Sources["served"];
}

/** A file of end-to-end tests. */
export interface JourneyFile {
  name: string;
  text: string;
}

function namedFeatures(content: readonly NamesFeatures[]): Map<Feature, string> {
  const named = new Map<Feature, string>();
  for (const { file, obligations, served } of content)
    for (const feature of [...obligations.flatMap((one) => one.feature ?? []), ...Object.values(served)])
      if (!named.has(feature)) named.set(feature, file);
  return named;
}

/** The features in the tags of tests; comments do not count. */
function taggedFeatures(text: string): string[] {
  const code = text.replaceAll(/^\s*\/\/.*$/gm, "");
  const tags = [...code.matchAll(/\btag:\s*("[^"]*"|\[[^\]]*\])/g)].map(([tag]) => tag);
  return tags.flatMap((tag) => [...tag.matchAll(/@feature:([\w-]+)/g)].map(([, name = ""]) => name));
}

/** Live features named in the content without a test, and tags that name no feature. */
export function journeyFaults(content: readonly NamesFeatures[], journeys: readonly JourneyFile[]): Fault[] {
  const fault = (file: string, message: string): Fault => ({
    file,
    rule: null,
    kind: "journey",
    situation: null,
    message,
  });
  const tagged = journeys.map(({ name, text }) => ({ name, features: taggedFeatures(text) }));
  const tested = new Set(tagged.flatMap(({ features }) => features));
  const untested = [...namedFeatures(content)].filter(([feature]) => !isPlanned(feature) && !tested.has(feature));
  return [
    ...untested.map(([feature, file]) =>
      fault(
        file,
        `The feature "${feature}" is named here, and no journey tests it. Tag the test that does: @feature:${feature}.`,
      ),
    ),
    ...tagged.flatMap(({ name, features }) =>
      features
        .filter((feature) => !Object.hasOwn(FEATURES, feature))
        .map((feature) => fault(name, `There is no feature "${feature}". Correct the tag.`)),
    ),
  ];
}
