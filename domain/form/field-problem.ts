/** What has to be put right in a form, in words that say what to do. */
export interface FieldProblem {
  /** Name of the form field, which is also its id on the page. */
  field: string;
  message: string;
}
