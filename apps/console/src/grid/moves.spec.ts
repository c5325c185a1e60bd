import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actOfKey, type Move, moved } from './moves.js';

/** 表二 of the 2021 format: rows of three cells, then of one. */
const WIDTHS = [3, 3, 1, 1];
const MOVES = ['up', 'down', 'left', 'right', 'row-start', 'row-end', 'start', 'end', 'next', 'back'] as const;

describe('going from cell to cell', () => {
  it.each<[from: [number, number], Move, to: [number, number] | null]>([
    [[0, 0], 'left', [0, 0]],
    [[0, 0], 'up', [0, 0]],
    [[1, 2], 'down', [2, 0]],
    [[1, 2], 'right', [1, 2]],
    [[3, 0], 'down', [3, 0]],
    [[0, 2], 'next', [1, 0]],
    [[3, 0], 'next', null],
    [[1, 0], 'back', [0, 2]],
    [[0, 0], 'back', null],
    [[1, 1], 'row-end', [1, 2]],
    [[1, 1], 'row-start', [1, 0]],
    [[2, 0], 'start', [0, 0]],
    [[0, 0], 'end', [3, 0]],
  ])('from %j by %s leads to %j', ([row, column], move, to) => {
    expect(moved({ row, column }, move, WIDTHS)).toEqual(to && { row: to[0], column: to[1] });
  });

  it('never leaves the table but by Tab at its ends, and Tab passes every cell once', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(widths, fc.array(fc.constantFrom(...MOVES), { maxLength: 60 }), (rows, moves) => {
        let at = { row: 0, column: 0 };
        for (const move of moves) {
          const next = moved(at, move, rows);
          if (next === null) expect(['next', 'back']).toContain(move);
          else at = next;
          expect(at.row).toBeLessThan(rows.length);
          expect(at.column).toBeLessThan(rows[at.row]!);
        }
        let seen = 1;
        at = { row: 0, column: 0 };
        for (let next = moved(at, 'next', rows); next !== null; next = moved(next, 'next', rows)) seen += 1;
        expect(seen).toBe(rows.reduce((sum, width) => sum + width, 0));
      }),
    );
  });
});

describe('keys', () => {
  const key = (name: string, more: { shift?: boolean; command?: boolean } = {}) => ({
    key: name,
    shift: more.shift ?? false,
    command: more.command ?? false,
  });

  it('leave left and right to the caret only while a text is opened', () => {
    expect(actOfKey(key('ArrowLeft'), 'editing')).toBeNull();
    expect(actOfKey(key('ArrowLeft'), 'typing')).toEqual({ act: 'move', move: 'left' });
    expect(actOfKey(key('ArrowUp'), 'editing')).toEqual({ act: 'move', move: 'up' });
  });

  it('go down by Enter and on by Tab in every mode', () => {
    for (const mode of ['standing', 'typing', 'editing'] as const) {
      expect(actOfKey(key('Enter'), mode)).toEqual({ act: 'move', move: 'down' });
      expect(actOfKey(key('Tab', { shift: true }), mode)).toEqual({ act: 'move', move: 'back' });
    }
  });

  it('let Escape give up what was typed first, and the table then', () => {
    expect(actOfKey(key('Escape'), 'typing')).toEqual({ act: 'cancel' });
    expect(actOfKey(key('Escape'), 'standing')).toEqual({ act: 'leave' });
  });

  it('with Shift select while one stands on a cell, and only then', () => {
    const shift = { shift: true };
    expect(actOfKey(key('ArrowDown', shift), 'standing')).toEqual({ act: 'extend', move: 'down' });
    expect(actOfKey(key('Home', shift), 'standing')).toEqual({ act: 'extend', move: 'row-start' });
    expect(actOfKey(key('End', { shift: true, command: true }), 'standing')).toEqual({ act: 'extend', move: 'end' });
    expect(actOfKey(key('ArrowDown', shift), 'typing')).toEqual({ act: 'move', move: 'down' });
    expect(actOfKey(key('ArrowLeft', shift), 'editing')).toBeNull();
    expect(actOfKey(key('Enter', shift), 'standing')).toEqual({ act: 'move', move: 'up' });
  });

  it('fill and select all with Ctrl, and leave what a text has of its own to the text', () => {
    const command = { command: true };
    expect(actOfKey(key('d', command), 'standing')).toEqual({ act: 'fill', to: 'down' });
    expect(actOfKey(key('R', command), 'standing')).toEqual({ act: 'fill', to: 'right' });
    expect(actOfKey(key('a', command), 'standing')).toEqual({ act: 'all' });
    for (const letter of ['a', 'd', 'r']) expect(actOfKey(key(letter, command), 'editing')).toBeNull();
    for (const letter of ['a', 'd', 'r', 'c', 'v'])
      expect(actOfKey(key(letter, { command: true, shift: true }), 'standing')).toBeNull();
  });

  it('undo in the table only while no text is open: there it is the text’s own', () => {
    expect(actOfKey(key('z', { command: true }), 'standing')).toEqual({ act: 'undo' });
    expect(actOfKey(key('Z', { command: true, shift: true }), 'standing')).toEqual({ act: 'redo' });
    expect(actOfKey(key('z', { command: true }), 'typing')).toBeNull();
    expect(actOfKey(key('Delete'), 'editing')).toBeNull();
    expect(actOfKey(key('7'), 'standing')).toBeNull();
  });
});
