/** Why something signed is refused: a stable code, where it is, and what was found. A value, never thrown. */
export interface Defect {
  readonly defect: string;
  readonly where: string;
  readonly detail: string;
}

export function defect(code: string, where: string, detail: string): Defect {
  return { defect: code, where, detail };
}

/** Tells a defect from what was asked for. */
export function isDefect(value: unknown): value is Defect {
  return typeof value === 'object' && value !== null && 'defect' in value;
}
