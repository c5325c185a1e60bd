/** Makes whatever is missing in the folder of an installation and answers where things are. Throws Problem with what to do. */
export function installState(
  varDir: string,
  place?: { readonly siteOrigin?: string },
): { readonly keys: string; readonly trustFile: string };
