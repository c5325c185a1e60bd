import { type ComponentChildren, h } from 'preact';
import { dateInChina } from './date-in-china.js';

/** The day of an instant in mainland China, for people and for programs. */
export function dayView(at: string): ComponentChildren {
  const day = dateInChina(at);
  return h('time', { dateTime: day }, day);
}
