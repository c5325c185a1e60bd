export function installReleaseKeys(varDir: string): void;
