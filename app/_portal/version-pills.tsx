import { PillLinks } from "../_ui/layout.tsx";
import type { PolicyVersion } from "#domain/policy/policy/policy.ts";

type VersionPillsProps = {
  /** Numbers, in the order in which they are shown. */
  versions: readonly string[];
  shown: Pick<PolicyVersion, "slug" | "version">;
  /** Address of the page for one version. */
  addressOf: (version: { slug: string; version: string }) => string;
};

/** Links to the same page for other versions of the policy. Empty if there is only one version. */
export const VersionPills = ({ versions, shown: { slug, version }, addressOf }: VersionPillsProps) =>
  versions.length < 2 ? null : (
    <PillLinks
      label="Version"
      items={versions.map((number) => ({
        href: addressOf({ slug, version: number }),
        label: `Version ${number}`,
        current: number === version,
      }))}
    />
  );
