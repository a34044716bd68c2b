import { definePage, type Page, type PageDefinition } from "#app/_portal/form/form.tsx";
import type { Body } from "#domain/policy/policy/body.ts";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

type VersionView = { policy: { version: PolicyVersion; body: Body } };

/** A page about one version of a policy as a document: its title and the line above its heading name the version. */
export const versionPage = <Path extends string, View extends VersionView>(
  definition: Omit<PageDefinition<Path, View>, "heading"> & { heading: string },
): Page<Path, View> =>
  definePage<Path, View>({
    title: ({ view: { policy } }) => `${definition.heading}: ${inWords(policy.version)}`,
    kicker: ({ view: { policy } }) => `${inWords(policy.version)}, ${policy.body.name}`,
    back: ({ view: { policy } }) => ({
      href: `/policies/${policy.version.slug}/versions/${policy.version.version}`,
      label: "The policy",
    }),
    ...definition,
  });

const inWords = ({ frontMatter, version }: PolicyVersion): string => `${frontMatter.title}, version ${version}`;
