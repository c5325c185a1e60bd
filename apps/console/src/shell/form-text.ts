/** What somebody typed into a field of a form; '' for a field that is not there. */
export function formText(values: FormData, name: string): string {
  const value = values.get(name);
  return typeof value === 'string' ? value : '';
}
