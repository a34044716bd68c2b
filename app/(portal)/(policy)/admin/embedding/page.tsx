import { framedPage } from "#app/_portal/form/form.tsx";
import { definePage } from "#app/_portal/form/form.tsx";
import { LinkLine, PageSection } from "#app/_ui/layout.tsx";
import { getEnv } from "#server/base/environment/env.ts";
import { getEmbedding } from "#server/policy/policy/queries.ts";

const page = definePage({
  path: "/admin/embedding",
  read: ({ actor }) => getEmbedding(actor),
  heading: "Show it on your intranet",
});

/** The lines by which pages of the intranet show the matrix and the check, for administrators to copy. */
const { generateMetadata, Page } = framedPage(page, ({ view: { body, origins, policies } }) => (
  <>
    <p>
      A page of your intranet can show the matrix, or the first question of the check. Anybody who opens that page reads
      what is published, without signing in. Nobody learns who reads it.
    </p>
    {origins.length === 0 ? (
      <p>
        It is off. To switch it on, add the beginnings of the addresses of your intranet to{" "}
        <code>content/bodies/{body.slug}.yaml</code>, such as{" "}
        <code>{'embedding: { origins: ["https://intranet.example.org"] }'}</code>
      </p>
    ) : (
      <>
        <p>It is on for pages of these addresses, and for no others:</p>
        <ul>
          {origins.map((origin) => (
            <li key={origin}>{origin}</li>
          ))}
        </ul>
        {policies.flatMap(({ slug, frontMatter: { title } }) =>
          EMBEDDED.map(({ name, label }) => (
            <PageSection key={`${slug} ${name}`} title={`${label}: ${title}`}>
              <Lines {...linesFor(body.slug, slug, { name, label: `${label}: ${title}` })} />
              <LinkLine href={`/embed/${body.slug}/${slug}/${name}`}>See what it shows</LinkLine>
            </PageSection>
          )),
        )}
      </>
    )}
  </>
));
export { generateMetadata, Page as default };

const EMBEDDED = [
  { name: "matrix", label: "Matrix" },
  { name: "check", label: "Check" },
] as const;

function linesFor(body: string, slug: string, { name, label }: { name: string; label: string }) {
  const { appUrl } = getEnv();
  const words = label.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  const address = `${appUrl}/embed/${body}/${slug}/${name}`;
  return {
    script: `<p><a href="${appUrl}/${name}?policy=${slug}" data-with-care="${address}">${words}</a></p>\n<script src="${appUrl}/embed.js" defer></script>`,
    frame: `<iframe src="${address}" title="${words}" width="100%" height="700"></iframe>`,
  };
}

const Lines = ({ script, frame }: ReturnType<typeof linesFor>) => (
  <>
    <p>With a script, which makes the frame as tall as it has to be:</p>
    <pre className="text-small wrap-anywhere whitespace-pre-wrap">{script}</pre>
    <p>Without one:</p>
    <pre className="text-small wrap-anywhere whitespace-pre-wrap">{frame}</pre>
  </>
);
