/** A defect put into one place of the source, and the test that must notice. */
export interface Planted {
  readonly id: string;
  readonly what: string;
  readonly file: string;
  /** Stands once in the file. */
  readonly from: string;
  readonly to: string;
  readonly test: { readonly project: string; readonly file: string; readonly name: string };
}

export const planted: readonly Planted[];
