/** Something the person at the keyboard can mend: printed as one sentence, without a stack. */
export class Problem extends Error {
  constructor(message, options) {
    super(message, options);
    this.name = 'Problem';
  }
}

/** Ends the process after printing what is wrong: a Problem as its sentence, anything else with its stack. */
export function exitWith(error) {
  console.error(error instanceof Problem ? `\n${error.message}` : error);
  process.exit(1);
}
