/** Points at which the process is to die, from the environment: `name` or `name#n` for the n-th passing. */
let armed: { readonly name: string; left: number } | undefined;

/** Arms one crash point of this process. Called once at start; production refuses it (see environment). */
export function armCrashPoint(setting: string): void {
  const [name = '', times = '1'] = setting.split('#');
  armed = { name, left: Number(times) };
}

/** Kills this process, without any clean-up, when the point is armed and its turn has come. */
export function crashPoint(name: string): void {
  if (armed?.name !== name) return;
  armed.left -= 1;
  if (armed.left === 0) process.kill(process.pid, 'SIGKILL');
}
