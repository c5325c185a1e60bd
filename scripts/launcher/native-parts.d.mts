/** Checks that the native parts of the packages under `root` load on this machine. Rejects with what to do. */
export function checkNativeParts(root: string): Promise<void>;
