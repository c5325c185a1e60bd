import type { Parcel } from './channel.js';

/** The files a mirror has of an edition: those of the page, what lists them, and the own site's receipt. */
export function mirroredFiles({
  tree,
  receipt,
}: Parcel): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  return [...tree.files, { name: 'manifest.json', bytes: tree.manifest }, { name: 'receipt.json', bytes: receipt }];
}
