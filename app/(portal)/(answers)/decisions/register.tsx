import { VerdictWord } from "#app/(portal)/(policy)/_verdict/verdict-word.tsx";
import { Moment } from "#app/_portal/portal-page.tsx";
import { column, defineRegister } from "#app/_portal/register.tsx";
import { ButtonLink } from "#app/_ui/layout.tsx";
import { Tag } from "#app/_ui/content.tsx";
import { versionCell } from "#domain/base/table/cell.ts";
import { onlyWord, verdictWord } from "#domain/policy/decision/verdict.ts";
import { getOwnReceipts, type ReceiptLine, type ReceiptRegister } from "#server/answers/receipt/queries.ts";

/** What a list shows of kept results besides their references: one's own, and those that others share. */
export const RECEIPT_CELLS = {
  Answer: ({ verdict, verdictWord: word }: ReceiptLine) => (
    <VerdictWord verdict={verdict} words={onlyWord(verdict, word)} />
  ),
  About: ({ answers, title, version }: ReceiptLine) => (
    <>
      {answers.join(" · ")}
      <span className="block text-small text-soft">
        {title}, version {version}
      </span>
    </>
  ),
  Kept: ({ keptAt, isShared, isDifferentNow, by }: ReceiptLine & { by?: string }) => (
    <span className="space-y-1">
      <Moment at={keptAt} />
      {by && <span className="block text-small text-soft">by {by}</span>}
      {isDifferentNow && (
        <span className="block">
          <Tag tone="warning">Different now</Tag>
        </span>
      )}
      {isShared && !by && (
        <span className="block">
          <Tag>Shared</Tag>
        </span>
      )}
    </span>
  ),
};

/** The results that somebody kept. */
export const receipts = defineRegister<ReceiptLine, ReceiptRegister>({
  path: "/decisions",
  file: "/decisions/register.csv",
  fileName: () => "kept-results",
  caption: "Your kept results",
  one: "result",
  many: "results",
  search: "Reference",
  filters: {
    policy: {
      label: "Policy",
      choices: ({ policies }) => Object.fromEntries(policies.map(({ slug, title }) => [slug, title])),
    },
  },
  orders: { newest: "Newest first", oldest: "Oldest first" },
  columns: {
    Receipt: column.reference("/decisions"),
    Answer: column.shown(RECEIPT_CELLS.Answer, ({ verdict, verdictWord: word }) =>
      verdictWord({ words: onlyWord(verdict, word) }, verdict),
    ),
    About: column.shown(RECEIPT_CELLS.About, ({ answers }) => answers.join(" · ")),
    Policy: column.saved(({ title }) => title),
    Version: column.saved(({ version }) => versionCell(version)),
    Result: column.saved(({ sentence }) => sentence),
    Kept: column.shown(RECEIPT_CELLS.Kept),
    "Kept on": column.savedMoment(({ keptAt }) => keptAt),
    "Different now": column.saved(({ isDifferentNow }) => (isDifferentNow ? "Yes" : "No")),
    Shared: column.saved(({ isShared }) => (isShared ? "Yes" : "No")),
  },
  empty: (
    <>
      <span className="block">
        You have not kept a result yet. Start a check, and press “Keep this result” below the answer.
      </span>
      <span className="mt-4 block">
        <ButtonLink href="/check">Start a check</ButtonLink>
      </span>
    </>
  ),
  read: getOwnReceipts,
});
