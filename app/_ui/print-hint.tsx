/** How to keep a page: for confirmations, receipts and reports. Not printed itself. */
export function PrintHint() {
  return <p className="no-print text-small text-soft">To print or save this page, choose Print in your browser.</p>;
}
