import { framedPage } from "#app/_portal/form/form.tsx";
import { Moment, PageLinks } from "#app/_portal/portal-page.tsx";
import { Banner, DataTable } from "#app/_ui/content.tsx";
import { FileField } from "#app/_ui/fields.tsx";
import { Button, Disclosure, Link, Stack } from "#app/_ui/layout.tsx";
import type { HeadView } from "#server/evidence/head/queries.ts";
import { form, page } from "./form.tsx";

const KEPT_WORDS = new Map([
  ["1", "The witness’s statement is kept beside its head"],
  ["known", "You have kept this statement before"],
]);

const { generateMetadata, Page } = framedPage(page, (shown) => {
  const { view, query, formState } = shown;
  const { page: listed, alarms, missed, mayExport } = view;
  const kept = KEPT_WORDS.get(String(query["kept-witness"]));
  return (
    <>
      {kept !== undefined && <Banner title={kept} />}
      {query["again"] !== undefined && <Banner title="The time-stamps are asked for again within five minutes" />}
      {alarms.map(({ name, spoken, at, size, root }) => (
        <Banner key={`${spoken} ${root}`} tone="warning" title={`A witness saw another head of ${size} rows`}>
          <p className="wrap-anywhere">
            {name} signed on <Moment at={at} /> that they saw <code>{root}</code>, which a key of your body signed. The
            rows here do not come to it: they were written anew, or cut off. Their key: <code>{spoken}</code>
          </p>
          <p>Change nothing. Keep a copy of the database, and compare it with a backup from before that day.</p>
        </Banner>
      ))}
      <DataTable
        caption="Published heads"
        columns={{
          Published: ({ at }) => <Moment at={at} />,
          Rows: { cell: ({ size }) => size, numeric: true },
          Head: ({ root }) => <code className="wrap-anywhere">{root}</code>,
          Witnesses: (head) => <Witnesses of={head} />,
          "Time-stamp": (head) => <TimeStamp of={head} hasAuthority={view.authority !== null} />,
          File: ({ size }) => (
            <Link href={`/evidence/heads/${size}/head.json`} download>
              Save head {size}
            </Link>
          ),
        }}
        rows={listed.rows}
        empty="There is none yet. The portal publishes one each morning on which there is something new."
      />
      <PageLinks label="Pages of heads" page={listed} path="/evidence/heads" />
      {missed > 0 && mayExport && form.show(shown)}
      {mayExport && (
        <Stack as="section">
          <h2>Keep what a witness signed</h2>
          <p>
            A witness is somebody outside, such as your auditor or another body. Send them a head. They check that it
            continues the one that they saw before, sign it, and send you a file.
          </p>
          <form
            method="post"
            action="/evidence/heads/witness/send"
            encType="multipart/form-data"
            noValidate
            className="space-y-7"
          >
            <FileField
              name="file"
              label="The file from the witness"
              hint="Its name ends in .jws"
              accept=".jws,text/plain"
              error={formState.errorOf("file")}
            />
            <Button>Keep the file</Button>
          </form>
        </Stack>
      )}
      <HowTo />
    </>
  );
});

export { generateMetadata, Page as default };

function Witnesses({ of: { witnesses } }: { of: HeadView }) {
  if (witnesses.length === 0) return "None";
  return (
    <ul role="list" className="list-none">
      {witnesses.map(({ name, spoken, at }) => (
        <li key={spoken}>
          {name}, <Moment at={at} />
          <span className="block text-small wrap-anywhere text-soft">Their key: {spoken}</span>
        </li>
      ))}
    </ul>
  );
}

function TimeStamp({ of: { timeStamp }, hasAuthority }: { of: HeadView; hasAuthority: boolean }) {
  if (timeStamp === null) return hasAuthority ? "Not asked for" : "None: your body names no authority";
  const { state, stampedAt, reason, nextTryAt } = timeStamp;
  if (stampedAt) return <Moment at={stampedAt} />;
  return (
    <>
      {state === "missed" ? (
        "Asked for, and none came"
      ) : (
        <>
          Waits until <Moment at={nextTryAt} />
        </>
      )}
      {reason !== null && <span className="block text-small text-soft">{reason}</span>}
    </>
  );
}

const HowTo = () => (
  <Disclosure summary="How to witness a head, and check one">
    <p>
      With Node.js and <code>verify.mjs</code>, which comes with <Link href="/evidence/export">each export</Link>:
    </p>
    <p>
      <code className="wrap-anywhere">
        node verify.mjs witness head.json --as &quot;Our name&quot; --with our-key.json --key THUMBPRINT
      </code>
    </p>
    <p>
      The first time, it makes the key file. Keep that file to yourselves: it also holds the head that you saw last.
    </p>
    <p>
      <code className="wrap-anywhere">node verify.mjs head.json --earlier earlier-head.json --key THUMBPRINT</code>{" "}
      shows that one head continues another.
    </p>
  </Disclosure>
);
