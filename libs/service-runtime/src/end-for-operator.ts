/** How a process ends that an operator must help before it can start: starting it again alone changes nothing. Source: EX_CONFIG of sysexits.h. */
const EX_CONFIG = 78;

/** Ends the process with a sentence for the operator and no stack: what is wrong is not in the program. */
export function endForOperator(sentence: string): never {
  console.error(sentence);
  return process.exit(EX_CONFIG);
}

/** Starts a program, or a part of it. An error of these classes says what an operator must mend first: its sentence ends the process. */
export async function startOrEnd<T>(
  start: () => Promise<T>,
  mendable: readonly (abstract new (...args: never[]) => Error)[],
): Promise<T> {
  try {
    return await start();
  } catch (error) {
    if (error instanceof Error && mendable.some((kind) => error instanceof kind)) endForOperator(error.message);
    throw error;
  }
}
