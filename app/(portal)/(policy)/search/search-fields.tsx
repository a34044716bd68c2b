import { SearchField } from "#app/_ui/search-field.tsx";
import { SelectField } from "#app/_ui/select-field.tsx";
import { ALL_POLICIES, type SearchRequest, type SearchScope } from "#server/policy/search/queries.ts";

type SearchFieldsProps = { request: SearchRequest; scope: SearchScope; error: string | null };

/** What to look for, and where. */
export function SearchFields({ request, scope, error }: SearchFieldsProps) {
  const { words, policy, version } = request;
  const current = scope.versions.find(({ isCurrent }) => isCurrent);
  const others = scope.versions.filter(({ isCurrent }) => !isCurrent);
  const hasOwn = scope.policies.some(({ isMine }) => isMine);
  return (
    <form action="/search" method="get" role="search" noValidate>
      <div className="space-y-4">
        <SearchField name="q" label="What are you looking for?" button="Search" value={words} error={error} />
        <div className="flex flex-wrap gap-x-5 gap-y-4 max-sm:[&>div]:w-full">
          <SelectField
            name="policy"
            label="Policy"
            defaultValue={policy}
            options={[
              ...(hasOwn ? [{ value: "", label: "Your own policies" }] : []),
              { value: hasOwn ? ALL_POLICIES : "", label: "All policies" },
              ...scope.policies.map(({ slug, title, bodyName, isMine }) => ({
                value: slug,
                label: isMine ? title : `${title} (${bodyName})`,
              })),
            ]}
          />
          {others.length > 0 && (
            <SelectField
              name="version"
              label="Version"
              defaultValue={version === current?.version ? "" : version}
              options={[
                ...(current ? [{ value: "", label: `${current.version}, the current one` }] : []),
                ...others.map(({ version: number }) => ({ value: number, label: number })),
              ]}
            />
          )}
        </div>
      </div>
    </form>
  );
}
